// Finding, registering and changing organisations, and the steps of one.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";

import { Role } from "#protos/brokerage/common/v1/access_pb";
import {
  Organisation_Kind,
  Organisation_State,
  Verification_Stage,
} from "#protos/brokerage/registry/v1/organisation_pb";

import { pageOf } from "../../../../apps/console/src/services/names.ts";
import { checkPage, press } from "../support/browser.ts";
import { openPage, suite } from "../support/suite.ts";

const on = suite({ volunteers: 5, opportunities: 5 });

const organisations = () => on.county.as(on.county.lead).organisations;

const make = (displayName: string, kind = Organisation_Kind.CHARITY) =>
  organisations().createOrganisation({ organisation: { displayName, kind } });

/** The organisation whose page is open. */
async function stored(page: Page) {
  await page.waitForURL(/\/organisations\/(?!new)[^/]+$/);
  return organisations().getOrganisation({ name: new URL(page.url()).pathname.slice(1) });
}

const names = (page: Page) => page.locator("[data-results] tbody th").allInnerTexts();

test("an organisation leads to its roles, its website, and whoever answers for it", async () => {
  const body = await make("Quarry Trust");
  const organisation = await organisations().createOrganisation({
    organisation: {
      displayName: "Quarry Walkers",
      kind: Organisation_Kind.UNCONSTITUTED_GROUP,
      accountableBody: body.name,
      website: "https://quarry.example/walks",
    },
  });
  const { opportunities } = on.county.as(on.county.lead);
  for (const title of ["Path finder", "Map reader"]) {
    const opportunity = { title, organisation: title === "Path finder" ? organisation.name : body.name };
    await opportunities.createOpportunity({ parent: "centres/ashford", opportunity });
  }
  for (const scripts of [true, false]) {
    const page = await openPage(on, pageOf(organisation.name), on.county.lead, scripts);
    const website = page.getByRole("link", { name: "https://quarry.example/walks" });
    assert.equal(await website.getAttribute("href"), "https://quarry.example/walks");
    assert.equal(await website.getAttribute("rel"), "noreferrer noopener");
    await checkPage(page);
    await page.getByRole("link", { name: "Its roles" }).click();
    await page.getByText("Only those of Quarry Walkers.").waitFor();
    assert.deepEqual(await names(page), ["Path finder"]);
    // Searching stays with the organisation.
    await page.getByLabel("Words of the title").fill("map");
    if (!scripts) await press(page, "Search");
    await page.getByText("No opportunity was found").waitFor();
    await checkPage(page);
    await page.getByRole("link", { name: "Look at all of ours" }).click();
    assert.equal(await page.getByText("Only those of").count(), 0);
    await page.goto(on.county.url + pageOf(organisation.name));
    await page.getByRole("link", { name: "Quarry Trust" }).click();
    await page.getByRole("heading", { level: 1, name: "Quarry Trust" }).waitFor();
    await page.context().close();
  }
});

test("organisations are found by name, kind and identifier", async () => {
  await organisations().createOrganisation({
    organisation: {
      displayName: "Quayside Friends",
      kind: Organisation_Kind.CHARITY,
      identifiers: ["GB-CHC-1001778"],
    },
  });
  await make("Quayside Fishers", Organisation_Kind.SOCIETY);
  const page = await openPage(on, "/organisations");
  await checkPage(page);
  const search = page.getByLabel("Name or identifier", { exact: true });
  await search.pressSequentially("quayside");
  await page.getByText("2 organisations", { exact: true }).waitFor();
  await page.getByLabel("Kind").selectOption("CHARITY");
  await page.getByText("1 organisation", { exact: true }).waitFor();
  assert.deepEqual(await names(page), ["Quayside Friends"]);
  // With nothing between them, what is found last could not be told from what was found before.
  const none = page.getByText("No organisation was found");
  for (const term of ["frie QUAY", "gb-chc-10017"]) {
    await search.fill("nobody");
    await none.waitFor();
    await checkPage(page);
    await search.fill(term);
    await page.getByText("1 organisation", { exact: true }).waitFor();
    await checkPage(page);
  }
  await page.context().close();
  const bare = await openPage(on, "/organisations", on.county.partner, false);
  await bare.getByLabel("Name or identifier", { exact: true }).fill("quayside");
  await bare.getByLabel("Whose").selectOption("all");
  await press(bare, "Search");
  assert.equal((await names(bare)).length, 2);
  await bare.getByRole("link", { name: "Quayside Friends" }).click();
  await bare.getByText("Another centre manages this organisation").waitFor();
  assert.equal(await bare.getByRole("link", { name: "Change this organisation" }).count(), 0);
  await checkPage(bare);
  await bare.context().close();
});

test("an organisation is registered with all that is known of it", async () => {
  const page = await openPage(on, "/organisations");
  await press(page, "Register an organisation");
  await checkPage(page);
  await press(page, "Save");
  await page.getByRole("alert").getByText("Choose what it is").waitFor();
  await page.getByLabel("Organisation", { exact: true }).fill("Ashford Repair Café");
  await page.getByLabel("Unincorporated association").check();
  await page.getByLabel("Identifiers").fill("gb-chc-12");
  await page.getByLabel("Yearly income in pounds").fill("£4,200");
  await page.getByLabel("Website").fill("no address");
  await page.getByLabel("Places that it works from").fill("tn231pl\n51.15, 0.87");
  await page.getByLabel("Ashford", { exact: true }).check();
  await page.getByLabel("Outside the county").check();
  await page.getByLabel("Add a cause").fill("pets");
  await page.getByLabel("Animal Welfare").check();
  await page.getByLabel("Name of the person").fill("Ann Example");
  await page.getByLabel("Email address").fill("mend@example.org");
  await press(page, "Save");
  for (const label of ["Identifiers", "Website"]) {
    await page
      .getByRole("alert")
      .getByRole("link", { name: new RegExp(`^${label}`) })
      .waitFor();
  }
  await checkPage(page);
  await page.getByLabel("Identifiers").fill("gb-chc-1001778");
  await page.getByLabel("Website").fill("https://example.org/mend");
  await press(page, "Save");
  await page.getByText("Registered.").waitFor();
  await checkPage(page);
  const made = await stored(page);
  assert.equal(made.displayName, "Ashford Repair Café");
  assert.deepEqual([made.identifiers, made.income], [["GB-CHC-1001778"], 4200n]);
  assert.deepEqual(
    made.places.map(({ postcode, latitude }) => postcode || latitude),
    ["TN23 1PL", 51.15],
  );
  assert.deepEqual(made.districtsServed, ["districts/E07000105", "districts/outside"]);
  assert.deepEqual([made.causes, made.contact?.email], [["causes/animal-welfare"], "mend@example.org"]);
  await page.context().close();
});

test("a group that is not constituted is registered with who answers for it, without scripts too", async () => {
  await make("Answerable Trust");
  const page = await openPage(on, "/organisations/new", on.county.lead, false);
  await page.getByLabel("Organisation", { exact: true }).fill("Tuesday Knitters");
  await page.getByLabel("Unconstituted group").check();
  await press(page, "Save");
  await page.getByRole("alert").getByText("Find and choose the organisation that answers").waitFor();
  await checkPage(page);
  await page.getByLabel("Find the organisation that answers for it").fill("answerable");
  await page.getByRole("button", { name: "Find" }).first().click();
  await page.getByLabel("Answerable Trust").check();
  await press(page, "Save");
  await page.getByText("Registered.").waitFor();
  await page.getByText("Answerable Trust").waitFor();
  const made = await stored(page);
  assert.equal(made.kind, Organisation_Kind.UNCONSTITUTED_GROUP);
  assert.notEqual(made.accountableBody, "");
  // When it is constituted, nobody needs to answer for it any more.
  await page.getByRole("link", { name: "Change this organisation" }).click();
  await page.getByLabel("Unincorporated association").check();
  await press(page, "Save");
  await page.getByText("Saved.").waitFor();
  assert.equal((await stored(page)).accountableBody, "");
  await page.context().close();
});

test("two who change the same organisation see each other's words, and lose none", async () => {
  const made = await make("Contested Trust");
  const page = await openPage(on, `${pageOf(made.name)}/edit`);
  await page.getByLabel("Description").fill("Mine");
  await organisations().updateOrganisation({
    organisation: { name: made.name, description: "Theirs", income: 5000n },
    updateMask: { paths: ["description", "income"] },
  });
  await press(page, "Save");
  await page.getByText("Someone else changed this record while you were typing").waitFor();
  await checkPage(page);
  const rows = page.getByRole("table", { name: "Where you differ" }).locator("tbody tr");
  assert.deepEqual((await rows.locator("th").allInnerTexts()).sort(), ["Description", "Yearly income in pounds"]);
  await page.getByLabel("Yearly income in pounds").fill("5000");
  await press(page, "Save mine");
  await page.getByText("Saved.").waitFor();
  const now = await stored(page);
  assert.deepEqual([now.description, now.income], ["Mine", 5000n]);
  await page.context().close();
});

test("an organisation is verified on evidence, suspended with a reason, reinstated and deleted", async () => {
  const made = await make("Stepwise Trust");
  const page = await openPage(on, pageOf(made.name));
  await press(page, "Record a verification");
  await checkPage(page);
  await page.getByLabel("How far it was verified").selectOption("Visited");
  await press(page, "Record a verification");
  await page.getByRole("alert").getByText("Say what was seen").waitFor();
  await checkPage(page);
  await page.getByLabel("What was seen").fill("The Saturday session");
  await press(page, "Record a verification");
  await page.getByText("The verification is recorded.").waitFor();
  await page.getByText("The Saturday session").waitFor();
  assert.equal((await stored(page)).verification?.stage, Verification_Stage.VISITED);
  await press(page, "Suspend");
  await page.getByLabel("Why it is suspended").fill("Moving to a new hall");
  await press(page, "Suspend");
  await page.getByText("Suspended: its roles leave matching.").waitFor();
  await page.getByText("Moving to a new hall").waitFor();
  await checkPage(page);
  await press(page, "Reinstate");
  await page.getByText("Reinstated").waitFor();
  await press(page, "Delete");
  await press(page, "Delete");
  await page.getByText("Deleted.").waitFor();
  assert.equal((await stored(page)).state, Organisation_State.DELETED);
  await page.goto(`${on.county.url}/organisations`);
  await page.getByLabel("State").selectOption("DELETED");
  await page.getByRole("link", { name: "Stepwise Trust" }).click();
  await press(page, "Bring it back");
  await page.getByText("It is back").waitFor();
  await page.context().close();
});

test("why a step is taken stays typed when someone else has changed the record", async () => {
  const made = await make("Busy Trust");
  const page = await openPage(on, `${pageOf(made.name)}/steps/suspend`);
  await organisations().updateOrganisation({
    organisation: { name: made.name, displayName: "Busier Trust" },
    updateMask: { paths: ["display_name"] },
  });
  await page.getByLabel("Why it is suspended").fill("Moving to a new hall");
  await press(page, "Suspend");
  await page.getByText("Someone else changed the record in the meantime").waitFor();
  await page.getByText("Busier Trust").first().waitFor();
  assert.equal(await page.getByLabel("Why it is suspended").inputValue(), "Moving to a new hall");
  await checkPage(page);
  await press(page, "Suspend");
  await page.getByText("Suspended: its roles leave matching.").waitFor();
  await page.context().close();
});

test("each role is offered what it may do", async () => {
  const made = await make("Guarded Trust");
  const steps: readonly [Role, readonly string[]][] = [
    [Role.READER, []],
    [Role.CASEWORKER, []],
    [Role.MANAGER, ["Record a verification", "Suspend", "Delete"]],
  ];
  for (const [role, expected] of steps) {
    const page = await openPage(on, pageOf(made.name), await on.county.credential(role));
    const offered = page.getByRole("form", { name: "Next step" }).getByRole("button");
    assert.deepEqual(await offered.allInnerTexts(), expected, Role[role]);
    assert.equal(
      await page.getByRole("link", { name: "Change this organisation" }).count(),
      role > Role.READER ? 1 : 0,
    );
    await page.context().close();
  }
});
