// Every template compiles: a mistake in one is found without visiting its page.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";

declare const TREE: string;

const nunjucks = createRequire(join(TREE, "apps/console/package.json"))("nunjucks") as {
  precompileString(template: string, options: { readonly name: string }): string;
};
const source = join(TREE, "apps/console/src");

function templates(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return templates(path);
    return path.endsWith(".njk") ? [path] : [];
  });
}

for (const path of templates(source)) {
  const name = path.slice(source.length + 1);
  test(`${name} compiles`, () => {
    assert.doesNotThrow(() => nunjucks.precompileString(readFileSync(path, "utf8"), { name }));
  });
}
