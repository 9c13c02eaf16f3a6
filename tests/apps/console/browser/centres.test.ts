// All centres, for the lead administrator; and what belongs to another centre, for everyone else.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";

import { Role } from "#protos/brokerage/common/v1/access_pb";
import { Organisation_Kind } from "#protos/brokerage/registry/v1/organisation_pb";

import { texts } from "../../../../apps/console/src/texts/en-GB/index.ts";
import { checkPage, press } from "../support/browser.ts";
import { openPage, suite } from "../support/suite.ts";
import { Visitor } from "../support/visitor.ts";

const on = suite({ volunteers: 60, opportunities: 20 });

const asLead = () => on.county.as(on.county.lead);

const highlighted = (page: Page) => page.locator(".govuk-service-navigation__item--active").allInnerTexts();

test("the lead administrator finds every centre, and what its page shows of one's own", async () => {
  const page = await openPage(on, "/");
  const navigation = page.getByRole("navigation", { name: "Menu" });
  assert.equal(await navigation.getByRole("link", { name: "Our centre" }).count(), 0);
  await navigation.getByRole("link", { name: "Centres" }).click();
  await checkPage(page);
  assert.deepEqual(await highlighted(page), ["Centres"]);
  const { centres } = await asLead().centres.listCentres({ pageSize: 1000 });
  await page.getByText(`${centres.length} centres`, { exact: true }).waitFor();
  const rows = await page.locator("tbody tr").allInnerTexts();
  assert.equal(rows.length, centres.length);
  const leading = page.getByRole("row", { name: /Leads the county/ });
  assert.equal(await leading.count(), 1);
  assert.match(await leading.innerText(), /Ashford/);
  await page
    .getByRole("row", { name: /Maidstone/ })
    .getByRole("link")
    .click();
  await page.getByRole("heading", { name: "Credentials" }).waitFor();
  await checkPage(page);
  assert.deepEqual(await highlighted(page), ["Centres"]);
  await page.getByRole("link", { name: "Change name and districts" }).click();
  await page.getByRole("heading", { name: "Change name and districts" }).waitFor();
  await checkPage(page);
  await page.getByRole("link", { name: "Centres" }).first().click();
  await page.getByRole("heading", { name: "Centres" }).waitFor();
  // Another centre's volunteers lie below /centres, and are not its page.
  const { volunteers } = await asLead().volunteers.listVolunteers({ parent: "centres/-", pageSize: 1 });
  await page.goto(`${on.county.url}/${volunteers[0]?.name}`);
  assert.deepEqual(await highlighted(page), []);
  await page.context().close();
});

test("a centre is added, and whoever will look after it let in", async () => {
  const page = await openPage(on, "/centres");
  await press(page, "Add a centre");
  await checkPage(page);
  await press(page, "Add it");
  await page.getByRole("alert").getByText("Enter an id").waitFor();
  await page.getByRole("alert").getByText("Enter a name").waitFor();
  await checkPage(page);
  await page.getByLabel("Name", { exact: true }).fill("Tenterden Volunteer Centre");
  await page.getByLabel("Ashford", { exact: true }).check();
  for (const [id, said] of [
    ["Tenterden!", "Use small letters, digits and hyphens"],
    ["ashford", "There is a centre with this id already"],
  ] as const) {
    await page.getByLabel("Id", { exact: true }).fill(id);
    await press(page, "Add it");
    await page.getByRole("alert").getByText(said).waitFor();
    await checkPage(page);
    assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "Tenterden Volunteer Centre");
    assert.ok(await page.getByLabel("Ashford", { exact: true }).isChecked());
  }
  await page.getByLabel("Id", { exact: true }).fill("tenterden");
  await press(page, "Add it");
  await page.getByText("Nobody can work there yet").waitFor();
  await checkPage(page);
  assert.ok(await page.getByLabel("Centre administrator").isChecked());
  await page.getByLabel("Whose, or what for").fill("Ann Example");
  await press(page, "Make it");
  const secret = await page.getByLabel("Secret").inputValue();
  await checkPage(page);
  const made = await asLead().centres.getCentre({ name: "centres/tenterden" });
  assert.deepEqual([made.displayName, made.districts], ["Tenterden Volunteer Centre", ["districts/E07000105"]]);
  assert.ok(!on.county.consoleLog().includes(secret), "a secret is in the log");
  const caller = await on.county.as(secret).centres.getCaller({});
  assert.deepEqual([caller.centre, caller.role], ["centres/tenterden", Role.CENTRE_ADMIN]);
  page.on("dialog", (dialog) => void dialog.accept());
  await press(page, "I have kept it: back to the centre");
  await page.getByRole("heading", { name: "Tenterden Volunteer Centre" }).waitFor();
  await page.getByRole("link", { name: "Revoke Ann Example" }).click();
  await checkPage(page);
  await press(page, "Revoke");
  await page.getByText("Revoked: it lets nobody in any more.").waitFor();
  await assert.rejects(on.county.as(secret).centres.getCaller({}));
  await page.context().close();
});

test("without scripts the same is done", async () => {
  const page = await openPage(on, "/centres", on.county.lead, false);
  await press(page, "Add a centre");
  await page.getByLabel("Name", { exact: true }).fill("Romney Marsh Volunteers");
  await page.getByLabel("Id", { exact: true }).fill("romney-marsh");
  await press(page, "Add it");
  await page.getByLabel("Whose, or what for").fill("Bob Example");
  await press(page, "Make it");
  assert.match(await page.getByLabel("Secret").inputValue(), /^vb_/);
  // A form that was sent before with other details: that centre is there, and this is another.
  await page.goto(`${on.county.url}/centre/new`);
  const requestId = await page.locator("input[name=request_id]").inputValue();
  await asLead().centres.createCentre({ centreId: "dungeness", centre: { displayName: "Dungeness" }, requestId });
  await page.getByLabel("Name", { exact: true }).fill("Lydd");
  await page.getByLabel("Id", { exact: true }).fill("lydd");
  await press(page, "Add it");
  await page.getByRole("alert").getByText("This form was sent before with other details").waitFor();
  await press(page, "Add it");
  await page.getByText("Nobody can work there yet").waitFor();
  assert.equal((await asLead().centres.getCentre({ name: "centres/lydd" })).displayName, "Lydd");
  await page.goto(`${on.county.url}/centres`);
  await page.getByRole("row", { name: /Romney Marsh Volunteers.*Not recorded/ }).waitFor();
  await checkPage(page);
  await page.context().close();
});

test("an organisation is handed over to another centre", async () => {
  const { organisations } = asLead();
  const made = await organisations.createOrganisation({
    organisation: { displayName: "Wandering Choir", kind: Organisation_Kind.CHARITY },
  });
  const page = await openPage(on, `/${made.name}`);
  await page.getByRole("link", { name: "Hand over to another centre" }).click();
  await checkPage(page);
  assert.ok(await page.getByLabel("Ashford", { exact: false }).first().isChecked());
  await page.getByLabel("Maidstone", { exact: false }).check();
  await organisations.updateOrganisation({
    organisation: { name: made.name, centre: "centres/dover" },
    updateMask: { paths: ["centre"] },
  });
  await press(page, "Hand over");
  await page.getByText("Someone else changed this record while you were typing").waitFor();
  await page.getByRole("row", { name: /Managed by.*Maidstone.*Dover/ }).waitFor();
  assert.ok(await page.getByLabel("Maidstone", { exact: false }).isChecked());
  await checkPage(page);
  await press(page, "Hand over");
  await page.getByText("Handed over.").waitFor();
  assert.equal((await organisations.getOrganisation({ name: made.name })).centre, "centres/maidstone");
  await page.context().close();

  const plain = await openPage(on, `/${made.name}/hand-over`, on.county.lead, false);
  await plain.getByLabel("Ashford", { exact: false }).first().check();
  await press(plain, "Hand over");
  await plain.getByText("Handed over.").waitFor();
  await plain.context().close();

  // While the registry is away, what was chosen is kept to be sent again.
  const kept = await openPage(on, `/${made.name}/hand-over`);
  await kept.getByLabel("Maidstone", { exact: false }).check();
  await on.county.stopRegistry();
  await press(kept, "Hand over");
  await kept.getByRole("heading", { name: "The service does not answer at the moment" }).waitFor();
  await checkPage(kept);
  await on.county.startRegistry();
  await press(kept, "Send it again");
  await kept.getByText("Handed over.").waitFor();
  assert.equal((await organisations.getOrganisation({ name: made.name })).centre, "centres/maidstone");
  await kept.context().close();

  for (const [role, centre] of [
    [Role.CENTRE_ADMIN, "centres/ashford"],
    [Role.CASEWORKER, "centres/maidstone"],
  ] as const) {
    const other = await openPage(on, `/${made.name}`, await on.county.credential(role, centre));
    assert.equal(await other.getByRole("link", { name: "Hand over to another centre" }).count(), 0);
    const answer = await other.goto(`${on.county.url}/${made.name}/hand-over`);
    assert.equal(answer?.status(), 403);
    await other.getByRole("heading", { name: "Your role does not allow this" }).waitFor();
    await other.context().close();
  }
});

test("a role that is not offered is none", async () => {
  const lead = await Visitor.signIn(on.county.url, on.county.lead);
  const admin = await Visitor.signIn(on.county.url, await on.county.credential(Role.CENTRE_ADMIN));
  for (const [visitor, role] of [
    [lead, "lead"],
    [lead, "2.5"],
    [lead, "0"],
    [lead, "1e2"],
    [admin, String(Role.LEAD_ADMIN)],
    [admin, String(Role.SERVICE)],
  ] as const) {
    const seen = await visitor.post("/centre/credentials/new", [
      ["display_name", "Ann Example"],
      ["role", role],
    ]);
    assert.equal(seen.status, 422, role);
    assert.ok(seen.text.includes(texts.centre.roleMissing), role);
  }
});

test("only the lead administrator has the list, and adds to it", async () => {
  for (const token of [on.county.partner, await on.county.credential(Role.CENTRE_ADMIN)]) {
    const page = await openPage(on, "/centres", token);
    await page.getByRole("heading", { name: "Your role does not allow this" }).waitFor();
    const navigation = page.getByRole("navigation", { name: "Menu" });
    assert.equal(await navigation.getByRole("link", { name: "Centres", exact: true }).count(), 0);
    await navigation.getByRole("link", { name: "Our centre" }).click();
    assert.deepEqual(await highlighted(page), ["Our centre"]);
    assert.equal((await page.goto(`${on.county.url}/centre/new`))?.status(), 403);
    await page.context().close();
  }
  const lead = await openPage(on, "/centres/nowhere/credentials/new");
  await lead.getByRole("heading", { name: "Page not found" }).waitFor();
  await lead.context().close();
});

test("whoever opens the form of another centre's record is told at once that they may not change it", async () => {
  const partner = on.county.as(on.county.partner);
  const { centre: own } = await partner.centres.getCaller({});
  const filter = `centre != ${own} AND sharing = COUNTY`;
  const [{ volunteers }, { opportunities }, { organisations }] = await Promise.all([
    partner.volunteers.listVolunteers({ parent: own, filter, pageSize: 1 }),
    partner.opportunities.listOpportunities({ parent: own, filter, pageSize: 1 }),
    partner.organisations.listOrganisations({ filter: `centre != ${own}`, pageSize: 1 }),
  ]);
  const [volunteer, role, organisation] = [volunteers[0]?.name, opportunities[0]?.name, organisations[0]?.name];
  const forms = [
    ...["edit", "edit/availability", "edit/checks", "steps/leave"].map((form) => [volunteer, form] as const),
    ...["edit", "steps/close"].map((form) => [role, form] as const),
    ...["edit", "steps/suspend"].map((form) => [organisation, form] as const),
    ["centres/ashford", "edit"] as const,
    ["centres/ashford", "credentials/new"] as const,
  ];
  const page = await openPage(on, "/", on.county.partner);
  for (const [record, form] of forms) {
    assert.ok(record !== undefined, form);
    const answer = await page.goto(`${on.county.url}/${record}/${form}`);
    assert.equal(answer?.status(), 403, form);
    await page.getByRole("heading", { name: "Only its own centre may change this" }).waitFor();
    assert.equal(await page.locator("main form").count(), 0, form);
    await checkPage(page);
    await page.getByRole("link", { name: "See it" }).click();
    assert.equal(new URL(page.url()).pathname, `/${record}`);
    assert.equal(
      await page
        .locator("main")
        .getByRole("link", { name: /^Change/ })
        .count(),
      0,
      form,
    );
  }
  await page.context().close();
  // Whoever may change nothing at all is told that, and not whose it is.
  const reader = await openPage(on, `/${volunteer}/edit`, await on.county.credential(Role.READER));
  await reader.getByRole("heading", { name: "Your role does not allow this" }).waitFor();
  await reader.context().close();
});

test("while the registry is away, what was typed of a new centre stays", async () => {
  const page = await openPage(on, "/centre/new");
  await page.getByLabel("Name", { exact: true }).fill("Sandwich Volunteers");
  await page.getByLabel("Id", { exact: true }).fill("sandwich");
  await on.county.stopRegistry();
  await press(page, "Add it");
  await page.getByText("The service does not answer at the moment. Nothing that you typed is lost").waitFor();
  assert.equal(await page.getByLabel("Id", { exact: true }).inputValue(), "sandwich");
  await checkPage(page);
  await on.county.startRegistry();
  await press(page, "Add it");
  await page.getByText("Nobody can work there yet").waitFor();
  await page.context().close();
});
