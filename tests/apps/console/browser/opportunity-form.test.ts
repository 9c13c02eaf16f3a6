// Writing an opportunity and changing it, with and without scripts, and losing nothing on the way.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";

import { CheckLevel } from "#protos/brokerage/common/v1/check_pb";
import { Sharing } from "#protos/brokerage/common/v1/sharing_pb";
import { Opportunity_State } from "#protos/brokerage/matching/v1/opportunity_pb";
import { Organisation_Kind } from "#protos/brokerage/registry/v1/organisation_pb";

import { pageOf } from "../../../../apps/console/src/services/names.ts";
import { checkPage } from "../support/browser.ts";
import { openPage, suite } from "../support/suite.ts";

const ashford = "centres/ashford";

const on = suite({ volunteers: 60, opportunities: 5 }, async (county) => {
  await county.as(county.lead).organisations.createOrganisation({
    organisation: { displayName: "Zebra Crossing Society", kind: Organisation_Kind.CHARITY },
  });
});

/** The opportunity whose page is open. */
async function stored(page: Page) {
  await page.waitForURL(/\/centres\/ashford\/opportunities\/[^/]+$/);
  return on.county.as(on.county.lead).opportunities.getOpportunity({ name: new URL(page.url()).pathname.slice(1) });
}

test("a role is written, with who would match beside it, and submitted", async () => {
  const page = await openPage(on, "/opportunities");
  await page.getByRole("button", { name: "Write an opportunity" }).click();
  await checkPage(page);
  await page.getByLabel("Title").fill("Crossing patrol");
  await page.getByLabel("Find the organisation that offers it").pressSequentially("zebra");
  await page.getByLabel("Zebra Crossing Society").check();
  await page.getByLabel("At a place").check();
  await page.getByLabel("Postcode of the place").fill("tn23 1pl");
  await page.getByLabel("Postcode of the place").blur();
  await page.getByText("TN23 1PL", { exact: false }).first().waitFor();
  await page.getByLabel("How many people it needs").fill("3");
  await page.getByText(/would match as it stands now/).waitFor();
  await page.getByLabel("Every week, at fixed times").check();
  await page.getByLabel("Tuesday Morning").check();
  await page.getByLabel("Another time: day").selectOption("3");
  await page.getByLabel("From", { exact: true }).fill("19:00");
  await page.getByLabel("To", { exact: true }).fill("21:00");
  await page.getByRole("button", { name: "Add this time" }).click();
  await page.getByLabel("Wednesday 19:00 to 21:00").waitFor();
  assert.equal(await page.getByLabel("Zebra Crossing Society").isChecked(), true);
  await page.getByLabel("Add a skill that it asks for").pressSequentially("frist aid");
  await page.locator("[data-choices=skills]").getByLabel("First aid", { exact: true }).check();
  await page.getByLabel("First aid: level").selectOption("4");
  await page.getByLabel("First aid: importance").selectOption("5");
  await page.getByLabel("First aid is needed").check();
  await page.getByLabel("Add a cause that it serves").fill("pets");
  await page.getByLabel("Animal Welfare").check();
  await page.getByLabel("Add a language that it asks for").fill("sign");
  await page.getByLabel("British Sign Language", { exact: true }).check();
  await page.getByLabel("Youngest age").fill("16");
  await page.getByLabel("Under 18s need a guardian").check();
  await page.getByLabel("Food hygiene, level 2").check();
  await page.getByLabel("Step-free access").check();
  await page.getByLabel("Every centre of the county").check();
  await checkPage(page);
  await page.getByRole("button", { name: "Save and submit" }).click();
  await page.getByText("Saved and submitted for approval.").waitFor();
  await checkPage(page);
  const role = await stored(page);
  assert.equal(role.state, Opportunity_State.SUBMITTED);
  assert.equal(role.place?.postcode, "TN23 1PL");
  assert.deepEqual([role.places, role.minimumAge, role.guardianConsent, role.sharing], [3, 16, true, Sharing.COUNTY]);
  const [skill] = role.skills;
  assert.deepEqual([skill?.skill, skill?.level, skill?.importance, skill?.required], ["skills/first-aid", 4, 5, true]);
  assert.deepEqual([role.causes, role.languages], [["causes/animal-welfare"], ["bfi"]]);
  assert.deepEqual([role.licences.length, role.accessSupport], [1, ["step-free-access"]]);
  assert.equal(role.schedule?.kind.case, "weekly");
  const windows = role.schedule?.kind.case === "weekly" ? role.schedule.kind.value.windows : [];
  assert.deepEqual(
    windows.map((one) => [one.dayOfWeek, one.startTime?.hours, one.endTime?.hours]),
    [
      [2, 8, 12],
      [3, 19, 21],
    ],
  );
  await page.context().close();
});

test("who would match follows what is typed", async () => {
  const page = await openPage(on, "/opportunities/new");
  const result = page.locator("[data-preview-result]");
  await page.getByRole("radio", { name: "From home" }).check();
  await result.getByText(/[1-9]\d* volunteers? would match/).waitFor();
  await checkPage(page);
  // It stays in sight down to the form's end where there is room beside it, and covers nothing where there is none.
  const column = page.locator("[data-preview]");
  const [end, above] = [page.getByRole("button", { name: "Save as a draft" }), page.getByLabel("Title")];
  await page.setViewportSize({ width: 1280, height: 800 });
  for (const place of [end, above]) {
    await place.scrollIntoViewIfNeeded();
    const [box, field] = [await column.boundingBox(), await above.boundingBox()];
    assert.ok(box && field && box.y >= 0 && box.y + box.height <= 800 && box.x >= field.x + field.width);
  }
  await page.setViewportSize({ width: 1000, height: 800 });
  assert.equal(await column.evaluate((one) => getComputedStyle(one).position), "static");
  await page.getByLabel("How many people it needs").fill("many");
  await result.getByText("Enter a whole number").waitFor();
  await page.getByLabel("How many people it needs").fill("0");
  await result.getByText(/^How many people it needs/).waitFor();
  await checkPage(page);
  await page.context().close();
});

test("without scripts the same is done by buttons", async () => {
  const page = await openPage(on, "/opportunities/new", on.county.lead, false);
  await page.getByLabel("Title").fill("Sorter");
  await page.getByLabel("Find the organisation that offers it").fill("zebra");
  await page.getByRole("button", { name: "Save as a draft" }).click();
  await page.getByRole("alert").getByText("Choose what you mean by “zebra”").waitFor();
  await page.getByLabel("Zebra Crossing Society").check();
  await page.getByRole("radio", { name: "From home" }).check();
  await page.getByRole("button", { name: "Who would match as it stands?" }).click();
  await page.getByText(/would match as it stands now/).waitFor();
  await checkPage(page);
  await page.getByLabel("On dates").check();
  await page.getByLabel("Date 1", { exact: true }).fill("2027-07-15");
  await page.getByLabel("Start 1").fill("19:00");
  await page.getByLabel("Length 1").fill("2:30");
  await page.getByRole("button", { name: "Add another date" }).click();
  await page.getByLabel("Date 2", { exact: true }).fill("2027-12-16");
  await page.getByLabel("Start 2").fill("09:00");
  await page.getByLabel("Length 2").fill("soon");
  await page.getByLabel("Repeats", { exact: true }).selectOption("WEEKLY");
  await page.getByLabel("It begins on").fill("2027-09-06");
  await page.getByLabel("Starts at").fill("18:30");
  await page.getByLabel("Length of each").fill("1 hour");
  await page.getByRole("checkbox", { name: "Monday", exact: true }).check();
  await page.getByLabel("Until", { exact: true }).fill("2027-12-20");
  await page.getByLabel("Not on date 1").fill("2027-10-25");
  await page.getByRole("button", { name: "Save as a draft" }).click();
  await page.getByRole("alert").getByText("Enter a length").waitFor();
  await checkPage(page);
  await page.getByLabel("Length 2").fill("90 min");
  await page.getByRole("button", { name: "Save as a draft" }).click();
  await page.getByText("Saved as a draft.").waitFor();
  const role = await stored(page);
  const dated = role.schedule?.kind.case === "dated" ? role.schedule.kind.value : undefined;
  const iso = (seconds: bigint | undefined) => new Date(Number(seconds) * 1000).toISOString().slice(0, 16);
  assert.deepEqual(
    dated?.sessions.map(({ startTime, duration }) => [iso(startTime?.seconds), Number(duration?.seconds) / 60]),
    [
      ["2027-07-15T18:00", 150],
      ["2027-12-16T09:00", 90],
    ],
  );
  assert.equal(dated?.recurrence?.rrule, "FREQ=WEEKLY;BYDAY=MO;UNTIL=20271220");
  assert.equal(iso(dated?.recurrence?.dtstart?.seconds), "2027-09-06T17:30");
  assert.deepEqual(
    dated?.recurrence?.exdates.map(({ seconds }) => iso(seconds)),
    ["2027-10-25T17:30"],
  );
  // What is stored is shown again, and saving it changes nothing.
  await page.getByRole("link", { name: "Change this opportunity" }).click();
  assert.equal(await page.getByLabel("Length 1").inputValue(), "2 hours 30 minutes");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved.", { exact: true }).waitFor();
  assert.deepEqual((await stored(page)).schedule, role.schedule);
  await page.context().close();
});

test("flexible hours are asked for in pieces", async () => {
  const page = await openPage(on, "/opportunities/new");
  await page.getByLabel("Title").fill("Letter writer");
  await page.getByRole("radio", { name: "From home" }).check();
  await page.getByLabel("Some time every week").check();
  await page.getByLabel("Time a week").fill("3 hours");
  await page.getByLabel("Shortest useful piece").fill("30 min");
  await page.getByRole("button", { name: "Save as a draft" }).click();
  await page.getByText("3 hours a week, at least 30 minutes at a time").waitFor();
  await page.context().close();
});

test("asking for more than the role is eligible for is refused at its field", async () => {
  const page = await openPage(on, "/opportunities/new");
  await page.getByLabel("Title").fill("Over-asker");
  await page.getByRole("radio", { name: "From home" }).check();
  await page.getByLabel("DBS check").selectOption(String(CheckLevel.ENHANCED));
  await page.getByLabel("Named in the Exceptions Order").check();
  await page.getByRole("button", { name: "Save as a draft" }).click();
  const fault = page.locator(".govuk-form-group--error", { has: page.getByLabel("DBS check") });
  await fault.getByText(/standard check/).waitFor();
  await checkPage(page);
  assert.equal(await page.getByLabel("Title").inputValue(), "Over-asker");
  await page.getByLabel("Work with adults").check();
  await page.getByRole("button", { name: "Save as a draft" }).click();
  await page.getByText("Saved as a draft.").waitFor();
  const role = await stored(page);
  assert.equal(role.requiredCheck?.level, CheckLevel.ENHANCED);
  assert.equal(role.requiredCheck?.eligibilityBasis.length, 2);
  await page.context().close();
});

test("two who change the same role see each other's words, and lose none", async () => {
  const { opportunities } = on.county.as(on.county.lead);
  const made = await opportunities.createOpportunity({
    parent: ashford,
    opportunity: { title: "Contested", place: { postcode: "TN23 1PL" }, places: 2 },
  });
  const page = await openPage(on, `${pageOf(made.name)}/edit`);
  await page.getByLabel("Description").fill("Mine");
  await page.getByLabel("Postcode of the place").fill("tn231pl");
  await opportunities.updateOpportunity({
    opportunity: { name: made.name, description: "Theirs", places: 5 },
    updateMask: { paths: ["description", "places"] },
  });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Someone else changed this record while you were typing").waitFor();
  await checkPage(page);
  const rows = page.getByRole("table", { name: "Where you differ" }).locator("tbody tr");
  assert.deepEqual((await rows.locator("th").allInnerTexts()).sort(), ["Description", "Places filled"]);
  await rows.getByText("Theirs", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Save mine" }).click();
  await page.getByText("Saved.", { exact: true }).waitFor();
  const now = await stored(page);
  assert.deepEqual([now.description, now.places, now.place?.postcode], ["Mine", 2, "TN23 1PL"]);
  await page.context().close();
});

test("a place that is known by its coordinates stays", async () => {
  const { opportunities } = on.county.as(on.county.lead);
  const made = await opportunities.createOpportunity({
    parent: ashford,
    opportunity: { title: "In a wood", place: { latitude: 51.15, longitude: 0.87 } },
  });
  const page = await openPage(on, `${pageOf(made.name)}/edit`);
  await page.getByText("known by its coordinates").waitFor();
  await page.getByLabel("Title").fill("In the wood");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved.", { exact: true }).waitFor();
  const now = await stored(page);
  assert.deepEqual([now.title, now.place?.latitude, now.place?.longitude], ["In the wood", 51.15, 0.87]);
  await page.context().close();
});
