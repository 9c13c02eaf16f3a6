// Measures a page of matches beside the call that it stands on: node bench/console.mjs [VOLUNTEERS [ROUNDS]]
// BROKERAGE_BUILD is the build folder whose services answer; default: build/release.
// @ts-check
import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { bundle, here, tree } from "../tests/apps/console/bundle.mjs";

const out = join(here, ".built", "measure");
await bundle([join(here, "measure/matches.ts")], out);
const { status } = spawnSync("node", ["--enable-source-maps", join(out, "matches.mjs"), ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { BROKERAGE_BUILD: join(tree, "build/release"), ...process.env },
});
process.exit(status ?? 1);
