// Registering a volunteer, with and without scripts, and losing nothing on the way.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";

import { Volunteer_State } from "#protos/brokerage/matching/v1/volunteer_pb";

import { checkPage, newPage, signIn } from "../support/browser.ts";
import { suite } from "../support/suite.ts";

const on = suite({ volunteers: 20, opportunities: 5 });

async function openForm(scripts: boolean): Promise<Page> {
  const page = await newPage(on.browser, { javaScriptEnabled: scripts });
  await signIn(page, on.county.url, on.county.lead);
  await page.goto(`${on.county.url}/volunteers/register`);
  return page;
}

/** The volunteer whose page is open. */
async function stored(page: Page) {
  await page.waitForURL(/\/centres\/ashford\/volunteers\//);
  return on.county.as(on.county.lead).volunteers.getVolunteer({ name: new URL(page.url()).pathname.slice(1) });
}

async function fillIn(page: Page, given: string): Promise<void> {
  await page.getByLabel("Given name").fill(given);
  await page.getByLabel("Family name").fill("Newcomer");
  await page.getByLabel("Telephone number").fill("01233 123456");
  await page.getByLabel("How far they travel").selectOption("5");
}

test("a person is registered while they are on the phone", async () => {
  const page = await openForm(true);
  await checkPage(page);
  await fillIn(page, "Ann");
  await page.getByLabel("Postcode").fill("tn23 1pl");
  await page.getByLabel("Postcode").blur();
  await page.getByText("TN23 1PL", { exact: false }).waitFor();
  await page.getByLabel("Add a skill").pressSequentially("frist aid");
  await page.getByLabel("First aid").check();
  await page.getByLabel("Add a cause").fill("pets");
  await page.getByLabel("Animal Welfare").check();
  await checkPage(page);
  await page.getByLabel("Tuesday Morning").check();
  await page.getByLabel("Tuesday Midday").check();
  await page.getByLabel("Saturday Evening").focus();
  await page.keyboard.press("Space");
  await page.getByLabel("Day", { exact: true }).fill("27");
  await page.getByLabel("Month").fill("3");
  await page.getByLabel("Year").fill("1987");
  await page.getByLabel("They agree that").check();
  await page.getByRole("button", { name: "Save and start matching" }).click();
  await page.getByText("Ann Newcomer is registered, and is matched from now on.").waitFor();
  await checkPage(page);
  const volunteer = await stored(page);
  assert.equal(volunteer.state, Volunteer_State.SEARCHING);
  assert.equal(volunteer.travelRadiusM, 8047);
  assert.deepEqual(
    volunteer.skills.map(({ skill }) => skill),
    ["skills/first-aid"],
  );
  assert.deepEqual(volunteer.causes, ["causes/animal-welfare"]);
  assert.equal(volunteer.home?.postcode, "TN23 1PL");
  assert.equal(volunteer.dateOfBirth?.year, 1987);
  const windows = volunteer.availability?.weekly.map((one) => [
    one.dayOfWeek,
    one.startTime?.hours,
    one.endTime?.hours,
  ]);
  assert.deepEqual(windows, [
    [2, 8, 14],
    [6, 17, 21],
  ]);
  assert.equal(volunteer.consents.length, 1);
  await page.context().close();
});

test("without scripts the same form does the same", async () => {
  const page = await openForm(false);
  await fillIn(page, "Bea");
  await page.getByLabel("Postcode").fill("TN23 1PL");
  await page.getByRole("button", { name: "Look up" }).click();
  await page.getByText(/TN23 1PL is/).waitFor();
  await page.getByLabel("Add a skill").fill("frist aid");
  await page.getByRole("button", { name: "Find" }).first().click();
  await page.getByLabel("First aid").check();
  await page.getByLabel("Friday Afternoon").check();
  await page.getByLabel("Add a cause").fill("xyzzyx");
  await page.getByRole("button", { name: "Find" }).nth(1).click();
  await page.getByText("Nothing is called “xyzzyx”").waitFor();
  assert.ok(await page.getByLabel("First aid").isChecked());
  assert.ok(await page.getByLabel("Friday Afternoon").isChecked());
  assert.equal(await page.getByLabel("How far they travel").inputValue(), "5");
  await page.getByLabel("Add a cause").clear();
  await page.getByRole("button", { name: "Save and start matching" }).click();
  await page.getByText("Bea Newcomer is registered").waitFor();
  const volunteer = await stored(page);
  assert.equal(volunteer.state, Volunteer_State.SEARCHING);
  assert.deepEqual(
    volunteer.skills.map(({ skill }) => skill),
    ["skills/first-aid"],
  );
  await page.context().close();
});

for (const scripts of [true, false]) {
  test(`a word of which nothing was chosen is asked about, ${scripts ? "with" : "without"} scripts`, async () => {
    const page = await openForm(scripts);
    await fillIn(page, "Bo");
    await page.getByLabel("Add a skill").fill("frist aid");
    await page.getByLabel("Add a cause").fill("xyzzyx");
    await page.getByRole("button", { name: "Save as an enquiry" }).click();
    for (const term of ["frist aid", "xyzzyx"]) {
      await page
        .getByRole("alert")
        .getByRole("link", { name: `Choose what you mean by “${term}”` })
        .waitFor();
    }
    await page.getByLabel("First aid").check();
    await page.getByLabel("Add a cause").clear();
    await page.getByRole("button", { name: "Save as an enquiry" }).click();
    const { skills } = await stored(page);
    assert.deepEqual(
      skills.map(({ skill }) => skill),
      ["skills/first-aid"],
    );
    await page.context().close();
  });
}

test("every fault is told at its field, and nothing typed is lost", async () => {
  const page = await openForm(true);
  await page.getByRole("button", { name: "Save and start matching" }).click();
  await page.getByRole("alert").getByText("Enter a name").waitFor();
  const [field, button] = [page.getByLabel("Postcode"), page.getByRole("button", { name: "Look up" })];
  const [fieldBox, buttonBox] = [await field.boundingBox(), await button.boundingBox()];
  assert.ok(
    fieldBox !== null && buttonBox !== null && buttonBox.x <= fieldBox.x + fieldBox.width + 20,
    "near its field",
  );
  await checkPage(page);
  await fillIn(page, "Cy");
  await page.getByLabel("Email address").fill("no address");
  await page.getByLabel("Telephone number").fill("five");
  await page.getByLabel("Postcode").fill("ZZ99 9ZZ");
  await page.getByLabel("Tuesday Morning").check();
  await page.getByRole("button", { name: "Save and start matching" }).click();
  // These three only the service knows.
  for (const field of ["Email address", "Telephone number", "Postcode"]) {
    await page
      .getByRole("alert")
      .getByRole("link", { name: new RegExp(`^${field} `) })
      .waitFor();
    assert.notEqual(await page.getByLabel(field).getAttribute("aria-describedby"), null, field);
  }
  assert.equal(await page.getByLabel("Email address").inputValue(), "no address");
  assert.ok(await page.getByLabel("Tuesday Morning").isChecked());
  await checkPage(page);
  await page
    .getByRole("alert")
    .getByRole("link", { name: /^Postcode/ })
    .click();
  assert.ok(await page.getByLabel("Postcode").evaluate((field) => field === document.activeElement));
  await page.context().close();
});

test("sending a form twice registers one person, and a likely duplicate is named", async () => {
  const page = await openForm(true);
  await fillIn(page, "Dee");
  const addresses = await page.evaluate(async () => {
    const form = document.querySelector<HTMLFormElement>("form[data-keep]");
    if (form === null) return [];
    const body = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
    body.set("intent", "enquiry");
    const send = async () => (await fetch(form.action, { method: "POST", body })).url;
    return [await send(), await send()];
  });
  assert.match(addresses[0] ?? "", /\/centres\/ashford\/volunteers\/./);
  assert.equal(addresses[1], addresses[0]);
  await page.goto(`${on.county.url}/volunteers/register`);
  await fillIn(page, "Deirdre");
  await page.getByRole("button", { name: "Save as an enquiry" }).click();
  await page.getByText("There may be a record of this person already").waitFor();
  await page.getByRole("link", { name: "Dee Newcomer" }).waitFor();
  await page.context().close();
});

test("a form that is sent after the session ended goes on after signing in", async () => {
  const page = await openForm(true);
  await fillIn(page, "Eve <b>");
  await page.getByLabel("Would also do a role from home").check();
  await page.context().clearCookies();
  await page.getByRole("button", { name: "Save and start matching" }).click();
  await page.getByText("could not be kept").or(page.getByText("What you typed is kept")).first().waitFor();
  await page.getByText("What you typed is kept").waitFor();
  await checkPage(page);
  await page.getByLabel("Your credential").fill("vb_wrong");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").waitFor();
  await page.getByLabel("Your credential").fill(on.county.lead);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "You are signed in again" }).waitFor();
  await checkPage(page);
  await page.getByRole("button", { name: "Send it now" }).click();
  await page.getByText("Eve <b> Newcomer is registered").waitFor();
  await page.context().close();
});

test("a service that is away loses nothing of a form", async () => {
  const page = await openForm(true);
  await fillIn(page, "Flo");
  await page.getByLabel("Would also do a role from home").check();
  await on.county.stopMatching();
  await page.getByRole("button", { name: "Save and start matching" }).click();
  await page.getByRole("alert").getByText("Nothing that you typed is lost").waitFor();
  await checkPage(page);
  assert.equal(await page.getByLabel("Given name").inputValue(), "Flo");
  await on.county.startMatching();
  await page.getByRole("button", { name: "Save and start matching" }).click();
  await page.getByText("Flo Newcomer is registered").waitFor();
  await page.context().close();
});
