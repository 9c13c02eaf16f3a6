// A referral's own page, and where referrals are found: the board, the list, and beside whom they are about.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Role } from "#protos/brokerage/common/v1/access_pb";

import { pageOf } from "../../../../apps/console/src/services/names.ts";
import { checkPage, press } from "../support/browser.ts";
import { addPerson, makeMatchScene, personName } from "../support/match-scene.ts";
import type { MatchScene } from "../support/match-scene.ts";
import { inHand, introduced, matchesOf, shortlisted, take } from "../support/referral-scene.ts";
import { openPage, suite } from "../support/suite.ts";

let scene: MatchScene;
let desk: string;
const on = suite({ volunteers: 5, opportunities: 5 }, async (county) => {
  scene = await makeMatchScene(county);
  desk = await county.credential(Role.CASEWORKER);
});

/** A referral that has come to the introduction, of the person of that number, and where its page is. */
async function atIntroduction(index: number) {
  const { name } = await introduced(on.county, scene.guide, scene.people[index] ?? "");
  return { name, path: pageOf(name) };
}

/** How far the store has come: who is shown contact details is written down there. */
async function sequence(): Promise<string> {
  const role = { case: "opportunity", value: scene.guide } as const;
  const { matching } = on.county.as(on.county.lead);
  return (await matching.matchVolunteers({ parent: "centres/ashford", role })).indexRevision;
}

test("how to reach someone is shown to those who ask, and only then written down", async () => {
  const { path } = await atIntroduction(7);
  const page = await openPage(on, path, desk);
  const before = await sequence();
  await page.reload();
  await page.getByText("caseworkers may see it").waitFor();
  assert.equal(await page.getByText("01233 000000").count(), 0);
  assert.equal(await sequence(), before, "looking at the page writes nothing down");
  await press(page, "Show contact details");
  await page.getByText("01233 000000").waitFor();
  assert.notEqual(await sequence(), before);
  await checkPage(page);
  await page.context().close();
  const reader = await openPage(on, path, await on.county.credential(Role.READER));
  await reader.getByText("caseworkers alone").waitFor();
  for (const button of ["Show contact details", "Acknowledge", "Add the note alone"]) {
    assert.equal(await reader.getByRole("button", { name: button }).count(), 0, button);
  }
  await checkPage(reader);
  await reader.goto(`${on.county.url}${path}/steps/decline`);
  assert.equal(new URL(reader.url()).pathname, path, "nobody is asked about a step that they may not take");
  await reader.context().close();
});

test("of two who act at once, one is told what the other did, and keeps the note", async () => {
  const { path, name } = await atIntroduction(8);
  const [quick, slow, slower] = [await openPage(on, path, desk), await openPage(on, path), await openPage(on, path)];
  const asked = await openPage(on, `${path}/steps/decline`, desk, false);
  await press(quick, "Acknowledge");
  await quick.getByText("The organisation has heard.").waitFor();
  await slow.getByLabel("Note").fill("Rang them at noon");
  await press(slow, "Acknowledge");
  await slow
    .getByText("Someone else was quicker, and nothing was changed by you. Acknowledged by a colleague")
    .waitFor();
  assert.equal(await slow.getByLabel("Note").inputValue(), "Rang them at noon");
  await slow.getByRole("button", { name: "Place", exact: true }).waitFor();
  await checkPage(slow);
  await press(slow, "Add the note alone");
  await slow.getByText("The note is added.").waitFor();
  await slow.getByText("Rang them at noon").waitFor();
  await press(slower, "Acknowledge");
  await slower.getByText("A note was added by you").waitFor();
  await checkPage(slower);
  await asked.getByLabel("The volunteer").check();
  await asked.getByLabel("Why").selectOption({ label: "Too far to travel" });
  await asked.getByLabel("Note").fill("Moved to Margate");
  await press(asked, "Decline");
  await asked.getByText("Someone else was quicker").waitFor();
  assert.equal(await asked.getByLabel("Note").inputValue(), "Moved to Margate");
  const onList = await openPage(on, matchesOf(scene.guide), desk);
  const { referrals } = on.county.as(on.county.lead);
  await referrals.addNote({ name, note: "Another one" });
  await press(onList, `Place – ${personName(8)}`);
  await onList.getByText("Someone else was quicker").waitFor();
  await inHand(onList, personName(8)).waitFor();
  await shortlisted(on.county, scene.guide, scene.people[19] ?? "");
  await press(onList, `Shortlist – ${personName(19)}`);
  await onList.getByText("They are no match any more: Referred already, or declined.").waitFor();
  await inHand(onList, personName(19)).getByText("Shortlisted").waitFor();
  for (const page of [quick, slow, slower, asked, onList]) await page.context().close();
});

test("what a step lacks is said, and notes are held to their length", async () => {
  const { path } = await atIntroduction(9);
  const { opportunities } = on.county.as(on.county.lead);
  const page = await openPage(on, path, desk, false);
  await press(page, "Add the note alone");
  await page.getByRole("alert").getByRole("link", { name: "Write a note" }).waitFor();
  await page.getByLabel("Note").fill("x".repeat(2001));
  await press(page, "Acknowledge");
  await page
    .getByRole("alert")
    .getByRole("link", { name: /^Note / })
    .waitFor();
  assert.equal((await page.getByLabel("Note").inputValue()).length, 2001);
  await checkPage(page);
  await page.getByLabel("Note").fill("");
  await press(page, "Acknowledge");
  await page.getByText("The organisation has heard.").waitFor();
  await opportunities.pauseOpportunity({ name: scene.guide });
  await page.getByLabel("Note").fill("They want her");
  await press(page, "Place");
  await page.getByText("Not possible now. The role is paused, or over").waitFor();
  assert.equal(await page.getByLabel("Note").inputValue(), "They want her");
  await checkPage(page);
  await opportunities.resumeOpportunity({ name: scene.guide });
  await page.context().close();
});

test("the board has every stage, and the list finds by stage, whose, and on whom it waits", async () => {
  const empty = await openPage(on, "/referrals", await on.county.credential(Role.READER, "centres/swale"));
  await empty.getByText("No referral is in hand.").waitFor();
  await checkPage(empty);
  await empty.context().close();
  const theirs = await addPerson(on.county, "Douglas Ringer", 3, "centres/dover");
  await shortlisted(on.county, scene.guide, theirs);
  await shortlisted(on.county, scene.guide, scene.people[10] ?? "");
  const { opportunities, organisations } = on.county.as(on.county.lead);
  const guide = await opportunities.getOpportunity({ name: scene.guide });
  const organisation = await organisations.getOrganisation({ name: guide.organisation });
  for (const scripts of [true, false]) {
    const page = await openPage(on, "/referrals", desk, scripts);
    await page.getByRole("link", { name: "As a list" }).click();
    await page.getByLabel("Stage").selectOption({ label: "Shortlisted" });
    if (!scripts) await press(page, "Search");
    await page.getByRole("cell", { name: "Waits for Dover Volunteer Centre to ask them." }).waitFor();
    await page.getByLabel("Whose").selectOption({ label: "Our volunteers, for others’ roles" });
    if (!scripts) await press(page, "Search");
    await page.getByText("No referral was found.").waitFor();
    await checkPage(page);
    await page.getByRole("link", { name: "As a board" }).click();
    const columns = page.locator(".console-board__column");
    assert.deepEqual(
      (await columns.locator("h2").allInnerTexts()).map((text) => text.replace(/[^A-Za-z]/g, "")),
      ["Shortlisted", "Asked", "Agreed", "Introduced", "Acknowledged", "Placed"],
    );
    const first = columns.first();
    await first.getByText(personName(10)).waitFor();
    await first.locator("strong", { hasText: "Waits for us to ask them." }).first().waitFor();
    assert.equal(await first.locator("li").count(), Number(/\d+/.exec(await first.locator("h2").innerText())?.[0]));
    await checkPage(page);
    // Six columns take the room that a wide screen has, and on paper one stage follows the other.
    await page.setViewportSize({ width: 1280, height: 800 });
    const widths = await columns.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().width));
    assert.ok(Math.min(...widths) > 180, widths.join());
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 1280);
    await page.emulateMedia({ media: "print" });
    const places = await columns.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().left));
    assert.equal(new Set(places).size, 1, places.join());
    await page.emulateMedia({ media: null });
    await first.getByRole("link", { name: personName(10) }).click();
    await page.getByRole("heading", { level: 1, name: `${personName(10)} and Tower guide` }).waitFor();
    await page.getByText("Until the introduction it stands on the volunteer’s page alone").waitFor();
    // Whom to introduce them to: its page has how to reach it.
    await page.getByRole("link", { name: organisation.displayName }).click();
    await page.getByRole("heading", { level: 1, name: organisation.displayName }).waitFor();
    await page.context().close();
  }
});

test("what waits for a centre is counted on its page of today, and listed", async () => {
  const canterbury = "centres/canterbury";
  for (const [index, name] of ["Cathy Ringer", "Colin Ringer"].entries()) {
    const referral = await shortlisted(on.county, scene.guide, await addPerson(on.county, name, 2 + index, canterbury));
    if (index === 1) await on.county.as(on.county.lead).referrals.offerReferral({ name: referral });
  }
  const token = await on.county.credential(Role.CASEWORKER, canterbury);
  for (const scripts of [true, false]) {
    const page = await openPage(on, "/", token, scripts);
    const row = page.locator(".govuk-summary-list__row", { hasText: "Referrals that wait for us" });
    assert.equal(await row.locator("dd").innerText(), "1");
    await row.getByRole("link").click();
    assert.deepEqual(await page.locator("[data-results] tbody th").allInnerTexts(), ["Cathy Ringer"]);
    await page.getByRole("cell", { name: "Waits for us to ask them." }).waitFor();
    await checkPage(page);
    await page.getByLabel("Waits for").selectOption({ label: "Anyone" });
    if (!scripts) await press(page, "Search");
    await page.getByRole("cell", { name: "Waits for the volunteer to answer us." }).waitFor();
    await page.context().close();
  }
});

test("someone's page and a role's have their referrals, and lead to all of them", async () => {
  const volunteer = scene.people[11] ?? "";
  await shortlisted(on.county, scene.guide, volunteer);
  const page = await openPage(on, pageOf(volunteer), desk);
  await take(page, "Offer", personName(11), /was asked/);
  assert.equal(new URL(page.url()).pathname, pageOf(volunteer));
  await page.goto(on.county.url + pageOf(scene.guide));
  await inHand(page, personName(11)).getByText("Asked").waitFor();
  for (let index = 12; index < 18; index += 1) {
    await shortlisted(on.county, scene.guide, scene.people[index] ?? "");
  }
  await page.reload();
  await page.getByText(/^\d+ more in hand$/).click();
  await inHand(page, personName(11)).getByText("Asked").waitFor();
  await checkPage(page);
  await page.getByRole("link", { name: "All referrals, those that are over too" }).click();
  await page.getByText("Only those of Tower guide.").waitFor();
  assert.ok(!page.url().includes("opportunities"), "the address says nothing of whom it is about");
  await page.getByLabel("Stage").selectOption({ label: "Asked" });
  await page.getByRole("cell", { name: "Waits for the volunteer to answer us." }).first().waitFor();
  await page.locator("tbody td", { hasText: "Shortlisted" }).first().waitFor({ state: "detached" });
  await checkPage(page);
  await page.getByRole("link", { name: "Look at all of ours" }).click();
  assert.equal(await page.getByText("Only those of Tower guide.").count(), 0);
  await page.context().close();
});
