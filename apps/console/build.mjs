// Builds the console into build/console: server.cjs, views/, public/. What has not changed is not done again.
// Usage: node build.mjs [OUTPUT]
// @ts-check
import { build } from "esbuild";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const tree = resolve(here, "../..");
const out = resolve(process.argv[2] ?? join(tree, "build/console"));
const generated = join(here, ".generated");
const modules = join(here, "node_modules");
// Plain .proto files of Google's, installed by Debian.
const googleProtos = "/usr/share/gocode/src/github.com/gogo/googleapis";

/** @param {string} folder @param {(path: string) => boolean} wanted @returns {string[]} */
function filesOf(folder, wanted) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesOf(path, wanted);
      return wanted(path) ? [path] : [];
    });
}

/** @param {string[]} paths */
function digestOf(paths) {
  const hash = createHash("sha256");
  for (const path of [fileURLToPath(import.meta.url), join(here, "package-lock.json"), ...paths]) {
    hash.update(path).update("\0").update(readFileSync(path)).update("\0");
  }
  return hash.digest("hex");
}

/**
 * Runs `work` unless it ran on the same inputs before and `result` is there.
 * @param {string} result @param {string[]} inputs @param {() => void} work
 */
function unlessDone(result, inputs, work) {
  const mark = `${result}.inputs`;
  const digest = digestOf(inputs);
  if (existsSync(result) && existsSync(mark) && readFileSync(mark, "utf8") === digest) return;
  rmSync(mark, { force: true });
  work();
  writeFileSync(mark, digest);
}

const protoRoot = join(tree, "proto");
const protos = filesOf(protoRoot, (path) => path.endsWith(".proto") && !path.includes("/storage/"));
const protoNames = protos.map((path) => relative(protoRoot, path));

function generateProtos() {
  unlessDone(join(generated, "brokerage"), protos, () => {
    rmSync(generated, { recursive: true, force: true });
    mkdirSync(generated, { recursive: true });
    execFileSync(
      "protoc",
      [
        `-I${protoRoot}`,
        `-I${googleProtos}`,
        `--plugin=protoc-gen-es=${join(modules, ".bin/protoc-gen-es")}`,
        `--es_out=${generated}`,
        "--es_opt=target=ts",
        ...protoNames,
        "google/rpc/error_details.proto",
      ],
      { stdio: "inherit" },
    );
  });
}

/** The contract with its comments: what the gateway forwards and describes. */
function describeContract() {
  const result = join(out, "contract.binpb");
  unlessDone(result, protos, () => {
    const flags = [`-I${protoRoot}`, "--include_imports", "--include_source_info", `--descriptor_set_out=${result}`];
    execFileSync("protoc", [...flags, ...protoNames], { stdio: "inherit" });
  });
}

/** The style sheet, put together before it is given its name by its content. */
function compileStyles() {
  const result = join(out, "console.css");
  unlessDone(
    result,
    filesOf(join(here, "src"), (path) => path.endsWith(".scss")),
    () => {
      const compiled = sass.compile(join(here, "src/styles/console.scss"), {
        loadPaths: [here, modules],
        style: "compressed",
        quietDeps: true,
      });
      writeFileSync(result, compiled.css);
    },
  );
  return result;
}

/** Copies the templates: ours by their place in src, those of the libraries beside them. */
function copyViews() {
  const views = join(out, "views");
  rmSync(views, { recursive: true, force: true });
  const isTemplate = (/** @type {string} */ path) => path.endsWith(".njk");
  /** @param {string} from @param {string} to */
  const copy = (from, to) => {
    for (const path of filesOf(from, isTemplate)) cpSync(path, join(to, relative(from, path)));
  };
  copy(join(here, "src"), views);
  copy(join(modules, "govuk-frontend/dist/govuk"), join(views, "govuk"));
  copy(join(modules, "@ministryofjustice/frontend/moj"), join(views, "moj"));
}

/** Puts files into public/ under names that hold their content's hash, and says which is which in assets.json. */
function publish(/** @type {Record<string, string>} */ files) {
  const folder = join(out, "public");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  /** @type {Record<string, string>} */
  const names = {};
  for (const [name, path] of Object.entries(files)) {
    const content = readFileSync(path);
    const hash = createHash("sha256").update(content).digest("hex").slice(0, 12);
    const hashed = name.replace(/(\.[a-z]+)$/, `-${hash}$1`);
    writeFileSync(join(folder, hashed), content);
    names[name] = hashed;
  }
  writeFileSync(join(out, "assets.json"), JSON.stringify(names));
}

mkdirSync(out, { recursive: true });
generateProtos();
describeContract();
const common = /** @type {const} */ ({ bundle: true, logLevel: "warning", sourcemap: "linked" });
await Promise.all([
  build({
    ...common,
    entryPoints: [join(here, "src/main.ts")],
    outfile: join(out, "server.cjs"),
    platform: "node",
    target: "node18",
    format: "cjs",
    external: ["chokidar", "fsevents"],
    loader: { ".csv": "text" },
    define: { CONSOLE_FOLDER: "__dirname" },
  }),
  build({
    ...common,
    entryPoints: [join(here, "src/browser/main.ts")],
    outfile: join(out, "console.js"),
    platform: "browser",
    target: "es2020",
    format: "esm",
    minify: true,
    sourcemap: false,
  }),
  // For pages of others: one file under a name that stays.
  build({
    ...common,
    entryPoints: [join(here, "src/widget/main.ts")],
    outfile: join(out, "widget/volunteer-opportunities.js"),
    platform: "browser",
    target: "es2020",
    format: "iife",
    minify: true,
    sourcemap: false,
  }),
]);
cpSync(join(here, "src/widget/demo"), join(out, "widget-demonstration"), { recursive: true });
copyViews();
publish({
  "console.css": compileStyles(),
  "console.js": join(out, "console.js"),
  "icon.svg": join(here, "src/assets/icon.svg"),
});
