// Every kind of page at 400 %: nothing scrolls sideways, and nothing hides what has the focus.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";

import { newPage, narrow } from "../support/browser.ts";
import { Crawl, kindOf } from "../support/crawl.ts";
import { importPeople } from "../support/imported.ts";
import { makeMarked, markBeginning } from "../support/marked.ts";
import type { Marked } from "../support/marked.ts";
import { Parser } from "../support/parser.ts";
import { suite } from "../support/suite.ts";
import { Visitor } from "../support/visitor.ts";
import { checkZoomed } from "../support/zoom.ts";

let ashford: Marked;
const on = suite({ volunteers: 3, opportunities: 4, organisations: 3 }, async (county) => {
  ashford = await makeMarked(county, { centre: "ashford", year: 1971, outcode: "TN23", nearby: "TN24" });
});

/** One address for each kind of page that links and searches lead to. */
async function pagesOf(visitor: Visitor): Promise<readonly string[]> {
  const parser = await Parser.open(on.browser);
  const pages = new Map<string, string>();
  await new Crawl(visitor, parser, { words: [markBeginning], mostOfAKind: 1 }, (seen, read) => {
    if (read !== undefined && seen.status === 200) pages.set(kindOf(seen.path), seen.path);
  }).run();
  await parser.close();
  return [...pages.values()];
}

async function pageOf(visitor: Visitor): Promise<Page> {
  const page = await newPage(on.browser, { viewport: narrow });
  const [name = "", value = ""] = (visitor.cookie.split("; ").at(-1) ?? "").split("=");
  await page.context().addCookies([{ name, value, url: on.county.url }]);
  return page;
}

const people = {
  "the lead administrator": { token: () => on.county.lead, pages: 45 },
  "a centre's administrator": { token: () => ashford.admin, pages: 40 },
} as const;

for (const [person, { token, pages: atLeast }] of Object.entries(people)) {
  test(`${person} reads every kind of page, and sees where the Tab key leads`, async (context) => {
    const visitor = await Visitor.signIn(on.county.url, token());
    await importPeople(visitor, "Name,Postcode", ["Una Import,TN23 1PL", "Nowhere Import,nowhere"]);
    const paths = await pagesOf(visitor);
    const page = await pageOf(visitor);
    let reached = 0;
    for (const path of paths) {
      await page.goto(on.county.url + path);
      reached += await checkZoomed(page);
    }
    await page.context().close();
    context.diagnostic(`${paths.length} pages, ${reached} controls and links`);
    assert.ok(paths.length >= atLeast && reached > 10 * paths.length, paths.join("\n"));
  });
}

test("the menu opens, and whoever is not signed in reads what there is", async () => {
  const page = await newPage(on.browser, { viewport: narrow });
  for (const path of ["/sign-in", "/sign-in/abcdefghijklmnopqrstuvwxyzABCDEF", "/nowhere", "/api"]) {
    await page.goto(on.county.url + path);
    assert.ok((await checkZoomed(page)) > 1, path);
  }
  await page.context().close();
  const signedIn = await pageOf(await Visitor.signIn(on.county.url, on.county.lead));
  await signedIn.goto(on.county.url);
  const closed = await checkZoomed(signedIn);
  await signedIn.getByRole("button", { name: "Menu" }).click();
  assert.ok((await checkZoomed(signedIn)) > closed, "the menu's links are reached");
  await signedIn.goto(`${on.county.url}/opportunities/new`);
  const crumb = signedIn.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link").first();
  assert.equal(await crumb.evaluate((link) => link.getClientRects().length), 1, "no word is broken");
  await signedIn.context().close();
});
