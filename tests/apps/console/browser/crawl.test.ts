// Two centres at work side by side, with marks in all that is theirs alone: wherever the one goes, by links, by typed addresses or by
// the API, it finds no mark of the other, and what it is refused changes nothing.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { texts } from "../../../../apps/console/src/texts/en-GB/index.ts";
import { pathOf } from "../../../../apps/console/src/gateway/contract.ts";
import { Crawl, allRoutes, routeOf } from "../support/crawl.ts";
import type { Crawled } from "../support/crawl.ts";
import { callJson, contract, requestOf } from "../support/gateway-calls.ts";
import { importPeople } from "../support/imported.ts";
import { emptyTexts, makeMarked, markBeginning, referAcross, stateOf } from "../support/marked.ts";
import type { Marked } from "../support/marked.ts";
import { Parser } from "../support/parser.ts";
import type { FormFound, PageRead } from "../support/parser.ts";
import { suite } from "../support/suite.ts";
import { Visitor } from "../support/visitor.ts";
import type { Pair, Seen } from "../support/visitor.ts";

const rates = ["--calls-per-minute", "1000000"];
let dover: Marked;
let thanet: Marked;
/** Referrals in which both have a part. */
const ofBoth: string[] = [];
const on = suite({ volunteers: 3, opportunities: 4, organisations: 3, console: rates }, async (county) => {
  dover = await makeMarked(county, { centre: "dover", year: 1991, outcode: "CT16", nearby: "CT17" });
  thanet = await makeMarked(county, { centre: "thanet", year: 1971, outcode: "CT9", nearby: "CT10" });
  ofBoth.push(await referAcross(county, dover, thanet), await referAcross(county, thanet, dover));
});

let parser: Parser | undefined;
after(() => parser?.close());

/** Who goes round, and whose marks they may not find. */
const people = {
  "the administrator of Dover": () => ({ token: dover.admin, own: dover, other: thanet }),
  "the administrator of Thanet": () => ({ token: thanet.admin, own: thanet, other: dover }),
  "a caseworker of Dover": () => ({ token: dover.caseworker, own: dover, other: thanet }),
  "a reader of Thanet": () => ({ token: thanet.reader, own: thanet, other: dover }),
} as const;
type Person = keyof typeof people;

/** Where a person's import is. */
const imports = new Map<string, string>();
const visitors = new Map<string, Visitor>();
const crawled = new Map<string, Crawled>();

function assertNoMark(text: string, other: Marked, where: string): void {
  const lower = text.toLowerCase();
  for (const mark of other.hidden) assert.ok(!lower.includes(mark.toLowerCase()), `${mark} at ${where}`);
}

/** What no page says, whoever looks. */
function assertWhole({ status, path }: Seen, read: PageRead | undefined): void {
  assert.ok(status < 400, `${status} at ${path}`);
  for (const slip of ["undefined", "[object Object]", "NaN"]) {
    assert.ok(!read?.words.includes(slip), `${slip} at ${path}`);
  }
}

async function goRound(visitor: Visitor, other: Marked | undefined): Promise<Crawled> {
  parser ??= await Parser.open(on.browser);
  const crawl = new Crawl(visitor, parser, { words: [markBeginning, "shared"] }, (seen, read) => {
    assertWhole(seen, read);
    if (other !== undefined) assertNoMark(seen.path + seen.text, other, seen.path);
  });
  return crawl.run();
}

/** Texts that the marked records leave empty: words from tables and rules, and what every centre may read of the other's. */
const unmarkedTexts = new Set([
  ..."skill languages causes access_needs possible_duplicates consistency_token".split(" "),
  ..."rrule time_zone access_support identifiers accountable_body districts_served".split(" "),
  ..."Place.postcode Place.district Verification.by Verification.evidence website".split(" "),
  "Organisation.description",
  // Other records of the centre's have these, with marks.
  ..."reject_reason suspend_reason".split(" "),
]);

test("every text that a centre keeps to itself has its mark", async () => {
  const empty = await emptyTexts(on.county, dover);
  const isKnown = (text: string) => unmarkedTexts.has(text) || unmarkedTexts.has(text.replace(/.*\./, ""));
  assert.deepEqual(
    empty.filter((text) => !isKnown(text)),
    [],
    "give them marks",
  );
});

for (const [person, who] of Object.entries(people)) {
  test(`${person} finds no mark of another centre wherever links and searches lead`, async (context) => {
    const { token, own, other } = who();
    const visitor = await Visitor.signIn(on.county.url, token);
    visitors.set(person, visitor);
    if (token !== own.reader) {
      const [good, faulty] = [`${own.hidden[0]} Import,TN23 1PL`, `${own.hidden[1]} Import,nowhere`];
      imports.set(person, await importPeople(visitor, "Name,Postcode", [good, faulty]));
    }
    const round = await goRound(visitor, other);
    crawled.set(person, round);
    context.diagnostic(`${round.pages.size} pages, ${round.streams.length} streams, ${round.forms.length} forms`);
    const everything = [...round.pages.values()].map(({ text }) => text.toLowerCase()).join();
    const shown = own.hidden.filter((mark) => everything.includes(mark.toLowerCase()));
    assert.ok(shown.length > own.hidden.length / 2, `of its own centre's ${own.hidden.length} marks: ${shown.join()}`);
  });
}

/** The routes of an import that someone has made. */
const ofImports = allRoutes.filter((route) => route.includes("/import/jobs/:job"));

/** All that is to be found by anyone, the lead administrator among them, who may see everything. */
test("every route of the console is found by someone, as a page that a link leads to or as a form", async (context) => {
  const lead = await goRound(await Visitor.signIn(on.county.url, on.county.lead), undefined);
  crawled.set("the lead administrator", lead);
  // What an import passes through is there for a moment: it is asked for below.
  const found = new Set<string | undefined>(ofImports);
  for (const { pages, forms, streams } of crawled.values()) {
    for (const address of [...pages.keys(), ...streams]) found.add(routeOf("get", address));
    for (const { method, action } of forms) found.add(routeOf(method, action));
  }
  context.diagnostic(`${allRoutes.length} routes, ${lead.pages.size} pages of the lead administrator`);
  assert.deepEqual(
    allRoutes.filter((route) => !found.has(route)),
    [],
    "nobody finds these",
  );
});

const lastPart = (name: string) => name.slice(name.lastIndexOf("/") + 1);

/** The last parts of its records' names, which addresses hold in many ways. */
const idsOf = ({ kept, shared, centre }: Marked) =>
  [...kept.values(), ...shared.values()].filter((name) => name !== centre).map(lastPart);

/** Whether an address, or what is sent to it, names something of a centre's. */
function isAbout(centre: Marked, text: string): boolean {
  const decoded = decodeURIComponent(text);
  return new RegExp(`${centre.centre}(/|\\?|$)`).test(decoded) || idsOf(centre).some((id) => decoded.includes(id));
}

/** What is sent, without the marks that were in it: what comes back is not what was sent. */
const unmarked = (fields: readonly Pair[], other: Marked): readonly Pair[] =>
  fields.map(([name, value]) => {
    const holdsMark = other.hidden.some((mark) => value.toLowerCase().includes(mark.toLowerCase()));
    return [name, holdsMark ? "changed by someone else" : value] as const;
  });

/** That the console looked at what was asked: it is not at fault, and does not take the form for a forged one. */
function assertTaken({ status, text }: Seen, where: string): void {
  assert.ok(status < 500, `${status} at ${where}`);
  assert.ok(!text.includes(texts.errors.staleForm.title), `taken for a forged form: ${where}`);
}

/** Everything that the other centre's people find about their own records: addresses to be typed, and forms to be sent. */
function targets(own: Marked, other: Marked, theirs: readonly Crawled[]) {
  const addresses = new Set<string>();
  const streams = new Set<string>();
  const forms: FormFound[] = [];
  for (const round of theirs) {
    for (const path of round.pages.keys()) if (isAbout(other, path)) addresses.add(path);
    for (const path of round.streams) if (isAbout(other, path)) streams.add(path);
    // What is about records of both is allowed to both.
    forms.push(
      ...round.forms.filter(({ method, action, fields }) => {
        const named = [action, ...fields.map(([, value]) => value)];
        const isOfBoth = named.some(
          (text) => isAbout(own, text) || ofBoth.some((name) => text.includes(lastPart(name))),
        );
        return method === "post" && isAbout(other, action) && !isOfBoth;
      }),
    );
  }
  return { addresses, streams, forms };
}

for (const [person, theirs] of [
  ["the administrator of Dover", "the administrator of Thanet"],
  ["the administrator of Thanet", "the administrator of Dover"],
  ["a reader of Thanet", "the administrator of Dover"],
] as const satisfies readonly (readonly [Person, Person])[]) {
  test(`${person} types every address of the other centre's, and sends every form of theirs`, async (context) => {
    const { own, other } = people[person]();
    const visitor = visitors.get(person);
    const rounds = [crawled.get(theirs), crawled.get("the lead administrator")].filter((round) => round !== undefined);
    assert.ok(visitor !== undefined && rounds.length === 2, "all went round");
    const { addresses, streams, forms } = targets(own, other, rounds);
    const before = await stateOf(on.county, other);
    const tried = new Set<string | undefined>();
    const judge = (method: string, asked: string, seen: Seen) => {
      tried.add(routeOf(method, asked));
      assertTaken(seen, `${method} ${asked}`);
      assertNoMark(seen.text, other, `${method} ${asked}`);
    };
    for (const path of addresses) judge("get", path, await visitor.get(path));
    for (const path of streams) judge("get", path, await visitor.follow(path));
    for (const { action, fields, files } of forms) {
      judge("post", action, await visitor.post(action, unmarked(fields, other), files));
    }
    context.diagnostic(`${addresses.size} pages, ${streams.size} streams, ${forms.length} forms of theirs`);
    assert.equal(await stateOf(on.county, other), before, "nothing of theirs has changed");
    const missed = allRoutes.filter((route) => /:(centre|organisation)\b/.test(route) && !tried.has(route));
    assert.deepEqual(missed, [], "routes of records that were not tried");
  });
}

test("an import is there for whoever made it, and for nobody else", async (context) => {
  assert.equal(imports.size, 3);
  let asked = 0;
  for (const [maker, path] of imports) {
    for (const [person, visitor] of visitors) {
      for (const route of ofImports) {
        const [method = "", pattern = ""] = route.split(" ");
        const address = pattern.replace("/import/jobs/:job", path);
        const isStream = address.endsWith("/live");
        const ask = () => (isStream ? visitor.follow(address) : visitor.get(address));
        const seen = method === "GET" ? await ask() : await visitor.post(address, []);
        asked += 1;
        const where = `${person} at ${route} of ${maker}`;
        if (person === maker) assert.equal(seen.status, 200, where);
        else {
          assert.ok([403, 404].includes(seen.status), `${seen.status} ${where}`);
          for (const centre of [dover, thanet]) assertNoMark(seen.text, centre, where);
        }
      }
    }
  }
  context.diagnostic(`${ofImports.length} routes, asked ${asked} times`);
});

test("a reader sends every form of their own centre's, and changes nothing", async (context) => {
  const visitor = visitors.get("a reader of Thanet");
  const round = crawled.get("the administrator of Thanet");
  assert.ok(visitor !== undefined && round !== undefined, "both went round");
  const before = await stateOf(on.county, thanet);
  const sent = round.forms.filter(({ method, action }) => method === "post" && action !== "/sign-out");
  for (const { action, fields, files } of sent) {
    assertTaken(await visitor.post(action, fields, files), action);
  }
  context.diagnostic(`${sent.length} forms`);
  assert.equal(await stateOf(on.county, thanet), before);
});

/** The form with the other centre's records where one's own stand. */
function mixed(fields: readonly Pair[], own: Marked, other: Marked): readonly Pair[] {
  const kinds = [...own.kept.keys()];
  const swap = (value: string) => {
    const kind = kinds.find((one) => own.kept.get(one) === value || own.shared.get(one) === value);
    return kind === undefined || kind === "centres/{centre}" ? value : (other.kept.get(kind) ?? value);
  };
  return fields.map(([name, value]) => [name, swap(value)] as const);
}

test("the administrator of Dover puts the other centre's records into forms of their own", async (context) => {
  const visitor = visitors.get("the administrator of Dover");
  const round = crawled.get("the administrator of Dover");
  assert.ok(visitor !== undefined && round !== undefined, "they went round");
  const before = await stateOf(on.county, thanet);
  const sent = round.forms
    .map((form) => ({ ...form, fields: mixed(form.fields, dover, thanet) }))
    .filter(({ method, fields }, index) => method === "post" && String(fields) !== String(round.forms[index]?.fields));
  for (const { action, fields, files } of sent) {
    const seen = await visitor.post(action, fields, files);
    assertTaken(seen, action);
    assertNoMark(seen.text, thanet, `POST ${action}`);
  }
  context.diagnostic(`${sent.length} forms`);
  assert.ok(sent.length > 0);
  assert.equal(await stateOf(on.county, thanet), before, "nothing of theirs has changed");
});

/** The requests of a method about the other's records: with each record that may stand in its fields, asked as either centre. */
function requestsFor(method: (typeof contract.methods)[number], own: Marked, other: Marked): readonly object[] {
  const changed = { display_name: "Changed by someone else", title: "Changed by someone else", notes: "Changed" };
  const requests = [other.kept, other.shared].flatMap((records) =>
    [0, 1].flatMap((pick) => {
      const request = requestOf(method.input, records, { pick, texts: changed });
      return "parent" in request ? [request, { ...request, parent: own.centre }] : [request];
    }),
  );
  const hasFilter = method.input.fields.some(({ name }) => name === "filter");
  const filters = hasFilter ? [{ parent: own.centre, filter: `centre="${other.centre}"` }] : [];
  const all = hasFilter ? [{ parent: own.centre }, { parent: "centres/-" }, ...filters] : [{}];
  const known = new Map([...requests, ...all].map((request) => [JSON.stringify(request), request]));
  return [...known.values()];
}

for (const [person, who] of Object.entries(people)) {
  test(`${person} calls every method about the other centre's records`, async (context) => {
    const { token, own, other } = who();
    const before = await stateOf(on.county, other);
    let calls = 0;
    for (const method of contract.methods) {
      for (const request of requestsFor(method, own, other)) {
        calls += 1;
        const answer = await callJson(on.county.url, method, request, token, 500);
        assert.doesNotMatch(answer, /"code":"(internal|unknown)"/, pathOf(method));
        assertNoMark(answer, other, `${pathOf(method)} ${JSON.stringify(request)}`);
      }
    }
    context.diagnostic(`${contract.methods.length} methods, ${calls} calls`);
    assert.equal(await stateOf(on.county, other), before, "nothing of theirs has changed");
  });
}

test("no mark of anyone is in the console's log", () => {
  const log = on.county.consoleLog();
  assert.match(log, /"event":"request"/);
  for (const centre of [dover, thanet]) assertNoMark(log, centre, "the log");
});
