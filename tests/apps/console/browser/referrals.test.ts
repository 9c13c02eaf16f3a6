// From a list of matches to a placement and its end, by one centre and by two.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";

import { Role } from "#protos/brokerage/common/v1/access_pb";
import { IntroductionConsent_Means, Referral_Stage } from "#protos/brokerage/matching/v1/referral_pb";

import { pairPath } from "../../../../apps/console/src/pages/matches/pair-address.ts";
import { checkPage, press } from "../support/browser.ts";
import { addPerson, makeMatchScene, personName } from "../support/match-scene.ts";
import type { MatchScene } from "../support/match-scene.ts";
import { inHand, matchesOf, take } from "../support/referral-scene.ts";
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

const listed = (page: Page) => page.locator(".console-match h2 a").allInnerTexts();
const pairOf = (volunteer: string) => on.county.url + pairPath(scene.guide, volunteer);

/** The first referral of a volunteer. */
async function referralOf(volunteer: string) {
  const { referrals } = on.county.as(on.county.lead);
  const answer = await referrals.listReferrals({ parent: "centres/-", filter: `volunteer="${volunteer}"` });
  const [found] = answer.referrals;
  assert.ok(found !== undefined);
  return found;
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
    await page.getByText("Recording a step sends nothing").waitFor();
    // Nothing is chosen for whoever does not look: it is asked for on the referral's page, and leads back to the list.
    await press(page, `Record consent – ${name}`);
    await page.getByRole("alert").getByRole("link", { name: "Choose how they gave their consent" }).click();
    assert.equal(await page.getByLabel("Consent given by").inputValue(), "");
    await page.getByText("Recording a step sends nothing").waitFor();
    await checkPage(page);
    await page.getByLabel("Note").fill("x".repeat(2001));
    await page.getByLabel("Consent given by").selectOption("in person");
    await press(page, "Record consent");
    await page
      .getByRole("alert")
      .getByRole("link", { name: /^Note / })
      .waitFor();
    await page.getByLabel("Note").fill("");
    await press(page, "Record consent");
    await page.getByText(/agreed to be introduced. Waits for us to introduce them/).waitFor();
    assert.equal(page.url(), address);
    assert.equal(
      (await referralOf(scene.people[scripts ? 1 : 2] ?? "")).consent?.means,
      IntroductionConsent_Means.IN_PERSON,
    );
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
  await inHand(ours, unseen).getByText("Waits for Dover Volunteer Centre to ask them.").waitFor();
  assert.equal(await ours.getByRole("button", { name: `Offer – ${unseen}` }).count(), 0);
  assert.equal(await ours.getByRole("link", { name: `Decline – ${unseen}` }).count(), 1);
  await checkPage(ours);
  await take(theirs, "Offer", "Dorothy Ringer", /was asked/);
  await inHand(theirs, "Tower guide").getByLabel("Consent given by").selectOption("telephone");
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
