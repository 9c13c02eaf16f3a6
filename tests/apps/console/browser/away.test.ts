// With one of the two services away, every page says so plainly and offers what there still is, every form keeps what was typed, and all
// goes on when the service is back. The pages and the forms are those that a crawl finds.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { texts } from "../../../../apps/console/src/texts/en-GB/index.ts";
import { checkPage, newPage, press, signIn } from "../support/browser.ts";
import type { County } from "../support/county.ts";
import { Crawl, allRoutes, routeOf, withValue } from "../support/crawl.ts";
import { filledIn, findForms } from "../support/filling.ts";
import { makeMarked, markBeginning } from "../support/marked.ts";
import { Parser } from "../support/parser.ts";
import type { FormFound } from "../support/parser.ts";
import { until } from "../support/processes.ts";
import { suite } from "../support/suite.ts";
import { Visitor } from "../support/visitor.ts";
import type { Seen } from "../support/visitor.ts";

const on = suite({ volunteers: 3, opportunities: 4, organisations: 3 }, async (county) => {
  await makeMarked(county, { centre: "ashford", year: 1971, outcode: "TN23", nearby: "TN24" });
});

interface Service {
  readonly stop: (county: County) => Promise<void>;
  readonly start: (county: County) => Promise<void>;
  /** Pages that it has nothing to do with, and those that it alone serves. */
  readonly without: readonly string[];
  readonly alone: readonly string[];
}

const services: Readonly<Record<string, Service>> = {
  "the matching service": {
    stop: (county) => county.stopMatching(),
    start: (county) => county.startMatching(),
    without: ["GET /", "GET /organisations", "GET /organisations/new", "GET /centre", "GET /centre/edit"],
    alone: ["GET /weights", "GET /centres/:centre/volunteers/:volunteer"],
  },
  "the registry": {
    stop: (county) => county.stopRegistry(),
    start: (county) => county.startRegistry(),
    without: [
      "GET /",
      "GET /weights",
      "GET /volunteers",
      "GET /volunteers/register",
      "GET /opportunities",
      "GET /opportunities/new",
      "GET /centres/:centre/volunteers/:volunteer",
      "GET /centres/:centre/volunteers/:volunteer/matches",
      "GET /centres/:centre/opportunities/:opportunity",
      "GET /centres/:centre/opportunities/:opportunity/matches",
    ],
    alone: ["GET /organisations", "GET /centre"],
  },
};

let parser: Parser | undefined;
after(() => parser?.close());
let visitor: Visitor;
/** An address of each kind of page, and each form in which something can be typed. */
let pages: readonly string[] = [];
let streams: readonly string[] = [];
let forms: readonly FormFound[] = [];
const typed = "Typed meanwhile";

const read = (seen: Seen) => {
  if (parser === undefined) throw new Error("no page was read yet");
  return parser.read(seen.text, seen.path);
};

test("there are pages of every kind", async (context) => {
  parser = await Parser.open(on.browser);
  visitor = await Visitor.signIn(on.county.url, on.county.lead);
  const found = await new Crawl(visitor, parser, { words: [markBeginning], mostOfAKind: 2 }, () => {}).run();
  const byRoute = new Map([...found.pages.keys()].map((path) => [routeOf("get", path) ?? path, path]));
  pages = [...byRoute.values()];
  streams = found.streams.slice(0, 2);
  forms = (await findForms(visitor, parser)).filter(
    ({ method, search, scripted }) => method === "post" && !search && !scripted,
  );
  context.diagnostic(`${pages.length} kinds of pages, ${forms.length} forms`);
  const reached = new Set([...pages, ...streams].map((path) => routeOf("get", path)));
  // An import waits for a service by itself, and is there only when someone has made it.
  const missed = allRoutes.filter((route) => /^GET (?!.*:job)/.test(route) && !reached.has(route));
  assert.deepEqual(missed, [], "routes that nobody finds");
});

async function assertPlain(seen: Seen, where: string): Promise<void> {
  assert.ok([200, 503].includes(seen.status), `${seen.status} at ${where}`);
  if (!seen.type.startsWith("text/html")) return;
  const { words, title, links } = await read(seen);
  assert.match(seen.text, /<h1[ >]/, where);
  assert.match(title, /\S+ – /, where);
  assert.doesNotMatch(words, /\n\s+at \S+ \(|ECONNREFUSED|127\.0\.0\.1|undefined/, where);
  assert.ok(links.includes("/volunteers") && links.includes("/organisations"), `${where} leads on`);
  if (seen.status === 503) assert.ok(words.includes(texts.errors.unavailable.title), where);
}

/** The form among those that came back that still has what was typed. */
async function keptIn(seen: Seen, { action }: FormFound): Promise<FormFound | undefined> {
  const { forms: back } = await read(seen);
  return back.find((one) => one.action === action && one.fields.some(([, value]) => value === typed));
}

for (const [name, { stop, start, without, alone }] of Object.entries(services)) {
  test(`without ${name} every page says so, every form keeps what was typed, and all goes on after`, async (context) => {
    await stop(on.county);
    const kept: FormFound[] = [];
    try {
      const statuses = await lookEverywhere();
      for (const route of without) assert.equal(statuses.get(route), 200, `${route} without ${name}`);
      for (const route of alone) assert.equal(statuses.get(route), 503, `${route} without ${name}`);
      const served = [...statuses.values()].filter((status) => status === 200).length;
      context.diagnostic(`${served} of ${statuses.size} kinds of pages still there`);
      kept.push(...(await sendEverything()));
      context.diagnostic(`${kept.length} of ${forms.length} forms wait for it`);
    } finally {
      await start(on.county);
    }
    await until(async () => (await visitor.get(pages.at(-1) ?? "/")).status === 200, "the pages to be back");
    for (const path of pages) assert.equal((await visitor.get(path)).status, 200, `${path} afterwards`);
    for (const { action, fields, files } of kept) {
      const seen = await visitor.post(action, fields, files);
      assert.ok(seen.status < 500, `${seen.status} at ${action} afterwards`);
    }
  });
}

/** Reads every kind of page; answers what came of each, by its route. */
async function lookEverywhere(): Promise<ReadonlyMap<string, number>> {
  const statuses = new Map<string, number>();
  for (const path of pages) {
    const seen = await visitor.get(path);
    await assertPlain(seen, path);
    statuses.set(routeOf("get", path) ?? path, seen.status);
  }
  for (const path of streams) assert.ok((await visitor.follow(path)).status < 500, path);
  return statuses;
}

/** Sends every form; answers those that came back to be sent again. */
async function sendEverything(): Promise<readonly FormFound[]> {
  const kept: FormFound[] = [];
  const lost: string[] = [];
  for (const form of forms) {
    const [field = ""] = form.typed;
    const seen = await visitor.post(form.action, withValue(filledIn(form), field, typed), form.files);
    assert.notEqual(seen.status, 500, form.action);
    // What this service has no part in is done.
    if (seen.status === 200 && seen.led) continue;
    const back = await keptIn(seen, form);
    if (back === undefined) lost.push(`${field} of ${form.action} (${seen.status} at ${seen.path})`);
    else kept.push(back);
  }
  assert.deepEqual(lost, [], "what was typed is lost");
  return kept;
}

test("a form that could not be taken is sent again from the page that says so", async () => {
  for (const scripts of [true, false]) {
    const page = await newPage(on.browser, { javaScriptEnabled: scripts });
    await signIn(page, on.county.url, on.county.lead);
    await page.goto(`${on.county.url}/weights`);
    await page.getByLabel("Name").fill(scripts ? "Steady" : "Steadier");
    await on.county.stopMatching();
    await press(page, "Make");
    await page.getByRole("heading", { name: texts.errors.unavailable.title }).waitFor();
    await checkPage(page);
    await on.county.startMatching();
    await press(page, "Send it again");
    await page.getByText(/Stead(y|ier) can be chosen/).waitFor();
    await page.context().close();
  }
});
