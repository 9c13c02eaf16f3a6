// What a page of matches costs beside the call that it stands on: asked by turns, after a time to warm up.
import assert from "node:assert/strict";
import { get } from "node:http";
import type { IncomingMessage } from "node:http";

import { pageOf } from "../../../../apps/console/src/services/names.ts";
import type { Clients } from "../../../../apps/console/src/services/clients.ts";
import { startCounty } from "../support/county.ts";
import type { County } from "../support/county.ts";

const warmingUp = 100;
const [volunteers = 2000, rounds = 300] = process.argv.slice(2).map(Number);
const pageSize = 20;

interface Fetched {
  readonly body: Buffer;
  readonly answer: IncomingMessage;
}

/** Fetches as a browser does, and leaves the body as it came: compressed. */
function fetchRaw(address: string, cookie: string): Promise<Fetched> {
  return new Promise((resolve, reject) => {
    get(address, { headers: { cookie, "accept-encoding": "gzip, deflate, br" } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => resolve({ answer, body: Buffer.concat(chunks) }));
    }).on("error", reject);
  });
}

async function signIn(county: County): Promise<string> {
  const address = `${county.url}/sign-in`;
  const form = await fetch(address);
  const visit = (form.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const token = /name="form_token" value="([^"]+)"/.exec(await form.text())?.[1] ?? "";
  const signed = await fetch(address, {
    method: "POST",
    redirect: "manual",
    headers: { cookie: visit },
    body: new URLSearchParams({ form_token: token, credential: county.lead }),
  });
  assert.equal(signed.status, 303);
  return signed.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0] ?? "")
    .join("; ");
}

function ask({ matching }: Clients, opportunity: string) {
  const parent = opportunity.split("/").slice(0, 2).join("/");
  return matching.matchVolunteers({
    parent,
    role: { case: "opportunity", value: opportunity },
    pageSize,
    explain: true,
  });
}

async function roleWithEnough(clients: Clients): Promise<string> {
  const open = await clients.opportunities.listOpportunities({
    parent: "centres/-",
    pageSize: 1000,
    filter: "state=OPEN",
  });
  for (const { name } of open.opportunities) {
    if ((await ask(clients, name)).matches.length === pageSize) return name;
  }
  throw new Error("no role has twenty matches: ask for more volunteers");
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const median = (times: readonly number[]) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
const ms = (time: number) => `${time.toFixed(1)} ms`;
const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;

/** The page and all that it loads, as they travel. */
async function bytesOf(county: County, address: string, cookie: string) {
  const page = await fetchRaw(address, cookie);
  assert.equal(page.answer.statusCode, 200);
  const html = await (await fetch(address, { headers: { cookie } })).text();
  const assets = new Set([...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path = ""]) => path));
  const loaded = await Promise.all([...assets].map((path) => fetchRaw(county.url + path, cookie)));
  return { page: page.body.length, all: loaded.reduce((sum, { body }) => sum + body.length, page.body.length) };
}

async function measure(county: County): Promise<void> {
  const clients = county.as(county.lead);
  const role = await roleWithEnough(clients);
  const cookie = await signIn(county);
  const address = `${county.url}${pageOf(role)}/matches`;
  const [pages, calls]: [number[], number[]] = [[], []];
  for (let round = -warmingUp; round < rounds; ++round) {
    const page = await timed(() => fetchRaw(address, cookie));
    const call = await timed(() => ask(clients, role));
    if (round < 0) continue;
    pages.push(page);
    calls.push(call);
  }
  const bytes = await bytesOf(county, address, cookie);
  process.stdout.write(
    [
      `matches of ${volunteers} volunteers for a role, twenty explained, ${rounds} times:`,
      `  page            ${ms(median(pages))} p50`,
      `  MatchVolunteers ${ms(median(calls))} p50`,
      `  above the call  ${ms(median(pages) - median(calls))}`,
      `  over the wire   ${kB(bytes.page)} the page, ${kB(bytes.all)} with all that it loads`,
      "",
    ].join("\n"),
  );
}

const county = await startCounty({ volunteers, opportunities: 100 });
try {
  await measure(county);
} finally {
  await county.stop();
}
