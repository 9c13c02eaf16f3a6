// Signing in and out, and what happens to those who are not signed in.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Role } from "#protos/brokerage/common/v1/access_pb";

import { checkPage, newPage, signIn } from "../support/browser.ts";
import { suite } from "../support/suite.ts";

const on = suite({ volunteers: 30, opportunities: 5 });

test("a credential opens the console, and a cookie that does not hold it", async () => {
  const page = await newPage(on.browser);
  await page.goto(`${on.county.url}/volunteers`);
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await checkPage(page);
  await page.getByLabel("Your credential").fill(on.county.lead);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Volunteers", level: 1 }).waitFor();
  assert.equal(new URL(page.url()).pathname, "/volunteers");
  for (const cookie of await page.context().cookies()) {
    assert.ok(cookie.httpOnly, cookie.name);
    assert.equal(cookie.sameSite, "Lax");
    assert.ok(!cookie.value.includes(on.county.lead.slice(-20)));
  }
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "You are signed out" }).waitFor();
  await checkPage(page);
  await page.goto(`${on.county.url}/volunteers`);
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await page.context().close();
});

test("a wrong credential is told so beside the field", async () => {
  const page = await newPage(on.browser);
  await page.goto(`${on.county.url}/sign-in`);
  await page.getByLabel("Your credential").fill("vb_ashford_x_y");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").getByText("This credential is not valid").waitFor();
  assert.match(await page.title(), /^Error: /);
  await checkPage(page);
  await page.context().close();
});

test("a link signs in once, and looking at it does not use it up", async () => {
  const link = on.county.signInLink();
  assert.equal((await fetch(link)).status, 200);
  assert.equal((await fetch(link)).status, 200);
  const page = await newPage(on.browser);
  await page.goto(link);
  await checkPage(page);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Today" }).waitFor();
  await checkPage(page);
  const again = await newPage(on.browser);
  await again.goto(link);
  await again.getByRole("heading", { name: "This link is not valid any more" }).waitFor();
  await again.getByText("Ask whoever sent it for another.").waitFor();
  await again.getByRole("link", { name: "Sign in with a credential" }).waitFor();
  await checkPage(again);
  // Whoever opens it again, and is signed in by it, need not sign in.
  await page.goto(link);
  await page.getByText("You are signed in already.").waitFor();
  await page.getByRole("link", { name: "Go to the start page" }).click();
  await page.getByRole("heading", { name: "Today" }).waitFor();
  assert.ok(!on.county.consoleLog().includes(link.slice(-20)), "the link's secret is in the log");
  await page.context().close();
  await again.context().close();
});

test("a role sees what it may do, and no more", async () => {
  const page = await newPage(on.browser);
  await signIn(page, on.county.url, await on.county.credential(Role.READER));
  await page.getByRole("link", { name: "Volunteers" }).first().waitFor();
  assert.equal(await page.getByRole("link", { name: "Register a volunteer" }).count(), 0);
  const refused = await page.goto(`${on.county.url}/volunteers/register`);
  assert.equal(refused?.status(), 403);
  await page.getByRole("heading", { name: "Your role does not allow this" }).waitFor();
  await checkPage(page);
  await page.context().close();
});

test("no link of the start page and the navigation is dead", async () => {
  const page = await newPage(on.browser);
  await signIn(page, on.county.url, on.county.lead);
  const addresses = await page
    .locator("a[href^='/']")
    .evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  for (const address of new Set(addresses)) {
    const response = await page.goto(on.county.url + address);
    assert.equal(response?.status(), 200, String(address));
  }
  await page.context().close();
});

test("a revoked credential ends the session", async () => {
  const { centres } = on.county.as(on.county.lead);
  const made = await centres.createCredential({
    parent: "centres/ashford",
    credential: { displayName: "Gone soon", role: Role.READER },
  });
  const page = await newPage(on.browser);
  await signIn(page, on.county.url, made.secret);
  await centres.revokeCredential({ name: made.name });
  for (
    let attempt = 0;
    attempt < 100 && !(await page.getByRole("heading", { name: "Sign in" }).isVisible());
    ++attempt
  ) {
    await page.goto(`${on.county.url}/volunteers`);
  }
  await page.getByText("You were signed out").waitFor();
  await page.context().close();
});

test("a form of another site is refused", async () => {
  const response = await fetch(`${on.county.url}/volunteers`, {
    method: "POST",
    body: new URLSearchParams({ name: "x" }),
    headers: { origin: "https://elsewhere.example" },
  });
  assert.equal(response.status, 403);
});
