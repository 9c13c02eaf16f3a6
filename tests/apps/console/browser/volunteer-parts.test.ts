// Changing the parts of a volunteer's record, with and without scripts, and losing nothing on the way.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";

import { Role } from "#protos/brokerage/common/v1/access_pb";
import { BarredList, CheckLevel, Workforce } from "#protos/brokerage/common/v1/check_pb";
import { Sharing } from "#protos/brokerage/common/v1/sharing_pb";
import { AvailabilityException_Kind, Consent_Purpose } from "#protos/brokerage/matching/v1/volunteer_pb";
import type { Volunteer } from "#protos/brokerage/matching/v1/volunteer_pb";

import { pageOf } from "../../../../apps/console/src/services/names.ts";
import { checkPage } from "../support/browser.ts";
import { openPage, suite } from "../support/suite.ts";

const ashford = "centres/ashford";

const on = suite({ volunteers: 5, opportunities: 5 });

const volunteers = () => on.county.as(on.county.lead).volunteers;

type Fields = NonNullable<Parameters<ReturnType<typeof volunteers>["createVolunteer"]>[0]["volunteer"]>;

const make = (displayName: string, more: Partial<Fields> = {}) =>
  volunteers().createVolunteer({
    parent: ashford,
    volunteer: { displayName, contact: { phone: "01233 000000" }, ...more } as Fields,
  });

const now = ({ name }: Volunteer) => volunteers().getVolunteer({ name });

async function open({ name }: Volunteer, link: string, scripts = true): Promise<Page> {
  const page = await openPage(on, pageOf(name), on.county.lead, scripts);
  await page.getByRole("link", { name: link }).click();
  await checkPage(page);
  return page;
}

async function save(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved.", { exact: true }).waitFor();
  await checkPage(page);
  await page.context().close();
}

const iso = (moment: { readonly seconds: bigint } | undefined) =>
  new Date(Number(moment?.seconds) * 1000).toISOString().slice(0, 16);

test("skills with levels, causes, languages, licences and support", async () => {
  const made = await make("Able", { skills: [{ skill: "skills/first-aid", level: 4 }] } as Partial<Fields>);
  const page = await open(made, "Skills, interests and support");
  assert.equal(await page.getByLabel("First aid: level").inputValue(), "4");
  await page.getByLabel("Add a skill").fill("cook");
  await page.locator("[data-choices=skills] input[type=checkbox]:not(:checked)").first().check();
  await page.waitForFunction(() => document.querySelectorAll("[data-choices=skills] select").length === 2);
  await page.getByLabel("Add a cause").fill("pets");
  await page.getByLabel("Animal Welfare").check();
  await page.getByLabel("Add a language").fill("french");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("alert").getByText("Choose what you mean by “french”").waitFor();
  await page.getByLabel("French", { exact: true }).check();
  await page.getByLabel("Licence 1", { exact: true }).selectOption({ label: "First aid" });
  await page.getByLabel("Licence 1 is valid until").fill("2030-05-01");
  await page.getByLabel("Hearing loop").check();
  await checkPage(page);
  await page.getByRole("button", { name: "Add another licence" }).click();
  await page.getByLabel("Licence 2 is valid until").fill("2031-05-01");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("alert").getByText("Choose which licence").waitFor();
  await checkPage(page);
  await page.getByLabel("Licence 2", { exact: true }).selectOption({ label: "Lifeguard" });
  await save(page);
  const able = await now(made);
  assert.equal(able.skills.length, 2);
  assert.equal(able.skills.find(({ skill }) => skill === "skills/first-aid")?.level, 4);
  assert.deepEqual(
    [able.causes, able.languages, able.accessNeeds],
    [["causes/animal-welfare"], ["fr"], ["hearing-loop"]],
  );
  assert.deepEqual(
    able.licences.map(({ expireDate }) => expireDate?.year),
    [2030, 2031],
  );
});

test("the usual week keeps finer times, and times away or free are dated", async () => {
  const window = (dayOfWeek: number, start: readonly [number, number], end: readonly [number, number]) => ({
    dayOfWeek,
    startTime: { hours: start[0], minutes: start[1] },
    endTime: { hours: end[0], minutes: end[1] },
  });
  const weekly = [window(1, [8, 0], [12, 0]), window(2, [9, 30], [11, 30]), window(6, [22, 0], [2, 0])];
  const made = await make("Free", { availability: { weekly } } as unknown as Partial<Fields>);
  const page = await open(made, "When they are free", false);
  assert.equal(await page.getByLabel("Monday Morning").isChecked(), true);
  await page.getByText("Kept to the half hour").waitFor();
  assert.equal(await page.getByLabel("Tuesday 09:30 to 11:30").isChecked(), true);
  await page.getByLabel("Saturday 22:00 to 02:00").uncheck();
  await page.getByLabel("Wednesday Evening").check();
  await page.getByLabel("Which").selectOption("Away");
  await page.getByLabel("From", { exact: true }).nth(1).fill("2027-07-10");
  await page.getByLabel("To", { exact: true }).nth(1).fill("2027-07-01");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("alert").getByText("The end must be after the start").waitFor();
  await checkPage(page);
  await page.locator("#exception-0-to").fill("2027-07-24");
  await page.getByRole("button", { name: "Add another time away or free" }).click();
  await page.locator("#exception-1-kind").selectOption("Also free");
  await page.locator("#exception-1-from").fill("2027-12-24");
  await page.locator("#exception-1-from_time").fill("09:15");
  await page.locator("#exception-1-to_time").fill("12:00");
  await save(page);
  const free = (await now(made)).availability;
  assert.deepEqual(
    free?.weekly.map(({ dayOfWeek, startTime, endTime }) => [dayOfWeek, startTime?.hours, endTime?.hours]),
    [
      [1, 8, 12],
      [3, 17, 21],
      [2, 9, 11],
    ],
  );
  assert.deepEqual(
    free?.exceptions.map(({ kind, startTime, endTime }) => [kind, iso(startTime), iso(endTime)]),
    [
      [AvailabilityException_Kind.AWAY, "2027-07-09T23:00", "2027-07-24T23:00"],
      [AvailabilityException_Kind.EXTRA, "2027-12-24T09:15", "2027-12-24T12:00"],
    ],
  );
  // Whole days are shown as days again, and saving them changes nothing.
  const again = await open(made, "When they are free");
  assert.equal(await again.locator("#exception-0-to").inputValue(), "2027-07-24");
  assert.equal(await again.locator("#exception-0-to_time").inputValue(), "");
  await save(again);
  assert.deepEqual((await now(made)).availability, free);
});

test("a distance between those offered stays as it was recorded", async () => {
  const made = await make("Traveller", { home: { postcode: "TN23 1PL" }, travelRadiusM: 7777 } as Partial<Fields>);
  const page = await open(made, "Travel, age and limits");
  await page.getByText("5 miles, as recorded").waitFor({ state: "attached" });
  await page.getByLabel("Would do a role from home").check();
  await page.getByLabel("How many roles at once").fill("many");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("alert").getByText("Enter a number from 1 to 20").waitFor();
  await page.getByLabel("How many roles at once").fill("21");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page
    .getByRole("alert")
    .getByText(/^How many roles at once/)
    .waitFor();
  await checkPage(page);
  await page.getByLabel("How many roles at once").fill("2");
  await page.getByLabel("Date of birth").fill("1987-03-27");
  await page.getByLabel("Last contacted on").fill("2026-01-15");
  await save(page);
  const traveller = await now(made);
  assert.deepEqual(
    [traveller.travelRadiusM, traveller.acceptsRemote, traveller.placementLimit, traveller.dateOfBirth?.year],
    [7777, true, 2, 1987],
  );
  assert.equal(iso(traveller.lastContactTime), "2026-01-15T12:00");
});

test("DBS checks are recorded with their dates, and taken away", async () => {
  const made = await make("Checked");
  const page = await open(made, "DBS checks");
  await page.getByLabel("Level").first().selectOption({ label: "Enhanced" });
  await page.getByLabel("Issued on").first().fill("2026-03-01");
  await page.getByLabel("Accepted until").first().fill("2026-01-01");
  await page.getByLabel("Seen by").first().fill("A. Clerk");
  await page.getByRole("checkbox", { name: "children", exact: true }).first().check();
  await page.getByLabel("children’s barred list").first().check();
  await page.getByLabel("Kept current with the Update Service").first().check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page
    .getByRole("alert")
    .getByText(/Barred lists that were consulted/)
    .waitFor();
  await page
    .getByRole("alert")
    .getByText(/Accepted until/)
    .waitFor();
  await checkPage(page);
  await page.getByLabel("Level").first().selectOption({ label: "Enhanced with barred list" });
  await page.getByLabel("Accepted until").first().fill("2029-03-01");
  await save(page);
  const [check] = (await now(made)).checks;
  assert.deepEqual(
    [check?.level, check?.workforces, check?.barredLists, check?.updateService, check?.seenBy],
    [CheckLevel.ENHANCED_BARRED, [Workforce.CHILDREN], [BarredList.CHILDREN], true, "A. Clerk"],
  );
  assert.deepEqual([check?.issueDate?.month, check?.expireDate?.year], [3, 2029]);
  const again = await open(made, "DBS checks", false);
  await again.getByLabel("Level").first().selectOption("Remove this check");
  await save(again);
  assert.equal((await now(made)).checks.length, 0);
});

test("a consent is given and withdrawn, and sharing follows it", async () => {
  const made = await make("Agreeing");
  const page = await open(made, "Consents and sharing");
  await page.getByLabel("Every centre of the county").check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page
    .getByRole("alert")
    .getByText(/^Who sees the record/)
    .waitFor();
  await checkPage(page);
  await page.getByLabel("Sharing with the county").check();
  await page.getByLabel("Photographs").check();
  await page.getByLabel("Given on").fill("2026-02-03");
  await save(page);
  const agreed = await now(made);
  assert.equal(agreed.sharing, Sharing.COUNTY);
  assert.deepEqual(
    agreed.consents.map(({ purpose, givenTime }) => [purpose, iso(givenTime)]),
    [
      [Consent_Purpose.SHARING, "2026-02-03T12:00"],
      [Consent_Purpose.PUBLICITY, "2026-02-03T12:00"],
    ],
  );
  const again = await open(made, "Consents and sharing", false);
  await again.getByLabel("Sharing with the county").check();
  await save(again);
  const withdrawn = await now(made);
  assert.equal(withdrawn.sharing, Sharing.CENTRE);
  assert.deepEqual(
    withdrawn.consents.map(({ withdrawnTime }) => withdrawnTime === undefined),
    [false, true],
  );
});

test("two who change the same part see each other's words, and lose none", async () => {
  const made = await make("Contested", { home: { postcode: "TN23 1PL" }, travelRadiusM: 1609 } as Partial<Fields>);
  const page = await open(made, "Travel, age and limits");
  await page.getByLabel("How far they travel").selectOption("8047");
  await volunteers().updateVolunteer({
    volunteer: { name: made.name, placementLimit: 4, notes: "Meanwhile" },
    updateMask: { paths: ["placement_limit", "notes"] },
  });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Someone else changed this record while you were typing").waitFor();
  await checkPage(page);
  const fields = page.getByRole("table", { name: "Where you differ" }).locator("tbody th");
  assert.deepEqual((await fields.allInnerTexts()).sort(), ["Roles at once", "Travels up to"]);
  await page.getByLabel("How many roles at once").fill("4");
  await page.getByRole("button", { name: "Save mine" }).click();
  await page.getByText("Saved.", { exact: true }).waitFor();
  const contested = await now(made);
  assert.deepEqual([contested.travelRadiusM, contested.placementLimit, contested.notes], [8047, 4, "Meanwhile"]);
  await page.context().close();
});

test("a break has an end, and only who may change a record is offered its forms", async () => {
  const made = await make("Resting", { acceptsRemote: true });
  await volunteers().registerVolunteer({ name: made.name });
  await volunteers().activateVolunteer({ name: made.name });
  const page = await openPage(on, pageOf(made.name));
  await page.getByRole("button", { name: "Put on a break" }).click();
  await page.getByLabel("Until when, if they know").fill("2020-01-01");
  await page.getByRole("button", { name: "Put on a break" }).click();
  await page
    .getByRole("alert")
    .getByText(/^Until when/)
    .waitFor();
  await checkPage(page);
  await page.getByLabel("Until when, if they know").fill("2099-01-01");
  await page.getByRole("button", { name: "Put on a break" }).click();
  await page.getByText("On a break").first().waitFor();
  assert.equal((await now(made)).breakUntilDate?.year, 2099);
  await page.context().close();
  const reader = await openPage(on, pageOf(made.name), await on.county.credential(Role.READER));
  assert.equal(await reader.getByRole("navigation", { name: "Change" }).count(), 0);
  for (const part of ["abilities", "availability", "travel", "checks", "agreements"]) {
    const response = await reader.goto(`${on.county.url}${pageOf(made.name)}/edit/${part}`);
    assert.equal(response?.status(), 403, part);
  }
  await reader.context().close();
});
