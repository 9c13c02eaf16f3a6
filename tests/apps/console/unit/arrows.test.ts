// Who may import whom, as docs/architecture.md says of the console's room.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";

declare const TREE: string;

const source = join(TREE, "apps/console/src");

interface Import {
  readonly from: string;
  readonly to: string;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourceFiles(path);
    return path.endsWith(".ts") ? [path] : [];
  });
}

/** Every import, from and to as paths in src; a package by its name. */
function imports(): Import[] {
  return sourceFiles(source).flatMap((path) =>
    [...readFileSync(path, "utf8").matchAll(/ from "([^"]+)";/g)].map(([, name = ""]) => ({
      from: relative(source, path),
      to: name.startsWith(".") ? relative(source, join(dirname(path), name)) : name,
    })),
  );
}

const feature = (path: string) => /^pages\/([^/]+)\//.exec(path)?.[1] ?? "";

test("no feature reaches into another's folder", () => {
  const found = imports().filter(({ from, to }) => {
    const [own, other] = [feature(from), feature(to)];
    return own !== "" && other !== "" && other !== own && other !== "shared";
  });
  assert.deepEqual(found, []);
});

test("what serves all features knows none", () => {
  const found = imports().filter(
    ({ from, to }) =>
      to.startsWith("pages/") && !from.startsWith("pages/") && !(from === "server/app.ts" && to === "pages/index.ts"),
  );
  assert.deepEqual(found, []);
});

test("only services/ and the gateway call, and only server/ and session/ know express", () => {
  const callers = imports()
    .filter(({ to }) => to.startsWith("@connectrpc/"))
    .map(({ from }) => dirname(from));
  assert.deepEqual([...new Set(callers)].sort(), ["gateway", "gateway/openapi", "services"]);
  const servers = imports()
    .filter(({ to }) => to === "express")
    .map(({ from }) => dirname(from));
  assert.deepEqual([...new Set(servers)].sort(), ["server", "session"]);
});

test("the gateway knows no session and no page", () => {
  const found = imports().filter(({ from, to }) => from.startsWith("gateway/") && /^(session|pages|forms)\//.test(to));
  assert.deepEqual(found, []);
});

test("the widget stands alone", () => {
  const isWidget = (path: string) => path.startsWith("widget/");
  assert.deepEqual(
    imports().filter(({ from, to }) => isWidget(from) !== isWidget(to)),
    [],
  );
});

test("scripts for browsers stand alone", () => {
  const across = imports().filter(({ from, to }) => from.startsWith("browser/") !== to.startsWith("browser/"));
  const mixed = across.filter(({ from, to }) => from.startsWith("browser/") || to.startsWith("browser/"));
  assert.deepEqual([...new Set(mixed.map(({ to }) => to))], ["govuk-frontend"]);
});
