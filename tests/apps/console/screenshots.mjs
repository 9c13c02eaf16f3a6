// Takes the pictures of docs/images anew, from a demonstration county of its own: node tests/apps/console/screenshots.mjs [NAME…]
// BROKERAGE_BUILD is the build folder whose services answer; default: build/dev.
// @ts-check
import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { bundle, here, tree } from "./bundle.mjs";

const out = join(here, ".built", "screenshots");
await bundle([join(here, "screenshots/take.ts")], out);
const argv = ["--enable-source-maps", join(out, "take.mjs"), join(tree, "docs/images"), ...process.argv.slice(2)];
const { status } = spawnSync("node", argv, {
  stdio: "inherit",
  env: { BROKERAGE_BUILD: join(tree, "build/dev"), ...process.env },
});
process.exit(status ?? 1);
