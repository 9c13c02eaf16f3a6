// What a page of matches costs beside the call that it stands on: asked by turns, after a time to warm up.
import assert from "node:assert/strict";
import { get } from "node:http";
import type { IncomingMessage } from "node:http";

import type { Match } from "#protos/brokerage/matching/v1/match_pb";

import { centreOf, pageOf } from "../../../../apps/console/src/services/names.ts";
import type { Clients } from "../../../../apps/console/src/services/clients.ts";
import { startCounty } from "../support/county.ts";
import type { County } from "../support/county.ts";

const warmingUp = 100;
const [volunteers = 2000, rounds = 300] = process.argv.slice(2).map(Number);
const opportunities = 500;
const pageSize = 20;
/** So many of each list are shortlisted, and stand above it. */
const inHand = 5;

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

/** A record whose matches are asked for, and the call that its page stands on. */
interface Asked {
  readonly what: string;
  readonly name: string;
  readonly call: () => Promise<{ readonly matches: readonly Match[] }>;
}

const questionOf = (name: string) => ({ parent: centreOf(name), pageSize, explain: true });

function asRole({ matching }: Clients, name: string): Asked {
  const role = { case: "opportunity" as const, value: name };
  const call = () => matching.matchVolunteers({ ...questionOf(name), role });
  return { what: "volunteers for a role", name, call };
}

function asVolunteer({ matching }: Clients, name: string): Asked {
  const call = () => matching.matchOpportunities({ ...questionOf(name), volunteer: name });
  return { what: "roles for a volunteer", name, call };
}

const wholeList = { parent: "centres/-", pageSize: 1000 };

/** The first with a full page of matches beside those that are in hand. */
async function withEnough({ referrals }: Clients, candidates: readonly Asked[]): Promise<Asked> {
  for (const asked of candidates) {
    const { matches } = await asked.call();
    if (matches.length < pageSize) continue;
    for (const { opportunity, volunteer } of matches.slice(0, inHand)) {
      await referrals.shortlistVolunteer({ parent: centreOf(asked.name), opportunity, volunteer });
    }
    if ((await asked.call()).matches.length === pageSize) return asked;
  }
  throw new Error("nobody has twenty matches: ask for more volunteers");
}

async function rolesOf(clients: Clients): Promise<readonly Asked[]> {
  const { opportunities } = await clients.opportunities.listOpportunities({ ...wholeList, filter: "state=OPEN" });
  return opportunities.map(({ name }) => asRole(clients, name));
}

async function volunteersOf(clients: Clients): Promise<readonly Asked[]> {
  const answer = await clients.volunteers.listVolunteers({ ...wholeList, filter: "state=SEARCHING" });
  return answer.volunteers.map(({ name }) => asVolunteer(clients, name));
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

async function measure(county: County, { what, name, call }: Asked): Promise<void> {
  const cookie = await signIn(county);
  const address = `${county.url}${pageOf(name)}/matches`;
  const [pages, calls]: [number[], number[]] = [[], []];
  for (let round = -warmingUp; round < rounds; ++round) {
    const page = await timed(() => fetchRaw(address, cookie));
    const bare = await timed(call);
    if (round < 0) continue;
    pages.push(page);
    calls.push(bare);
  }
  const bytes = await bytesOf(county, address, cookie);
  process.stdout.write(
    [
      `twenty explained ${what}, ${inHand} in hand above them, of ${volunteers} volunteers and ${opportunities} roles, ${rounds} times:`,
      `  page            ${ms(median(pages))} p50`,
      `  the call        ${ms(median(calls))} p50`,
      `  above the call  ${ms(median(pages) - median(calls))}`,
      `  over the wire   ${kB(bytes.page)} the page, ${kB(bytes.all)} with all that it loads`,
      "",
    ].join("\n"),
  );
}

const county = await startCounty({ volunteers, opportunities });
try {
  const clients = county.as(county.lead);
  for (const list of [rolesOf, volunteersOf]) await measure(county, await withEnough(clients, await list(clients)));
} finally {
  await county.stop();
}
