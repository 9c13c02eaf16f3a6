// Runs one suite: node run.mjs SUITE, such as unit/forms or browser/sign-in; node run.mjs FOLDER runs all of a folder.
// BROKERAGE_BUILD is the build folder whose services the browser's suites start; default: build/dev.
// @ts-check
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const tree = resolve(here, "../../..");
const app = join(tree, "apps/console");
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
if (!existsSync(join(tree, "build/console/server.cjs"))) {
  execFileSync("node", [join(app, "build.mjs")], { stdio: "inherit" });
}
// The suites are built with what builds the console: no second copy of a tool.
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
const built = readdirSync(out).map((name) => join(out, name));
const { status } = spawnSync("node", ["--test", "--enable-source-maps", ...built], {
  stdio: "inherit",
  env: { BROKERAGE_BUILD: join(tree, "build/dev"), ...process.env },
});
process.exit(status ?? 1);
