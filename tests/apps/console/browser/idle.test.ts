// A session ends after a time in which nobody did anything; what was typed meanwhile is kept, and goes on after signing in again.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Role } from "#protos/brokerage/common/v1/access_pb";

import { checkPage, press } from "../support/browser.ts";
import { sendPeople, untilOffers } from "../support/imported.ts";
import { openPage, suite } from "../support/suite.ts";
import { Visitor } from "../support/visitor.ts";

const idleMinutes = 30;
const on = suite({ volunteers: 3, opportunities: 4, clock: true, console: ["--idle-minutes", String(idleMinutes)] });

test("whoever does something now and then stays signed in, and whoever does nothing does not", async () => {
  const page = await openPage(on, "/volunteers");
  for (const _ of [1, 2, 3]) {
    on.county.pass(idleMinutes - 1);
    await page.reload();
    await page.getByRole("heading", { name: "Volunteers", level: 1 }).waitFor();
  }
  on.county.pass(idleMinutes);
  await page.reload();
  await page.getByText("You were signed out after a time without activity").waitFor();
  await checkPage(page);
  await page.getByLabel("Your credential").fill(on.county.lead);
  await press(page, "Sign in");
  await page.getByRole("heading", { name: "Volunteers", level: 1 }).waitFor();
  await page.context().close();
});

test("a form that is sent after that is kept, and is sent once one has signed in again", async () => {
  const desk = await on.county.credential(Role.CASEWORKER);
  for (const scripts of [true, false]) {
    const familyName = scripts ? "Lunchbreak" : "Teabreak";
    const page = await openPage(on, "/volunteers/register", desk, scripts);
    await page.getByLabel("Given name").fill("Nora");
    await page.getByLabel("Family name").fill(familyName);
    await page.getByLabel("Telephone number").fill("01233 123456");
    on.county.pass(idleMinutes);
    await press(page, "Save as an enquiry");
    await page.getByText("What you typed is kept").waitFor();
    await checkPage(page);
    assert.ok(!page.url().includes(familyName));
    await page.getByLabel("Your credential").fill(desk);
    await press(page, "Sign in");
    await page.getByText("It has not been sent yet").waitFor();
    await checkPage(page);
    await press(page, "Send it now");
    await page.getByText(`Nora ${familyName} is saved as an enquiry.`).waitFor();
    await page.context().close();
  }
});

test("a session ends at last, however busy", async () => {
  const page = await openPage(on, "/volunteers");
  const wholeMinutes = 12 * 60;
  for (let passed = 0; passed < wholeMinutes; passed += idleMinutes - 1) {
    await page.getByRole("heading", { name: "Volunteers", level: 1 }).waitFor();
    on.county.pass(idleMinutes - 1);
    await page.reload();
  }
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await page.context().close();
});

test("an import goes on when the session of its owner has ended, and is gone once they sign out of another", async () => {
  const desk = await on.county.credential(Role.CASEWORKER);
  const before = await Visitor.signIn(on.county.url, desk);
  const path = await sendPeople(before, "Name,Postcode", ["Ann Endless,TN23 1PL", "Bea Endless,TN23 1PL"]);
  await untilOffers(before, path, "run");
  await on.county.stopMatching();
  await before.post(`${path}/run`, []);
  on.county.pass(idleMinutes);
  assert.equal((await before.get(path)).status, 401);
  await on.county.startMatching();
  const after = await Visitor.signIn(on.county.url, desk);
  await untilOffers(after, path, "results");
  assert.match((await after.get(`${path}/results`)).text, /\r\n2,made,.*\r\n3,made,/);
  await after.post("/sign-out", []);
  const again = await Visitor.signIn(on.county.url, desk);
  assert.equal((await again.get(path)).status, 404);
  assert.ok(!(await again.get("/import")).text.includes("people.csv"));
});
