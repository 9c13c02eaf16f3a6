// Signing in and out, and what happens to those who are not signed in.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";

import { Role } from "#protos/brokerage/common/v1/access_pb";

import { checkPage, launch, newPage, signIn } from "../support/browser.ts";
import { startCounty } from "../support/county.ts";
import type { County } from "../support/county.ts";

let county: County;
let browser: Browser;

before(async () => {
  [county, browser] = await Promise.all([startCounty({ volunteers: 30, opportunities: 5 }), launch()]);
});
after(async () => {
  await browser?.close();
  await county?.stop();
});

test("a credential opens the console, and a cookie that does not hold it", async () => {
  const page = await newPage(browser);
  await page.goto(`${county.url}/volunteers`);
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await checkPage(page);
  await page.getByLabel("Your credential").fill(county.lead);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Volunteers", level: 1 }).waitFor();
  assert.equal(new URL(page.url()).pathname, "/volunteers");
  for (const cookie of await page.context().cookies()) {
    assert.ok(cookie.httpOnly, cookie.name);
    assert.equal(cookie.sameSite, "Lax");
    assert.ok(!cookie.value.includes(county.lead.slice(-20)));
  }
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "You are signed out" }).waitFor();
  await checkPage(page);
  await page.goto(`${county.url}/volunteers`);
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await page.context().close();
});

test("a wrong credential is told so beside the field", async () => {
  const page = await newPage(browser);
  await page.goto(`${county.url}/sign-in`);
  await page.getByLabel("Your credential").fill("vb_ashford_x_y");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").getByText("This credential is not valid").waitFor();
  assert.match(await page.title(), /^Error: /);
  await checkPage(page);
  await page.context().close();
});

test("a link signs in once, and looking at it does not use it up", async () => {
  const link = county.signInLink();
  assert.equal((await fetch(link)).status, 200);
  assert.equal((await fetch(link)).status, 200);
  const page = await newPage(browser);
  await page.goto(link);
  await checkPage(page);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "What would you like to do?" }).waitFor();
  await checkPage(page);
  const again = await newPage(browser);
  await again.goto(link);
  await again.getByRole("heading", { name: "This link is not valid any more" }).waitFor();
  await checkPage(again);
  assert.ok(!county.consoleLog().includes(link.slice(-20)), "the link's secret is in the log");
  await page.context().close();
  await again.context().close();
});

test("a role sees what it may do, and no more", async () => {
  const page = await newPage(browser);
  await signIn(page, county.url, await county.credential(Role.READER));
  await page.getByRole("link", { name: "Volunteers" }).first().waitFor();
  assert.equal(await page.getByRole("link", { name: "Register a volunteer" }).count(), 0);
  const refused = await page.goto(`${county.url}/volunteers/register`);
  assert.equal(refused?.status(), 403);
  await page.getByRole("heading", { name: "Your role does not allow this" }).waitFor();
  await checkPage(page);
  await page.context().close();
});

test("no link of the start page and the navigation is dead", async () => {
  const page = await newPage(browser);
  await signIn(page, county.url, county.lead);
  const addresses = await page
    .locator("a[href^='/']")
    .evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  for (const address of new Set(addresses)) {
    const response = await page.goto(county.url + address);
    assert.equal(response?.status(), 200, String(address));
  }
  await page.context().close();
});

test("a revoked credential ends the session", async () => {
  const { centres } = county.as(county.lead);
  const made = await centres.createCredential({
    parent: "centres/ashford",
    credential: { displayName: "Gone soon", role: Role.READER },
  });
  const page = await newPage(browser);
  await signIn(page, county.url, made.secret);
  await centres.revokeCredential({ name: made.name });
  for (
    let attempt = 0;
    attempt < 100 && !(await page.getByRole("heading", { name: "Sign in" }).isVisible());
    ++attempt
  ) {
    await page.goto(`${county.url}/volunteers`);
  }
  await page.getByText("You were signed out").waitFor();
  await page.context().close();
});

test("a form of another site is refused", async () => {
  const response = await fetch(`${county.url}/volunteers`, {
    method: "POST",
    body: new URLSearchParams({ name: "x" }),
    headers: { origin: "https://elsewhere.example" },
  });
  assert.equal(response.status, 403);
});
