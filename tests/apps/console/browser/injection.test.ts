// What people type is shown as they typed it, wherever it is shown: it makes no element, runs nothing and breaks no page. The forms and
// the pages are those that a crawl finds.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { narrow, newPage } from "../support/browser.ts";
import { Crawl, kindOf, withValue } from "../support/crawl.ts";
import { sendPeople, untilOffers } from "../support/imported.ts";
import { makeMarked } from "../support/marked.ts";
import { Parser } from "../support/parser.ts";
import { fieldsOf, filledIn, findForms, fresh, mostOfAKind } from "../support/filling.ts";
import type { FormFound, PageRead } from "../support/parser.ts";
import { suite } from "../support/suite.ts";
import { Visitor } from "../support/visitor.ts";
import type { Seen } from "../support/visitor.ts";

const on = suite({ volunteers: 3, opportunities: 4, organisations: 3 }, async (county) => {
  await makeMarked(county, { centre: "ashford", year: 1971, outcode: "TN23", nearby: "TN24" });
});

let parser: Parser | undefined;
after(() => parser?.close());

/** Begins whatever is typed here, with a number after it. */
const sign = "Zq";
interface Kind {
  /** The text, which has this sign in it. */
  readonly text: (own: string) => string;
  /** Whether it can be stored somewhere, and is looked for wherever it may be shown. */
  readonly stored: boolean;
}

/** What each kind of text does where it is not taken for a text. */
const kinds: Readonly<Record<string, Kind>> = {
  "a control character": { text: (own) => `${own}\u0000\u0007\u001b[31m\u0085\u202e\u2066`, stored: false },
  "an address that runs": { text: (own) => `javascript:ran=1//${own}`, stored: false },
  "a script in a formula": { text: (own) => `=${own}"'><script>ran=1</script>';--\\%_`, stored: true },
  "a template with an element": {
    text: (own) => `${own}{{7*7}}\${7*7}<%=7*7%><img src=x onerror=ran=1>`,
    stored: true,
  },
  "a long word in another direction": { text: (own) => `${own}${"\u05e9".repeat(40)}`, stored: true },
};

async function signIn(): Promise<readonly [Visitor, Parser]> {
  parser ??= await Parser.open(on.browser);
  return [await Visitor.signIn(on.county.url, on.county.lead), parser];
}

function assertHarmless(seen: Seen, read: PageRead, where: string): void {
  assert.ok(seen.status < 500, `${seen.status} ${where}`);
  assert.deepEqual(read.foreign, [], where);
  assert.doesNotMatch(read.words, new RegExp(`${sign}\\d+x.{0,9}49`), where);
}

let forms: readonly FormFound[] = [];

test("there are forms to be typed in", async (context) => {
  forms = await findForms(...(await signIn()));
  const fields = forms.reduce((sum, form) => sum + fieldsOf(form).length, 0);
  context.diagnostic(`${forms.length} forms, ${fields} fields`);
  assert.ok(forms.length > 20 && fields > 60);
});

let count = 0;

/** Sends each form once for each of its fields, with the text in that one. Answers those texts that a record's page then shows. */
async function typeEverywhere(visitor: Visitor, reader: Parser, text: (own: string) => string) {
  const shown = new Set<string>();
  for (const form of forms) {
    for (const field of fieldsOf(form)) {
      count += 1;
      const own = `${sign}${count}x`;
      const now = await fresh(visitor, reader, form);
      const seen = await visitor.post(now.action, withValue(filledIn(now), field, text(own)), now.files);
      if (!seen.type.startsWith("text/html")) continue;
      const read = await reader.read(seen.text, seen.path);
      assertHarmless(seen, read, `"${text(own)}" in ${field} of ${form.action}, at ${seen.path}`);
      if (seen.path !== now.action && read.words.includes(own)) shown.add(own);
    }
  }
  return shown;
}

/** Reads all that shows something that was typed: an address for each kind of page. */
async function whereShown(visitor: Visitor, reader: Parser, newest: number) {
  const texts = new Set<string>();
  const pages = new Map<string, string>();
  await new Crawl(visitor, reader, { words: [sign], mostOfAKind }, (seen, read) => {
    if (read === undefined) return;
    assertHarmless(seen, read, seen.path);
    const found = [...read.words.matchAll(new RegExp(`${sign}(\\d+)x`, "g"))].filter(([, own]) => Number(own) > newest);
    for (const [one] of found) texts.add(one);
    if (found.length > 0) pages.set(kindOf(seen.path), seen.path);
  }).run();
  return { texts, pages: [...pages.values()] };
}

for (const [kind, { text, stored }] of Object.entries(kinds)) {
  test(`typed into any field of any form, ${kind} is shown as it was typed`, async (context) => {
    const [visitor, reader] = await signIn();
    const before = count;
    const shown = await typeEverywhere(visitor, reader, text);
    context.diagnostic(`typed into ${count - before} fields, of which ${shown.size} are shown at once`);
    if (!stored) return;
    const { texts, pages } = await whereShown(visitor, reader, before);
    context.diagnostic(`${texts.size} of them shown by the last who typed, on ${pages.length} kinds of pages`);
    assert.ok(shown.size > 12 && texts.size > 10, `${[...shown].join()}; ${[...texts].join()}`);
    await assertDrawnAsText(pages, visitor);
  });
}

/** Opens the pages as they are drawn, without the policy that would stop what was planted: nothing must have been. */
async function assertDrawnAsText(paths: readonly string[], visitor: Visitor): Promise<void> {
  const page = await newPage(on.browser, { bypassCSP: true, viewport: narrow });
  const [name = "", value = ""] = (visitor.cookie.split("; ").at(-1) ?? "").split("=");
  await page.context().addCookies([{ name, value, url: on.county.url }]);
  const wide: string[] = [];
  for (const path of paths) {
    await page.goto(on.county.url + path);
    assert.equal(await page.evaluate(() => (globalThis as { ran?: unknown }).ran), undefined, path);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > narrow.width) wide.push(`${kindOf(path)}: ${width} px`);
  }
  await page.context().close();
  assert.deepEqual(wide, [], `on a screen of ${narrow.width} px`);
}

const inCsv = (text: string) => `"${text.replaceAll('"', '""')}"`;

test("what a file that is imported is called and holds is shown as text, and its rows as well", async () => {
  const [visitor, reader] = await signIn();
  for (const [kind, { text, stored }] of Object.entries(kinds)) {
    if (!stored) continue;
    count += 1;
    const own = `${sign}${count}x`;
    const cell = inCsv(text(own));
    const columns = ["Name", "Email", "Skills", "Available", "Notes", cell];
    const rest = ["someone@example.org", "", "Mon 09:10-12:00"];
    // What a name may not hold is at fault: one row is good in any case.
    const rows = [columns.map(() => cell), [cell, ...rest, cell, cell], ["Somebody", ...rest, "", ""]];
    const file = rows.map((cells) => cells.join(","));
    // Of a path only what is behind the last stroke is taken for the name.
    const name = `${text(own).replace(/[/\\]/g, "")}.csv`;
    const path = await sendPeople(visitor, columns.join(","), file, name);
    for (const part of ["run", "results"] as const) {
      await untilOffers(visitor, path, part);
      for (const address of [path, "/import"]) {
        const seen = await visitor.get(address);
        const read = await reader.read(seen.text, seen.path);
        assertHarmless(seen, read, `${kind}: ${address}`);
        assert.ok(read.words.includes(own), `${kind}: ${address} shows it`);
      }
      await assertDrawnAsText([path, "/import"], visitor);
      if (part === "run") await visitor.post(`${path}/run`, []);
    }
  }
});

test("what is written into addresses is shown as text, and leads nowhere else", async (context) => {
  const [visitor, reader] = await signIn();
  const { pages } = await new Crawl(visitor, reader, { words: [], mostOfAKind: 1 }, () => {}).run();
  const hostile = [
    `${sign}1x"'><img src=x onerror=ran=1>{{7*7}}`,
    "javascript:ran=1",
    "//evil.example/",
    "\\\\evil.example",
  ];
  let number = 0;
  for (const path of pages.keys()) {
    for (const address of addressesWith(path, hostile)) {
      number += 1;
      const seen = await visitor.get(address);
      if (!seen.type.startsWith("text/html")) continue;
      const read = await reader.read(seen.text, seen.path);
      assertHarmless(seen, read, address);
      const away = [...read.links, ...read.forms.map(({ action }) => action)].filter(leadsAway);
      assert.deepEqual(away, [], address);
    }
  }
  context.diagnostic(`${number} addresses`);
});

const leadsAway = (address: string) => new URL(address, on.county.url).host.includes("evil");

/** The address with each of these in each of its places, and where one may come from and go back to. */
function addressesWith(path: string, hostile: readonly string[]): readonly string[] {
  const { pathname, searchParams } = new URL(path, on.county.url);
  const parts = pathname.split("/").slice(1);
  const inPath = parts.map((_, at) =>
    parts.reduce((whole, part, index) => `${whole}/${index === at ? encodeURIComponent(hostile[0] ?? "") : part}`, ""),
  );
  const names = new Set([...searchParams.keys(), "back", "to", "search", "page", "weights"]);
  const inQuery = [...names].flatMap((name) =>
    hostile.map((text) => {
      const query = new URLSearchParams(searchParams);
      query.set(name, text);
      return `${pathname}?${query.toString()}`;
    }),
  );
  return [...inPath, ...inQuery];
}
