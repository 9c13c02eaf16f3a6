// Who fits a role and what fits a volunteer, why not, what would bring more, and other weights.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Locator, Page } from "playwright-core";

import { Role } from "#protos/brokerage/common/v1/access_pb";

import { pageOf } from "../../../../apps/console/src/services/names.ts";
import { checkPage, narrow, newPage, signIn } from "../support/browser.ts";
import { addPerson, makeMatchScene, personName } from "../support/match-scene.ts";
import type { MatchScene } from "../support/match-scene.ts";
import { suite } from "../support/suite.ts";

let scene: MatchScene;
const on = suite({ volunteers: 20, opportunities: 10 }, async (county) => {
  scene = await makeMatchScene(county);
});

const listed = (page: Page) => page.locator(".console-match h2 a").allInnerTexts();
const matchesOf = (name: string) => `${on.county.url}${pageOf(name)}/matches`;

async function open(address: string, options: { scripts?: boolean; token?: string } = {}): Promise<Page> {
  const page = await newPage(on.browser, { javaScriptEnabled: options.scripts ?? true });
  await signIn(page, on.county.url, options.token ?? on.county.lead);
  await page.goto(address);
  return page;
}

/** The names that the service lists, best first. */
async function answered(weightSet: string): Promise<string[]> {
  const { matching } = on.county.as(on.county.lead);
  const { matches } = await matching.matchVolunteers({
    parent: "centres/ashford",
    role: { case: "opportunity", value: scene.guide },
    weightSet,
  });
  return matches.map(({ displayName }) => displayName);
}

/** The counted parts whose number does not stand in the line of their name. */
const wrapped = (match: Locator): Promise<string[]> =>
  match.locator(".console-parts__part").evaluateAll((parts) =>
    parts.flatMap((part) => {
      const [name, text] = [part.querySelector("dt"), part.querySelector("dd")?.firstChild];
      if (!name || !text || part.querySelector("svg") === null) return [];
      const range = document.createRange();
      range.selectNodeContents(text);
      const below = range.getBoundingClientRect().top >= name.getBoundingClientRect().bottom;
      return below ? [part.textContent ?? ""] : [];
    }),
  );

/** Whether there is room for what is chosen in a list. */
const isWhole = (list: Locator): Promise<boolean> =>
  list.evaluate((select: HTMLSelectElement) => {
    const alone = select.cloneNode() as HTMLSelectElement;
    alone.append(select.selectedOptions[0]?.cloneNode(true) ?? "");
    Object.assign(alone.style, { width: "auto", minWidth: "0", maxWidth: "none", position: "absolute" });
    document.body.append(alone);
    const needed = alone.offsetWidth;
    alone.remove();
    return needed <= select.offsetWidth;
  });

test("a role's page has the service's list, with how each score is made", async () => {
  const page = await open(on.county.url + pageOf(scene.guide));
  await page.getByRole("link", { name: "Find volunteers for this role" }).click();
  await page.getByRole("heading", { level: 1, name: "Volunteers for Tower guide" }).waitFor();
  assert.deepEqual(await listed(page), (await answered("")).slice(0, 20));
  const first = page.locator(".console-match").first();
  await first.getByText("3 hours of 3 hours covered").waitFor();
  assert.deepEqual(await first.locator("dt").allInnerTexts(), ["Skills", "Location", "Availability", "Causes"]);
  assert.equal(
    await first.locator("dd", { hasText: "not counted: not stated by both" }).count(),
    1,
    "the causes are not stated",
  );
  await page.setViewportSize(narrow);
  assert.deepEqual(await wrapped(first), [], "on a small screen");
  assert.ok(await isWhole(page.getByLabel("Weights")), "the weights are not cut by their arrow");
  // A sheet of A4 without its margins.
  await page.setViewportSize({ width: 718, height: 1000 });
  await page.emulateMedia({ media: "print" });
  assert.deepEqual(await wrapped(first), [], "on paper");
  await page.emulateMedia({ media: null });
  await page.setViewportSize({ width: 1280, height: 720 });
  await first.locator("summary").click();
  await first.getByText("Availability, weight 25, 100%: 180 of 180 minutes").waitFor();
  await first.getByText("Languages: Speaks Cornish").waitFor();
  await checkPage(page);
  await page.context().close();
});

test("without scripts the list is paged, and other weights move it", async () => {
  const page = await open(matchesOf(scene.guide), { scripts: false });
  await page.getByRole("link", { name: "Next page" }).click();
  assert.deepEqual(await listed(page), (await answered("")).slice(20));
  await page.locator(".console-match h2", { hasText: "21." }).waitFor();
  assert.equal(await page.locator(".console-move").count(), 0);
  await page.getByLabel("Weights").selectOption({ label: "Nearest (0:100:0:0)" });
  await page.getByRole("button", { name: "Show" }).click();
  assert.deepEqual(await listed(page), (await answered(scene.nearest)).slice(0, 20));
  const up = (await answered("")).indexOf(personName(0));
  assert.ok(up > 0);
  await page.locator(".console-match").first().getByText(`up ${up}`, { exact: true }).waitFor();
  await page.getByText("Moves are against the list by Standard").waitFor();
  await checkPage(page);
  await page.context().close();
});

test("the list moves as weights are chosen, and a pair is explained by them", async () => {
  const page = await open(matchesOf(scene.guide));
  await page.getByLabel("Weights").selectOption(scene.nearest);
  await page.getByText("Moves are against the list by Standard").waitFor();
  assert.deepEqual(await listed(page), (await answered(scene.nearest)).slice(0, 20));
  await checkPage(page);
  const score = await page.locator(".console-match__score strong").nth(1).innerText();
  await page.locator(".console-match h2 a").nth(1).click();
  await page.getByText(`A match: ${score}`).waitFor();
  await page.getByText("Weights: Nearest").waitFor();
  await checkPage(page);
  await page.goBack();
  await page.getByText("Moves are against the list by Standard").waitFor();
  await page.getByLabel("Weights").selectOption({ index: 0 });
  await page.getByText("Moves are against the list by Nearest").waitFor();
  await page.context().close();
});

test("a volunteer's page lists roles with their organisations, and leads back", async () => {
  const [person = ""] = scene.people;
  const page = await open(on.county.url + pageOf(person));
  await page.getByRole("link", { name: "Find roles for this volunteer" }).click();
  await page.getByRole("heading", { level: 1, name: `Roles for ${personName(0)}` }).waitFor();
  const guide = page.locator(".console-match", { hasText: "Tower guide" });
  const clients = on.county.as(on.county.lead);
  const { organisation } = await clients.opportunities.getOpportunity({ name: scene.guide });
  const { displayName } = await clients.organisations.getOrganisation({ name: organisation });
  await guide.getByText(displayName).waitFor();
  await guide.getByText("less than half a mile away").waitFor();
  await checkPage(page);
  await guide.getByRole("link", { name: "Volunteers for it" }).click();
  await page.getByRole("heading", { level: 1, name: "Volunteers for Tower guide" }).waitFor();
  await page.context().close();
});

test("anyone is looked up by name, and told what stands between", async () => {
  for (const scripts of [true, false]) {
    const page = await open(matchesOf(scene.treasurer), { scripts });
    await page.getByRole("heading", { name: "Why is someone not listed?" }).waitFor();
    await page.getByLabel("Name", { exact: true }).fill(personName(3));
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByRole("cell", { name: "A needed skill is missing" }).waitFor();
    await checkPage(page);
    assert.ok(!page.url().includes("Ringer"), "a name is in the address");
    await page.getByRole("link", { name: personName(3) }).click();
    await page.getByText("Not a match: 1 of 14 conditions does not hold").waitFor();
    await page.getByText("Nearest fix: Needs Bookkeeping at level 5").waitFor();
    await page.getByText("Speaks Cornish").waitFor();
    await checkPage(page);
    await page.context().close();
  }
});

test("a name is looked up while it is typed", async () => {
  const [person = ""] = scene.people;
  const page = await open(`${matchesOf(person)}/why-not`);
  await page.getByText("Type a name.").waitFor();
  await page.getByLabel("Words of the title").pressSequentially("treas");
  await page.getByRole("link", { name: "Bell treasurer" }).waitFor();
  await page.getByLabel("Words of the title").fill("no role is called this");
  await page.getByText("No role of that title was found").waitFor();
  await checkPage(page);
  await page.context().close();
});

test("a thin list says what would bring more, and the change is seen before it is made", async () => {
  const page = await open(matchesOf(scene.treasurer), { scripts: false });
  await page.getByText("Nobody fits at the moment.").waitFor();
  await page.getByText("If Bookkeeping were welcome, not needed: 24 more people").waitFor();
  await checkPage(page);
  await page.getByRole("link", { name: "See the change – If Bookkeeping" }).click();
  await page.getByRole("heading", { level: 1, name: "If Bookkeeping were welcome, not needed" }).waitFor();
  assert.equal(await page.getByRole("cell", { name: "new", exact: true }).count(), 20);
  await checkPage(page);
  await page.getByRole("button", { name: "Change the role" }).click();
  await page.getByText("Changed. This is the list as it is now.").waitFor();
  assert.equal((await listed(page)).length, 20);
  const { opportunities } = on.county.as(on.county.lead);
  const { skills } = await opportunities.getOpportunity({ name: scene.treasurer });
  assert.deepEqual(
    skills.map(({ skill, required, level }) => ({ skill, required, level })),
    [{ skill: "skills/bookkeeping", required: false, level: 5 }],
  );
  await page.context().close();
});

test("a volunteer's profile is changed as advice says", async () => {
  const { volunteers } = on.county.as(on.county.lead);
  const name = scene.people[1] ?? "";
  await volunteers.updateVolunteer({
    volunteer: { name, travelRadiusM: 0 },
    updateMask: { paths: ["travel_radius_m"] },
  });
  const page = await open(matchesOf(name));
  await page.getByText("If they went 3 miles further: ").waitFor();
  await page.getByRole("link", { name: "See the change – If they went 3 miles" }).click();
  await page.getByRole("heading", { level: 1, name: "If they travelled up to 3 miles" }).waitFor();
  await checkPage(page);
  await page.getByRole("button", { name: "Change their profile" }).click();
  await page.getByText("Changed. This is the list as it is now.").waitFor();
  assert.equal((await volunteers.getVolunteer({ name })).travelRadiusM, 4828);
  await page.context().close();
});

test("a role that is not open says so", async () => {
  const { opportunities } = on.county.as(on.county.lead);
  const draft = await opportunities.createOpportunity({ parent: "centres/ashford", opportunity: { title: "Someday" } });
  const page = await open(matchesOf(draft.name));
  await page.getByText("This role is not open (draft): nobody is matched until it is.").waitFor();
  await checkPage(page);
  await page.context().close();
});

test("a reader looks and changes nothing; another centre sees its own volunteers only", async () => {
  const [person = ""] = scene.people;
  const reader = await open(`${matchesOf(person)}/change?to=remote:`, {
    token: await on.county.credential(Role.READER),
  });
  await reader.getByText("caseworkers can change it").waitFor();
  assert.equal(await reader.getByRole("button", { name: "Change their profile" }).count(), 0);
  await reader.context().close();
  const partner = await open(matchesOf(scene.guide), { token: on.county.partner });
  await partner.getByText("only your own centre’s volunteers are listed").waitFor();
  assert.ok((await listed(partner)).every((name) => !name.startsWith("Ringer")));
  await checkPage(partner);
  await partner.context().close();
});

test("an address that says no change is no page", async () => {
  const page = await open(matchesOf(scene.guide));
  for (const to of ["", "skills:", "coverage:x", "radius:5", "coverage:99999"]) {
    const response = await page.goto(`${matchesOf(scene.guide)}/change?to=${to}`);
    assert.equal(response?.status(), 404, to);
  }
  await page.context().close();
});

test("on paper there is the list, and nothing to click", async () => {
  const page = await open(matchesOf(scene.guide));
  await page.emulateMedia({ media: "print" });
  assert.equal((await listed(page)).length, 20);
  assert.ok(await page.locator(".console-parts__bar").first().isVisible());
  for (const hidden of ["form", ".console-match__links", "summary", ".govuk-pagination"]) {
    assert.equal(await page.locator(hidden).filter({ visible: true }).count(), 0, hidden);
  }
  await page.context().close();
});

test("a list of twenty is at most 200 kB over the wire, with all that it loads", async () => {
  const page = await open(matchesOf(scene.guide));
  assert.equal((await listed(page)).length, 20);
  const bytes = await page.evaluate(() => {
    const timings = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
    return timings.reduce((sum, one) => sum + (one as PerformanceResourceTiming).encodedBodySize, 0);
  });
  assert.ok(bytes > 10_000 && bytes <= 200_000, `${bytes} bytes`);
  await page.context().close();
});

test("a list that is open tells of a new match, before and after the service was away", async () => {
  const page = await open(matchesOf(scene.guide));
  const shown = await listed(page);
  const note = page.getByRole("status").filter({ hasText: "new match" });
  await addPerson(on.county, "Newcomer One", 20);
  await note.getByText("1 new match", { exact: true }).waitFor();
  await checkPage(page);
  assert.deepEqual(await listed(page), shown, "the list is not pulled away from who reads it");
  await note.getByRole("button", { name: "Show" }).click();
  await page.getByRole("link", { name: "Newcomer One", exact: true }).waitFor();
  assert.equal(await note.count(), 0);
  await on.county.stopMatching();
  await on.county.startMatching();
  await addPerson(on.county, "Newcomer Two", 20);
  await note.getByText("1 new match", { exact: true }).waitFor();
  await page.context().close();
});

test("nobody follows a list who is not signed in", async () => {
  const headers = { accept: "text/event-stream" };
  assert.equal((await fetch(`${matchesOf(scene.guide)}/live`, { headers })).status, 401);
});

test("the lead administrator makes weights, and is told what is wrong with them", async () => {
  const page = await open(matchesOf(scene.guide));
  await page.getByRole("link", { name: "Make other weights" }).click();
  await page.getByRole("heading", { level: 1, name: "Weights" }).waitFor();
  await checkPage(page);
  await page.getByLabel("Skills").fill("many");
  await page.getByLabel("Causes").fill("1001");
  await page.getByRole("button", { name: "Make" }).click();
  await page.getByRole("alert").getByRole("link", { name: "Enter a name" }).waitFor();
  await page.getByRole("alert").getByRole("link", { name: "Skills must be a whole number" }).waitFor();
  await checkPage(page);
  await page.getByLabel("Name").fill("Kind hearts");
  await page.getByLabel("Skills").fill("10");
  await page.getByRole("button", { name: "Make" }).click();
  await page
    .getByRole("alert")
    .getByRole("link", { name: /^Causes / })
    .waitFor();
  assert.equal(await page.getByLabel("Name").inputValue(), "Kind hearts");
  await page.getByLabel("Causes").fill("900");
  await page.getByRole("button", { name: "Make" }).click();
  await page.getByText("Kind hearts can be chosen on every list of matches now.").waitFor();
  await page.goto(matchesOf(scene.guide));
  await page.getByLabel("Weights").selectOption({ label: "Kind hearts (10:25:25:900)" });
  await page.getByText("Weights: Kind hearts").waitFor();
  await page.context().close();
  const partner = await open(matchesOf(scene.guide), { token: on.county.partner });
  assert.equal(await partner.getByRole("link", { name: "Make other weights" }).count(), 0);
  assert.equal((await partner.goto(`${on.county.url}/weights`))?.status(), 403);
  await partner.context().close();
});
