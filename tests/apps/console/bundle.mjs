// Builds suites with what builds the console: no second copy of a tool.
// @ts-check
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const here = dirname(fileURLToPath(import.meta.url));
export const tree = resolve(here, "../../..");
const app = join(tree, "apps/console");

/**
 * Puts one program for each file into the folder `out`, and the console beside if it was not built yet.
 * @param {string[]} files @param {string} out
 */
export async function bundle(files, out) {
  if (!existsSync(join(tree, "build/console/server.cjs"))) {
    execFileSync("node", [join(app, "build.mjs")], { stdio: "inherit" });
  }
  const esbuild = createRequire(join(app, "package.json"))("esbuild");
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  await esbuild.build({
    entryPoints: files,
    outdir: out,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    target: "node18",
    format: "esm",
    sourcemap: "inline",
    loader: { ".csv": "text" },
    external: ["playwright-core", "axe-core", "@seriousme/openapi-schema-validator"],
    define: {
      TREE: JSON.stringify(tree),
      CONSOLE_FOLDER: JSON.stringify(join(tree, "build/console")),
    },
    banner: {
      js: `import { createRequire as makeRequire } from "node:module"; const require = makeRequire(${JSON.stringify(join(here, "package.json"))});`,
    },
    logLevel: "warning",
  });
}
