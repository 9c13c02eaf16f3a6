// A message is shown once, to whoever opens a page.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { Views } from "../../../../apps/console/src/server/views.ts";

type Sent = Parameters<Views["send"]>;

test("a template that does not compile is said at the start", (context) => {
  const folder = mkdtempSync(join(tmpdir(), "views-"));
  context.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "parts"));
  writeFileSync(join(folder, "page.njk"), "{% include 'parts/part.njk' %}");
  writeFileSync(join(folder, "parts/part.njk"), "{{ one.none }}");
  assert.throws(() => new Views(folder, {}, []), /part\.njk/);
});

test("a message waits for a page, whatever parts of pages are fetched meanwhile", (context) => {
  const folder = mkdtempSync(join(tmpdir(), "views-"));
  context.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "page.njk"), "[{{ flash.text }}]");
  const views = new Views(folder, {}, []);
  const session = { caller: undefined, flash: { kind: "success", text: "Saved" } };
  const sent: string[] = [];
  const response = {
    locals: { session },
    status: () => response,
    type: () => response,
    send: (text: string) => sent.push(text),
  };
  const open = (headers: Readonly<Record<string, string>>) => {
    const request = { path: "/", get: (name: string) => headers[name] };
    views.send(
      request as unknown as Sent[0],
      response as unknown as Sent[1],
      { view: "page.njk", model: {} },
      Buffer.alloc(32),
    );
  };
  open({ "x-requested-with": "fetch" });
  open({});
  open({});
  assert.deepEqual(sent, ["[]", "[Saved]", "[]"]);
});
