// Runs one suite: node run.mjs SUITE, such as unit/forms or browser/sign-in; node run.mjs FOLDER runs all of a folder.
// BROKERAGE_BUILD is the build folder whose services the browser's suites start; default: build/dev.
// @ts-check
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { bundle, here, tree } from "./bundle.mjs";

const suite = process.argv[2] ?? "";
const out = join(here, ".built", suite.replaceAll("/", "-"));

/** @returns {string[]} */
function filesOf() {
  const path = join(here, suite);
  if (existsSync(`${path}.test.ts`)) return [`${path}.test.ts`];
  if (suite === "" || !existsSync(path)) return [];
  return readdirSync(path)
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => join(path, name));
}

const files = filesOf();
if (files.length === 0) {
  process.stderr.write(`run.mjs: no such suite: ${suite}\n`);
  process.exit(2);
}
await bundle(files, out);
const built = readdirSync(out).map((name) => join(out, name));
const { status } = spawnSync("node", ["--test", "--enable-source-maps", ...built], {
  stdio: "inherit",
  env: { BROKERAGE_BUILD: join(tree, "build/dev"), ...process.env },
});
process.exit(status ?? 1);
