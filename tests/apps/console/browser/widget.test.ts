// The widget on pages that are not the console's, before real services.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import type { Page, Route } from "playwright-core";

import { checkAccessibility, checkWidth, newPage } from "../support/browser.ts";
import { startSite } from "../support/pages.ts";
import type { Site } from "../support/pages.ts";
import { freePorts } from "../support/processes.ts";
import { suite } from "../support/suite.ts";

declare const CONSOLE_FOLDER: string;

let site: Site;
let demonstration = "";
const flags: string[] = [];
before(async () => {
  site = await startSite();
  const [port] = await freePorts(1);
  demonstration = `http://127.0.0.1:${port}`;
  flags.push("--widget-demonstration", `127.0.0.1:${port}`);
});
after(() => site.stop());

const title = `<script>document.title = "taken"</script><b>Tea & "cake"</b>`;
const on = suite({ volunteers: 10, opportunities: 40, console: flags }, async (county) => {
  const { opportunities, organisations } = county.as(county.lead);
  const parent = "centres/ashford";
  const { name: organisation } = (await organisations.listOrganisations({ filter: "state = STATE_ACTIVE" }))
    .organisations[0]!;
  const made = await opportunities.createOpportunity({
    parent,
    opportunity: {
      title,
      organisation,
      place: { postcode: "TN23 1PL" },
      sharing: 2,
      description: "<img src=x onerror=alert(1)>",
    },
  });
  await opportunities.submitOpportunity({ name: made.name });
  await opportunities.approveOpportunity({ name: made.name });
});

const script = () => `${on.county.url}/widget/volunteer-opportunities.js`;

function html(attributes: string): string {
  return `<!doctype html><html lang="en-GB"><head><title>Our village</title><link rel="icon" href="data:,">
    <script src="${script()}" async></script></head>
    <body><main><h1>Our village</h1><volunteer-opportunities ${attributes}></volunteer-opportunities></main></body></html>`;
}

/** What a GET is answered; unlike fetch it says nothing of caches by itself. */
function statusOf(address: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(address, { headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on("error", reject);
  });
}

interface Visit {
  readonly page: Page;
  /** What the page asked of the console: METHOD and path. */
  readonly asked: string[];
}

async function visit(attributes: string, answer?: (route: Route) => Promise<void>): Promise<Visit> {
  site.page = html(attributes);
  const page = await newPage(on.browser);
  const asked: string[] = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.origin === on.county.url) asked.push(`${request.method()} ${url.pathname.split("/").at(-1)}`);
  });
  if (answer !== undefined) await page.route("**/SearchOpportunities?**", answer);
  await page.goto(site.url);
  return { page, asked };
}

async function check(page: Page): Promise<void> {
  await checkAccessibility(page);
  await checkWidth(page);
}

test("the script is small, and open to every page", async () => {
  const bytes = gzipSync(readFileSync(join(CONSOLE_FOLDER, "widget/volunteer-opportunities.js"))).length;
  assert.ok(bytes < 15_000, `${bytes} bytes`);
  const response = await fetch(script(), { headers: { origin: "https://anywhere.example" } });
  assert.equal(response.headers.get("access-control-allow-origin"), "*");
  assert.equal(response.headers.get("cross-origin-resource-policy"), "cross-origin");
  assert.match(response.headers.get("cache-control") ?? "", /^public, max-age=3600/);
  assert.equal(response.headers.get("set-cookie"), null);
  const etag = response.headers.get("etag") ?? "";
  assert.equal(await statusOf(script(), { "if-none-match": etag }), 304);
});

test("one GET shows the roles nearby, as text, without cookies", async () => {
  const { page, asked } = await visit(
    `centre="ashford" near="TN23 1PL" radius-miles="20" respond="mailto:us@example.org"`,
  );
  await page
    .getByRole("status")
    .getByText(/opportunit/)
    .filter({ hasNotText: "Looking" })
    .waitFor();
  assert.deepEqual(asked, ["GET volunteer-opportunities.js", "GET SearchOpportunities"]);
  await page.getByRole("heading", { name: title, exact: true }).waitFor();
  await page.getByText("<img src=x onerror=alert(1)>").waitFor();
  assert.equal(await page.title(), "Our village");
  await page.getByText("TN23, within about 1 mile").first().waitFor();
  const link = page.getByRole("link", { name: `I would like to help (${title})` });
  assert.equal(await link.getAttribute("href"), `mailto:us@example.org?subject=${encodeURIComponent(title)}`);
  assert.deepEqual(await page.context().cookies(), []);
  assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
  await check(page);
  await page.context().close();
});

test("more are shown on request, and reading goes on there", async () => {
  const { page } = await visit(`limit="2"`);
  await page.getByText("2 opportunities, and there are more").waitFor();
  await page.getByRole("button", { name: "Show more" }).click();
  await page.getByText("4 opportunities, and there are more").waitFor();
  const focused = await page.evaluate(() => {
    const { activeElement } = document.querySelector("volunteer-opportunities")?.shadowRoot ?? {};
    const titles = [
      ...(document.querySelector("volunteer-opportunities")?.shadowRoot?.querySelectorAll(".title") ?? []),
    ];
    return titles.indexOf(activeElement as Element);
  });
  assert.equal(focused, 2);
  await page.context().close();
});

test("a visitor searches by words, and for what is done from home", async () => {
  const { page, asked } = await visit(`search limit="50"`);
  await page
    .getByRole("status")
    .getByText(/^\d+ opportunities/)
    .waitFor();
  await page.getByLabel("Words to look for").fill("tea cake");
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("status").getByText("1 opportunity").waitFor();
  await check(page);
  await page.getByLabel("Only what can be done from home").check();
  await page.getByLabel("Words to look for").press("Enter");
  await page.getByText("There is nothing here that fits just now").waitFor();
  await check(page);
  assert.equal(asked.filter((one) => !one.startsWith("GET ")).length, 0);
  await page.context().close();
});

test("while it loads, when it fails, and when it works again", async () => {
  let answer: (route: Route) => Promise<void> = (route) => route.abort();
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const { page } = await visit(`search`, async (route) => {
    await held;
    await answer(route);
  });
  await page.getByText("Looking for opportunities").waitFor();
  await check(page);
  release();
  await page.getByText("Opportunities cannot be shown just now.").waitFor();
  await check(page);
  answer = (route) => route.fulfill({ status: 429, body: "{}", headers: { "access-control-allow-origin": "*" } });
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByText("Many people are looking just now").waitFor();
  answer = (route) => route.continue();
  await page.getByRole("button", { name: "Try again" }).click();
  await page
    .getByRole("status")
    .getByText(/^[0-9]+ opportunities/)
    .waitFor();
  await page.context().close();
});

test("a page changes what is asked, and how it looks", async () => {
  const { page } = await visit(`limit="1" heading="Near you" heading-level="3" style="--volunteer-colour: #112233"`);
  await page.getByRole("heading", { name: "Near you", level: 3 }).waitFor();
  await page.getByText("1 opportunity, and there are more").waitFor();
  const colour = () =>
    page.getByRole("button", { name: "Show more" }).evaluate((button) => getComputedStyle(button).backgroundColor);
  assert.equal(await colour(), "rgb(17, 34, 51)");
  await page.evaluate(() => document.querySelector("volunteer-opportunities")?.setAttribute("limit", "3"));
  await page.getByText("3 opportunities, and there are more").waitFor();
  await page.addStyleTag({ content: "volunteer-opportunities::part(item) { border-top: 7px solid }" });
  const border = await page
    .getByRole("listitem")
    .first()
    .evaluate((item) => getComputedStyle(item).borderTopWidth);
  assert.equal(border, "7px");
  await page.context().close();
});

test("a place to respond that is no web address makes no link", async () => {
  const { page } = await visit(`respond="javascript:alert(1)" limit="1"`);
  await page.getByRole("listitem").first().waitFor();
  assert.equal(await page.getByRole("link").count(), 0);
  await page.context().close();
});

test("the demonstration shows it on another origin, under a strict policy", async () => {
  const page = await newPage(on.browser);
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.goto(demonstration);
  await page
    .getByRole("status")
    .getByText(/opportunit/)
    .filter({ hasNotText: "Looking" })
    .waitFor();
  await page.getByRole("listitem").first().waitFor();
  assert.deepEqual(complaints, []);
  await check(page);
  await page.context().close();
});
