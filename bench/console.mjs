// Measures the console: node bench/console.mjs matches|memory|path [ARGUMENT…]; each is a file of tests/apps/console/measure.
// BROKERAGE_BUILD is the build folder whose services answer; default: build/release.
// @ts-check
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

import { bundle, here, tree } from "../tests/apps/console/bundle.mjs";

const [what = "", ...rest] = process.argv.slice(2);
const all = readdirSync(join(here, "measure")).map((name) => name.replace(/\.ts$/, ""));
if (!all.includes(what)) {
  process.stderr.write(`Usage: node bench/console.mjs ${all.join("|")} [ARGUMENT…]\n`);
  process.exit(2);
}
const out = join(here, ".built", "measure", what);
await bundle([join(here, "measure", `${what}.ts`)], out);
const { status } = spawnSync("node", ["--enable-source-maps", join(out, `${what}.mjs`), ...rest], {
  stdio: "inherit",
  env: { BROKERAGE_BUILD: join(tree, "build/release"), ...process.env },
});
process.exit(status ?? 1);
