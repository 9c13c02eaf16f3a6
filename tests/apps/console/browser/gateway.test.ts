// The API from a page of another origin, in a real browser, before real services.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";

import { checkPage, newPage, signIn } from "../support/browser.ts";
import { bundle, startSite } from "../support/pages.ts";
import type { Site } from "../support/pages.ts";
import { suite } from "../support/suite.ts";
import type { Caller, Protocol, api } from "../page/client.ts";

declare const TREE: string;

let friend: Site;
let stranger: Site;
let opportunity = "";
const flags: string[] = [];
const parent = "centres/ashford";

before(async () => {
  const scripts = { "/client.js": await bundle("page/client.ts") };
  [friend, stranger] = await Promise.all([startSite(scripts), startSite(scripts)]);
  friend.page = stranger.page = `<!doctype html><title>A page</title><script src="client.js"></script>`;
  flags.push("--api-origin", friend.url);
});
after(async () => {
  await friend.stop();
  await stranger.stop();
});
const on = suite({ volunteers: 60, opportunities: 10, console: flags }, async (county) => {
  const listed = await county.as(county.lead).opportunities.listOpportunities({ parent, filter: "state = STATE_OPEN" });
  opportunity = listed.opportunities[0]?.name ?? "";
});

type Api = typeof api;
type Arguments<Name extends keyof Api> = Parameters<Api[Name]>;

/** Calls a function of page/client.ts in the page. */
function run<Name extends keyof Api>(page: Page, name: Name, ...args: Arguments<Name>) {
  return page.evaluate(
    ([name, args]) => {
      const functions = (globalThis as unknown as { api: Record<string, (...args: unknown[]) => unknown> }).api;
      return functions[name as string]?.(...(args as unknown[]));
    },
    [name, args] as const,
  ) as Promise<Awaited<ReturnType<Api[Name]>>>;
}

async function pageOf(site: Site): Promise<Page> {
  const page = await newPage(on.browser);
  await page.goto(site.url);
  return page;
}

const callerBy = (protocol: Protocol): Caller => ({ url: on.county.url, token: on.county.lead, protocol });

for (const protocol of ["Connect", "gRPC-Web", "JSON"] as const) {
  test(`${protocol} from another origin: a call, error details, a stream, hanging up, a deadline`, async () => {
    const page = await pageOf(friend);
    const caller = callerBy(protocol);
    assert.equal(await run(page, "unary", caller), "districts/E07000105");
    assert.deepEqual(await run(page, "details", caller), {
      code: "InvalidArgument",
      reason: "INVALID_FIELDS",
      fields: ["postcode"],
    });
    assert.deepEqual(await run(page, "stream", caller, parent, opportunity), {
      first: "snapshot",
      ended: { code: "Canceled", reason: "", fields: [] },
    });
    assert.equal((await run(page, "deadline", caller, parent, opportunity))?.code, "DeadlineExceeded");
    await page.context().close();
  });
}

test("a page of an origin that is not named may not call", async () => {
  const page = await pageOf(stranger);
  const refused = await run(page, "details", callerBy("Connect"));
  assert.notEqual(refused?.reason, "INVALID_FIELDS");
  await assert.rejects(run(page, "unary", callerBy("JSON")));
  await page.context().close();
});

test("being signed in to the console opens nothing", async () => {
  const page = await newPage(on.browser);
  await signIn(page, on.county.url, on.county.lead);
  const answer = await page.evaluate(async () => {
    const response = await fetch("/brokerage.registry.v1.ReferenceService/ListSkills", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    return { status: response.status, text: await response.text() };
  });
  assert.equal(answer.status, 401);
  assert.match(answer.text, /CREDENTIAL_MISSING/);
  await page.context().close();
});

test("the reference is open to everyone, and sets no cookie", async () => {
  const page = await newPage(on.browser);
  await page.goto(`${on.county.url}/sign-in`);
  await page.getByRole("link", { name: "API reference" }).click();
  await page.getByRole("heading", { name: "API reference" }).waitFor();
  await checkPage(page);
  await page.context().clearCookies();
  await page.getByRole("link", { name: "ResolvePlace" }).click();
  await page.getByRole("heading", { name: "ResolvePlace", exact: true }).waitFor();
  await checkPage(page);
  const dead = await page
    .locator("main a[href^='#']")
    .evaluateAll(
      (links) => links.filter((link) => !document.getElementById((link as HTMLAnchorElement).hash.slice(1))).length,
    );
  assert.equal(dead, 0);
  assert.deepEqual(await page.context().cookies(), []);
  const missing = await fetch(`${on.county.url}/api/no.such.Service`);
  assert.equal(missing.status, 404);
  await page.context().close();
});

test("the documented examples do what they say", () => {
  const guide = readFileSync(join(TREE, "docs/api.md"), "utf8");
  const examples = [...guide.matchAll(/^```sh console\n(.*?)^```$/gms)].map(([, text]) => text ?? "");
  assert.equal(examples.length, 1);
  const env = { ...process.env, CONSOLE: on.county.url, TOKEN: on.county.lead };
  for (const example of examples) execFileSync("bash", ["-euo", "pipefail", "-c", example], { env, stdio: "pipe" });
});
