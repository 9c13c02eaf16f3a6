// Where volunteers are few: the map, the table beside it, what it can be narrowed to, and a district.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";

import { Role } from "#protos/brokerage/common/v1/access_pb";
import { Opportunity_State } from "#protos/brokerage/matching/v1/opportunity_pb";
import type { Coverage } from "#protos/brokerage/matching/v1/report_pb";
import { Volunteer_State } from "#protos/brokerage/matching/v1/volunteer_pb";

import { ratioText } from "../../../../apps/console/src/pages/shared/coverage.ts";
import { checkPage, press } from "../support/browser.ts";
import { openPage, suite } from "../support/suite.ts";

const on = suite({ volunteers: 150, opportunities: 60 });

const openFilter = (page: Page) => page.getByText("Count only who has a cause or a skill").click();

const map = (page: Page) => page.getByRole("group", { name: "Map of the districts" });

/** What a table shows, row by row. */
async function shown(page: Page, table: string): Promise<readonly (readonly string[])[]> {
  const rows = await page.getByRole("table", { name: table }).locator("tbody tr").all();
  return Promise.all(rows.map((row) => row.locator("th, td").allInnerTexts()));
}

/** The same of what the service answers. */
function cells(name: string, coverage: Coverage | undefined): readonly string[] {
  assert.ok(coverage);
  const { searchingVolunteers, openOpportunities, openPlaces } = coverage;
  const state = coverage.thin ? "Thin" : openPlaces === 0n ? "No open place" : "Covered";
  return [name, ...[searchingVolunteers, openOpportunities, openPlaces].map(String), ratioText(coverage), state];
}

/** The rows that the page is to show, as the service answers whoever holds `token`. */
async function expected(token: string, parent: string, chosen: { cause?: string; skill?: string } = {}) {
  const clients = on.county.as(token);
  const answer = await clients.reports.getDistrictCoverage({ parent, ...chosen });
  const { districts } = await clients.reference.listDistricts({ pageSize: 1000 });
  const { causes } = await clients.reference.listCauses({ pageSize: 1000 });
  const names = new Map([...districts, ...causes].map(({ name, displayName }) => [name, displayName]));
  names.set("districts/outside", "Outside the county");
  return {
    answer,
    names,
    districts: [
      ...answer.districts.map(({ district, coverage }) => cells(names.get(district) ?? district, coverage)),
      cells("District not known or not shown", answer.elsewhere),
      cells("Together", answer.total),
      cells("From home or anywhere", answer.remote),
    ],
    causes: answer.causes.slice(0, 10).map(({ term, coverage }) => cells(names.get(term) ?? term, coverage)),
  };
}

test("each centre reads what the service counts for it", async () => {
  const readers: readonly [string, string][] = [
    [on.county.lead, "centres/-"],
    [await on.county.credential(Role.READER, "centres/dover"), "centres/dover"],
    [await on.county.credential(Role.READER, "centres/swale"), "centres/swale"],
  ];
  const told = new Set<string>();
  for (const [token, parent] of readers) {
    const page = await openPage(on, "/", token);
    await page.getByRole("navigation").getByRole("link", { name: "Coverage" }).click();
    await page.getByRole("heading", { name: "Coverage", level: 1 }).waitFor();
    const { answer, districts, causes } = await expected(token, parent);
    assert.deepEqual(await shown(page, "Coverage of the districts"), districts, parent);
    assert.deepEqual(await shown(page, "Causes that open places ask for"), causes, parent);
    const thin = answer.districts.filter(
      ({ district, coverage }) => district !== "districts/outside" && coverage?.thin,
    );
    await page
      .getByRole("status")
      .getByText(new RegExp(`^${thin.length === 0 ? "None" : thin.length} of 12`))
      .waitFor();
    const all = parent === "centres/-";
    assert.equal(await page.getByText("The records of every centre are counted").count(), all ? 1 : 0);
    await checkPage(page);
    told.add(JSON.stringify(districts));
    await page.context().close();
  }
  assert.equal(told.size, readers.length, "they see different records");
});

test("each tile says what its row says, and leads to its district", async () => {
  const page = await openPage(on, "/coverage");
  const tiles = map(page).getByRole("link");
  assert.equal(await tiles.count(), 13);
  for (const [name = "", , , , ratio = "", state] of (await shown(page, "Coverage of the districts")).slice(0, 13)) {
    const word = state === "Thin" ? " thin" : state === "Covered" ? "" : " no place";
    await map(page)
      .getByRole("link", { name: `${name}${ratio === "" ? "" : ` ${ratio}`}${word}`, exact: true })
      .waitFor();
  }
  const { answer, names } = await expected(on.county.lead, "centres/-");
  const thin = answer.districts.find(({ coverage }) => coverage?.thin);
  assert.ok(thin, "the demonstration has a district that is thin");
  const name = names.get(thin.district) ?? "";
  await map(page)
    .getByRole("link", { name: new RegExp(`^${name} `) })
    .focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name, level: 1 }).waitFor();
  assert.equal(new URL(page.url()).pathname, `/coverage/${thin.district.slice("districts/".length)}`);
  assert.deepEqual(
    await shown(page, "Causes with the fewest volunteers for their places"),
    thin.thinnestCauses.map(({ term, coverage }) => cells(names.get(term) ?? term, coverage)),
  );
  assert.equal(
    (await shown(page, "Skills with the fewest volunteers for their places")).length,
    thin.thinnestSkills.length,
  );
  await checkPage(page);
  // From the table too, to one without a place that is open.
  await page.getByRole("link", { name: "Coverage", exact: true }).first().click();
  const none = answer.districts.find(({ coverage }) => coverage?.openPlaces === 0n);
  assert.ok(none, "the demonstration has a district without open places");
  await page
    .getByRole("table")
    .getByRole("link", { name: names.get(none.district) ?? "", exact: true })
    .click();
  await page.getByText("No open place asks for a skill.").waitFor();
  await checkPage(page);
  await page.context().close();
});

test("a district leads to the lists of those who are counted there", async () => {
  const readers: readonly [string, string][] = [
    [on.county.lead, "centres/-"],
    [await on.county.credential(Role.READER, "centres/swale"), "centres/swale"],
  ];
  for (const [token, parent] of readers) {
    const { answer, names } = await expected(token, parent);
    const fits = (count = 0n) => count > 0n && count <= 25n; // one page of a list
    const place = answer.districts.find(
      ({ coverage }) => fits(coverage?.searchingVolunteers) && fits(coverage?.openOpportunities),
    );
    assert.ok(place?.coverage, "a district has a page of each");
    const name = names.get(place.district) ?? "";
    const page = await openPage(on, `/coverage/${place.district.slice("districts/".length)}`, token);
    for (const [link, count] of [
      ["See the volunteers", place.coverage.searchingVolunteers],
      ["See the opportunities", place.coverage.openOpportunities],
    ] as const) {
      await page.getByRole("link", { name: link }).click();
      await page.getByText(new RegExp(`^${count} (volunteer|opportunit)`)).waitFor();
      assert.equal(await page.getByRole("table").locator("tbody tr").count(), Number(count));
      assert.equal(await page.getByLabel("District").locator("option:checked").innerText(), name);
      await checkPage(page);
      await page.goBack();
    }
    await page.context().close();
  }
});

test("what is counted is narrowed by any word for a cause or a skill", async () => {
  for (const scripts of [true, false]) {
    const page = await openPage(on, "/coverage", on.county.lead, scripts);
    await openFilter(page);
    await page.getByLabel("With this cause").fill("nature");
    if (!scripts) await page.getByRole("button", { name: "Find" }).first().click();
    await page.getByLabel("Environment").check();
    await checkPage(page);
    await press(page, "Show");
    await page.getByText("Counted is only who has: Environment.").waitFor();
    assert.equal(new URL(page.url()).searchParams.get("cause"), "causes/environment");
    const { answer, districts } = await expected(on.county.lead, "centres/-", { cause: "causes/environment" });
    assert.deepEqual(await shown(page, "Coverage of the districts"), districts);
    assert.ok((answer.total?.openPlaces ?? 0n) > 0n, "the demonstration has roles of that cause");
    await checkPage(page);

    // A word with a typing error, sent at once: what it may mean is asked.
    await openFilter(page);
    await page.getByLabel("With this skill").fill("frist aid");
    await press(page, "Show");
    await page.getByLabel("First aid", { exact: true }).check();
    await press(page, "Show");
    await page.getByText("Counted is only who has: Environment and First aid.").waitFor();
    await checkPage(page);
    const narrowed = await expected(on.county.lead, "centres/-", {
      cause: "causes/environment",
      skill: "skills/first-aid",
    });
    if (narrowed.answer.total?.searchingVolunteers !== 0n || narrowed.answer.total.openPlaces !== 0n) {
      assert.deepEqual(await shown(page, "Coverage of the districts"), narrowed.districts);
    }
    await page.getByRole("link", { name: "Count everything" }).click();
    assert.equal(await page.getByText("Counted is only who has").count(), 0);
    await page.context().close();
  }
});

test("a cause of the table leads to the count of who has it, and from there into a district", async () => {
  const page = await openPage(on, "/coverage");
  const first = page.getByRole("table", { name: "Causes that open places ask for" }).locator("tbody tr").first();
  const [cause = "", ...figures] = await first.locator("th, td").allInnerTexts();
  await first.getByRole("link").click();
  await page.getByText(`Counted is only who has: ${cause}.`).waitFor();
  const together = (await shown(page, "Coverage of the districts")).find(([name]) => name === "Together");
  assert.deepEqual(together?.slice(1), figures, "a row of a cause is the count of who has it");
  await page.getByRole("table").getByRole("link", { name: "Ashford", exact: true }).click();
  await page.getByText(`Counted is only who has: ${cause}.`).waitFor();
  await checkPage(page);
  await page.getByRole("link", { name: "Count everything" }).click();
  await page.waitForURL(/\/coverage\/E07000105$/);
  await page.context().close();
});

test("where nobody has what is chosen, that is said", async () => {
  const { skills } = await on.county.as(on.county.lead).reference.listSkills({ pageSize: 1000 });
  const page = await openPage(on, "/coverage");
  for (const { name } of skills) {
    const { answer } = await expected(on.county.lead, "centres/-", { cause: "causes/lgbt", skill: name });
    const isNobody = [answer.total, answer.remote].every(
      (coverage) => coverage?.searchingVolunteers === 0n && coverage.openOpportunities === 0n,
    );
    if (!isNobody) continue;
    await page.goto(`${on.county.url}/coverage?cause=causes/lgbt&skill=${name}`);
    await page.getByText("Nobody who is searching and no open place has what you chose.").waitFor();
    assert.equal(await map(page).count(), 0);
    await checkPage(page);
    await page.context().close();
    return;
  }
  assert.fail("everyone has everything");
});

test("the day begins with the districts that are thin", async () => {
  for (const [token, parent] of [
    [on.county.lead, "centres/-"],
    [await on.county.credential(Role.READER, "centres/dover"), "centres/dover"],
  ] as const) {
    const { answer, names } = await expected(token, parent);
    const thin = answer.districts.filter(({ coverage }) => coverage?.thin).map(({ district }) => names.get(district));
    assert.ok(thin.length > 1, "the demonstration has districts that are thin");
    const page = await openPage(on, "/", token);
    await page.getByRole("link", { name: `${thin.length} districts are thin: ${thin.join(", ")}` }).click();
    await page.getByRole("heading", { name: "Coverage", level: 1 }).waitFor();
    await page.context().close();
  }
});

test("who may not count is not offered it, and a district that is none is not found", async () => {
  const made = await on.county.as(on.county.lead).centres.createCredential({
    parent: "centres/ashford",
    credential: {
      displayName: "Desk",
      role: Role.MANAGER,
      scopes: ["volunteers.read", "reference.read", "centres.read"],
    },
  });
  const page = await openPage(on, "/", made.secret);
  assert.equal(await page.getByRole("link", { name: "Coverage", exact: true }).count(), 0);
  assert.equal(await page.getByText("thin:").count(), 0);
  assert.equal((await page.goto(`${on.county.url}/coverage`))?.status(), 403);
  await page.context().close();
  const lead = await openPage(on, "/");
  for (const path of ["/coverage/E07000999", "/coverage/ashford"]) {
    assert.equal((await lead.goto(on.county.url + path))?.status(), 404, path);
  }
  await lead.context().close();
});

test("when the service is away that is said, and the page comes by itself when it is back", async () => {
  const page = await openPage(on, "/coverage");
  await on.county.stopMatching();
  try {
    assert.equal((await page.reload())?.status(), 503);
    await page.getByRole("heading", { name: "The service does not answer at the moment" }).waitFor();
    await checkPage(page);
  } finally {
    await on.county.startMatching();
  }
  await map(page).waitFor();
  await page.context().close();
});

test("on paper stands what is read, without what is clicked", async () => {
  const page = await openPage(on, "/coverage");
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("main details").isVisible(), false);
  assert.equal(await map(page).isVisible(), true);
  assert.equal(await page.getByRole("table", { name: "Coverage of the districts" }).isVisible(), true);
  await page.context().close();
});

// The last one: it leaves nothing.
test("where nobody is searching and nothing is open, that is said", async () => {
  const clients = on.county.as(on.county.lead);
  const everything = { parent: "centres/-", pageSize: 1000 };
  const { volunteers } = await clients.volunteers.listVolunteers(everything);
  for (const { name, state } of volunteers) {
    if (state === Volunteer_State.SEARCHING) await clients.volunteers.markVolunteerLeft({ name });
  }
  const { opportunities } = await clients.opportunities.listOpportunities(everything);
  for (const { name, state } of opportunities) {
    if (state === Opportunity_State.OPEN) await clients.opportunities.closeOpportunity({ name });
  }
  const page = await openPage(on, "/coverage");
  await page.getByText("No volunteer is searching and no place is open").waitFor();
  await checkPage(page);
  await page.goto(on.county.url);
  assert.equal(await page.getByText("thin:").count(), 0);
  await page.context().close();
});
