// Pages of another origin than the console's: what partners' websites are.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

declare const TREE: string;

export interface Site {
  readonly url: string;
  /** What `/` shows. */
  page: string;
  stop(): Promise<void>;
}

/** A site that shows one page, and serves `scripts` by their paths. */
export async function startSite(scripts: Readonly<Record<string, string>> = {}): Promise<Site> {
  const site = { page: "" };
  const server = createServer((request, response) => {
    const script = scripts[request.url ?? ""];
    response.setHeader("Content-Type", script === undefined ? "text/html; charset=utf-8" : "text/javascript");
    response.end(script ?? site.page);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(site, {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

/** A script for browsers out of `path` in tests/apps/console, with all that it imports. */
export async function bundle(path: string): Promise<string> {
  const load = createRequire(join(TREE, "apps/console/package.json"));
  const { build } = load("esbuild") as { build(options: object): Promise<{ outputFiles: { text: string }[] }> };
  const { outputFiles } = await build({
    entryPoints: [join(TREE, "tests/apps/console", path)],
    bundle: true,
    write: false,
    platform: "browser",
    format: "iife",
    target: "es2022",
  });
  return outputFiles[0]?.text ?? "";
}
