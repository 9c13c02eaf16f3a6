// From a list of matches to a placement and its end, by one centre and by two.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";

import { Role } from "#protos/brokerage/common/v1/access_pb";
import { IntroductionConsent_Means, Referral_Stage } from "#protos/brokerage/matching/v1/referral_pb";

import { pairPath } from "../../../../apps/console/src/pages/matches/pair-address.ts";
import { referralPath } from "../../../../apps/console/src/pages/shared/referrals/address.ts";
import { pageOf } from "../../../../apps/console/src/services/names.ts";
import { checkPage, press } from "../support/browser.ts";
import { addPerson, makeMatchScene, personName } from "../support/match-scene.ts";
import type { MatchScene } from "../support/match-scene.ts";
import { openPage, suite } from "../support/suite.ts";

const dover = "centres/dover";

let scene: MatchScene;
let desk: string;
let doverDesk: string;
const on = suite({ volunteers: 5, opportunities: 5 }, async (county) => {
  scene = await makeMatchScene(county);
  desk = await county.credential(Role.CASEWORKER);
  doverDesk = await county.credential(Role.CASEWORKER, dover);
});

const matchesOf = (name: string) => `${pageOf(name)}/matches`;
const listed = (page: Page) => page.locator(".console-match h2 a").allInnerTexts();
const pairOf = (volunteer: string) => on.county.url + pairPath(scene.guide, volunteer);
const inHand = (page: Page, name: string) => page.locator(".console-in-hand li", { hasText: name });

/** Looks at the page, then presses a step's button of one referral that is in hand. */
async function take(page: Page, step: string, name: string, said: RegExp): Promise<void> {
  await checkPage(page);
  await press(page, `${step} – ${name}`);
  await page.getByText(said).waitFor();
}

/** The first referral of a volunteer. */
async function referralOf(volunteer: string) {
  const { referrals } = on.county.as(on.county.lead);
  const answer = await referrals.listReferrals({ parent: "centres/-", filter: `volunteer="${volunteer}"` });
  const [found] = answer.referrals;
  assert.ok(found !== undefined);
  return found;
}

/** How far the store has come: who is shown contact details is written down there. */
async function sequence(): Promise<string> {
  const role = { case: "opportunity", value: scene.guide } as const;
  const { matching } = on.county.as(on.county.lead);
  return (await matching.matchVolunteers({ parent: "centres/ashford", role })).indexRevision;
}

test("from the list to a placement and its end, all on the list's own page", async () => {
  for (const scripts of [true, false]) {
    const name = personName(scripts ? 1 : 2);
    const page = await openPage(on, matchesOf(scene.guide), desk, scripts);
    await page.getByLabel("Weights").selectOption(scene.nearest);
    if (!scripts) await press(page, "Show");
    await page.getByText("Weights: Nearest").waitFor();
    const address = page.url();
    assert.ok((await listed(page)).includes(name));
    await take(
      page,
      "Shortlist",
      name,
      new RegExp(`${name} is shortlisted for Tower guide. Waits for us to ask them.`),
    );
    assert.equal(page.url(), address, "one comes back to the list as it was");
    assert.ok(!(await listed(page)).includes(name), "nobody who is in hand is listed");
    await inHand(page, name).getByText("Shortlisted").waitFor();
    await take(page, "Offer", name, /was asked. Waits for the volunteer to answer us/);
    await inHand(page, name).getByLabel("Consent given by").waitFor();
    await take(page, "Record consent", name, /agreed to be introduced. Waits for us to introduce them/);
    await take(page, "Introduce", name, /is introduced. Waits for the organisation to tell us that it has heard/);
    await page.getByText("01233 000000").waitFor();
    await page.getByText("That you were shown it is kept").waitFor();
    await checkPage(page);
    await page.getByRole("link", { name: "Go back to where you were" }).click();
    assert.equal(page.url(), address);
    assert.equal(await page.getByText("01233 000000").count(), 0);
    await take(page, "Acknowledge", name, /has heard. Waits for the organisation to tell us whether/);
    await take(page, "Place", name, /is placed\./);
    await checkPage(page);
    await page.getByRole("link", { name: `End – ${name}` }).click();
    await checkPage(page);
    await press(page, "End");
    await page.getByRole("alert").getByRole("link", { name: "Choose why" }).waitFor();
    await checkPage(page);
    await page.getByLabel("Why").selectOption({ label: "What there was to do is done" });
    await press(page, "End");
    await page.getByText("The placement of").waitFor();
    assert.equal(page.url(), address);
    assert.equal(await inHand(page, name).count(), 0);
    await page.context().close();
  }
});

test("from a volunteer's list, and from the page of a pair", async () => {
  const [, , , person = "", another = ""] = scene.people;
  const page = await openPage(on, matchesOf(person), desk);
  await take(page, "Shortlist", "Tower guide", /is shortlisted for Tower guide/);
  await page.getByRole("heading", { name: "In hand for this volunteer" }).waitFor();
  await take(page, "Offer", personName(3), /was asked/);
  await page.goto(pairOf(another));
  await page.getByText("A match:").waitFor();
  await take(page, "Shortlist", personName(4), /is shortlisted/);
  await page.getByText("Not a match: 1 of 14 conditions does not hold").waitFor();
  await take(page, "Offer", personName(4), /was asked/);
  await checkPage(page);
  assert.equal((await referralOf(another)).stage, Referral_Stage.OFFERED);
  await page.context().close();
});

test("either of the two may say no, and the reason is kept", async () => {
  for (const [index, side] of [
    [5, "The volunteer"],
    [6, "The organisation"],
  ] as const) {
    const name = personName(index);
    const page = await openPage(on, matchesOf(scene.guide), desk, index === 5);
    await take(page, "Shortlist", name, /is shortlisted/);
    await page.getByRole("link", { name: `Decline – ${name}` }).click();
    await page.getByLabel("Note").fill("Said so by telephone");
    await press(page, "Decline");
    await page.getByRole("alert").getByRole("link", { name: "Choose who said no" }).waitFor();
    await checkPage(page);
    assert.equal(await page.getByLabel("Note").inputValue(), "Said so by telephone");
    await page.getByLabel(side).check();
    await page.getByLabel("Why").selectOption({ label: "Another reason, which the note says" });
    await press(page, "Decline");
    await page.getByText(`The referral of ${name} has ended.`).waitFor();
    assert.equal(await inHand(page, name).count(), 0);
    assert.ok(!(await listed(page)).includes(name), "after a no the pair is quiet");
    const referral = await referralOf(scene.people[index] ?? "");
    assert.equal(referral.stage, Referral_Stage.DECLINED);
    await page.goto(pairOf(scene.people[index] ?? ""));
    await page.locator(".console-in-hand a").first().click();
    await page.getByText(`${side}: Another reason, which the note says`).waitFor();
    await page.getByText("Said so by telephone").waitFor();
    await page.getByText("This referral is over").waitFor();
    await checkPage(page);
    await page.context().close();
  }
});

test("of two centres each does its own steps, and is told what waits for the other", async () => {
  const person = await addPerson(on.county, "Dorothy Ringer", 3, dover);
  const theirs = await openPage(on, matchesOf(person), doverDesk);
  const ours = await openPage(on, matchesOf(scene.guide), desk, false);
  const unseen = "A volunteer of Dover Volunteer Centre";
  await take(theirs, "Shortlist", "Tower guide", /is shortlisted for Tower guide. Waits for us to ask them/);
  await ours.reload();
  await inHand(ours, unseen).getByText("Waiting for Dover Volunteer Centre to ask them.").waitFor();
  assert.equal(await ours.getByRole("button", { name: `Offer – ${unseen}` }).count(), 0);
  assert.equal(await ours.getByRole("link", { name: `Decline – ${unseen}` }).count(), 1);
  await checkPage(ours);
  await take(theirs, "Offer", "Dorothy Ringer", /was asked/);
  await take(theirs, "Record consent", "Dorothy Ringer", /agreed to be introduced. Waits for us, or Ashford/);
  await ours.reload();
  await take(ours, "Introduce", unseen, /Dorothy Ringer is introduced/);
  await ours.getByText("01233 000000").waitFor();
  await theirs.reload();
  await inHand(theirs, "Tower guide").getByText("Waits for the organisation to tell Ashford").waitFor();
  assert.equal(await theirs.getByRole("button", { name: "Acknowledge – Dorothy Ringer" }).count(), 0);
  await checkPage(theirs);
  await theirs.locator(".console-in-hand a").first().click();
  await theirs.getByText("caseworkers alone").waitFor();
  assert.equal(await theirs.getByRole("button", { name: "Show contact details" }).count(), 0);
  await checkPage(theirs);
  const other = await openPage(
    on,
    new URL(theirs.url()).pathname,
    await on.county.credential(Role.MANAGER, "centres/thanet"),
  );
  await other.getByRole("heading", { name: "Page not found" }).waitFor();
  for (const page of [theirs, ours, other]) await page.context().close();
});

test("how to reach someone is shown to those who ask, and only then written down", async () => {
  const { path } = await introduced(7);
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
  await reader.context().close();
});

test("of two who act at once, one is told what the other did, and keeps the note", async () => {
  const { path, name } = await introduced(8);
  const [quick, slow, slower] = [await openPage(on, path, desk), await openPage(on, path), await openPage(on, path)];
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
  const onList = await openPage(on, matchesOf(scene.guide), desk);
  const { referrals } = on.county.as(on.county.lead);
  await referrals.addNote({ name, note: "Another one" });
  await press(onList, `Place – ${personName(8)}`);
  await onList.getByText("Someone else was quicker").waitFor();
  await inHand(onList, personName(8)).waitFor();
  for (const page of [quick, slow, slower, onList]) await page.context().close();
});

test("what a step lacks is said, and notes are held to their length", async () => {
  const { path } = await introduced(9);
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

/** A referral of the role that has come to the introduction, and where its page is. */
async function introduced(index: number) {
  const { referrals } = on.county.as(on.county.lead);
  const volunteer = scene.people[index] ?? "";
  const parent = "centres/ashford";
  const { name } = await referrals.shortlistVolunteer({ parent, opportunity: scene.guide, volunteer });
  await referrals.offerReferral({ name });
  await referrals.recordConsent({ name, means: IntroductionConsent_Means.TELEPHONE });
  const referral = await referrals.introduceVolunteer({ name });
  return { name, path: referralPath(referral) };
}
