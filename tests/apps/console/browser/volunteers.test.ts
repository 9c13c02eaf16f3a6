// The list of volunteers, one volunteer, and the steps between states.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";

import { Role } from "#protos/brokerage/common/v1/access_pb";

import { pageOf } from "../../../../apps/console/src/services/names.ts";
import { checkPage, newPage, signIn } from "../support/browser.ts";
import { suite } from "../support/suite.ts";

const ashford = "centres/ashford";

const on = suite({ volunteers: 30, opportunities: 5 }, async (county) => {
  // More than a page of one name, and one that no other begins like.
  const { volunteers } = county.as(county.lead);
  const names = [...Array.from({ length: 30 }, (_, index) => `Zelda Test ${index + 10}`), 'Quintessa "Q" Example'];
  for (const displayName of names) {
    await volunteers.createVolunteer({
      parent: ashford,
      volunteer: { displayName, contact: { phone: "01233 000000" }, home: { postcode: "TN23 1PL" } },
    });
  }
});

const names = (page: Page) => page.locator("[data-results] tbody th").allInnerTexts();

test("the list follows what is typed, and going back finds it again", async () => {
  const page = await newPage(on.browser);
  await signIn(page, on.county.url, on.county.lead);
  await page.goto(`${on.county.url}/volunteers`);
  await checkPage(page);
  await page.getByLabel("Name", { exact: true }).pressSequentially('quintessa "q"');
  await page.getByText("1 volunteer", { exact: true }).waitFor();
  assert.deepEqual(await names(page), ['Quintessa "Q" Example']);
  await checkPage(page);
  assert.ok(!page.url().toLowerCase().includes("quintessa"), "a name is in the address");
  await page.getByRole("link", { name: /Quintessa/ }).click();
  await page.getByRole("heading", { level: 1, name: /Quintessa/ }).waitFor();
  await checkPage(page);
  await page.goBack();
  await page.getByText("1 volunteer", { exact: true }).waitFor();
  assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), 'quintessa "q"');
  await page.getByLabel("Name", { exact: true }).fill("nobody is called this");
  await page.getByText("Nobody was found").waitFor();
  await checkPage(page);
  assert.ok(!on.county.consoleLog().toLowerCase().includes("quintessa"), "a name is in the log");
  await page.context().close();
});

test("without scripts the list is searched and paged", async () => {
  const page = await newPage(on.browser, { javaScriptEnabled: false });
  await signIn(page, on.county.url, on.county.lead);
  await page.goto(`${on.county.url}/volunteers`);
  await page.getByLabel("Name", { exact: true }).fill("zelda");
  await page.getByRole("button", { name: "Search" }).click();
  const first = await names(page);
  assert.equal(first.length, 25);
  await page.getByRole("link", { name: "Next page" }).click();
  const second = await names(page);
  assert.equal(second.length, 5);
  assert.equal(new Set([...first, ...second]).size, 30);
  await page.getByRole("link", { name: "Previous page" }).click();
  assert.deepEqual(await names(page), first);
  assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "zelda");
  await page.context().close();
});

test("a search of someone else's session, or of none, shows the whole list", async () => {
  const page = await newPage(on.browser);
  await signIn(page, on.county.url, on.county.lead);
  const response = await page.goto(`${on.county.url}/volunteers?search=made-up&page=7`);
  assert.equal(response?.status(), 200);
  assert.ok((await names(page)).length > 0);
  await page.context().close();
});

test("a volunteer is taken from step to step", async () => {
  const { volunteers } = on.county.as(on.county.lead);
  const made = await volunteers.createVolunteer({
    parent: ashford,
    volunteer: { displayName: "Stepwise", contact: { phone: "01233 000001" } },
  });
  const page = await newPage(on.browser);
  await signIn(page, on.county.url, on.county.lead);
  await page.goto(on.county.url + pageOf(made.name));
  await page.getByRole("button", { name: "Register", exact: true }).click();
  await page.getByText("More is needed first").waitFor();
  await checkPage(page);
  await volunteers.updateVolunteer({
    volunteer: { name: made.name, acceptsRemote: true },
    updateMask: { paths: ["accepts_remote"] },
  });
  await page.reload();
  assert.equal(await page.getByText("More is needed first").count(), 0, "a message is shown once");
  for (const [button, done] of [
    ["Register", "Registered."],
    ["Start matching", "Matching has started."],
    ["Put on a break", "On a break"],
    ["End the break", "Matching goes on."],
    ["Record that they have left", "Recorded as left."],
  ] as const) {
    await page.getByRole("button", { name: button, exact: true }).click();
    if (page.url().includes("/steps/")) {
      await checkPage(page);
      await page.getByRole("button", { name: button, exact: true }).click();
    }
    await page.getByText(done).waitFor();
  }
  await checkPage(page);
  await page.context().close();
});

test("nothing is overwritten that someone else changed", async () => {
  const { volunteers } = on.county.as(on.county.lead);
  const made = await volunteers.createVolunteer({
    parent: ashford,
    volunteer: { displayName: "Contested", contact: { phone: "01233 000002" }, acceptsRemote: true },
  });
  const page = await newPage(on.browser);
  await signIn(page, on.county.url, on.county.lead);
  await page.goto(on.county.url + pageOf(made.name));
  await volunteers.updateVolunteer({
    volunteer: { name: made.name, notes: "Changed meanwhile" },
    updateMask: { paths: ["notes"] },
  });
  await page.getByRole("button", { name: "Register", exact: true }).click();
  await page.getByRole("heading", { name: "Someone else changed this in the meantime" }).waitFor();
  await checkPage(page);
  await page.context().close();
});

test("two who change the same record see each other's words, and lose none", async () => {
  const { volunteers } = on.county.as(on.county.lead);
  const made = await volunteers.createVolunteer({
    parent: ashford,
    volunteer: { displayName: "Two Editors", contact: { phone: "01233 000003" }, acceptsRemote: true },
  });
  const page = await newPage(on.browser);
  await signIn(page, on.county.url, on.county.lead);
  await page.goto(on.county.url + pageOf(made.name));
  await page.getByRole("link", { name: "Change name, contact and notes" }).click();
  await page.getByLabel("Email address").fill("no address");
  await page.getByRole("button", { name: "Save" }).click();
  await page
    .getByRole("alert")
    .getByRole("link", { name: /^Email address/ })
    .waitFor();
  await page.getByLabel("Email address").fill("mine@example.org");
  await page.getByLabel("Notes").fill("Called back");
  await volunteers.updateVolunteer({
    volunteer: { name: made.name, contact: { email: "theirs@example.org" } },
    updateMask: { paths: ["contact.email"] },
  });
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Someone else changed this record while you were typing").waitFor();
  await checkPage(page);
  const row = page.getByRole("row", { name: /Email address/ });
  await row.getByText("mine@example.org").waitFor();
  await row.getByText("theirs@example.org").waitFor();
  assert.equal((await volunteers.getVolunteer({ name: made.name })).contact?.email, "theirs@example.org");
  await page.getByRole("button", { name: "Save mine" }).click();
  await page.getByText("Saved.").waitFor();
  const now = await volunteers.getVolunteer({ name: made.name });
  assert.deepEqual(
    [now.contact?.email, now.contact?.phone, now.notes],
    ["mine@example.org", "01233 000003", "Called back"],
  );
  await page.context().close();
});

test("on paper stand no buttons, and no addresses of pages", async () => {
  const { volunteers } = on.county.as(on.county.lead);
  const contact = { phone: "01233 000000" };
  const made = await volunteers.createVolunteer({ parent: ashford, volunteer: { displayName: "Paper", contact } });
  const page = await newPage(on.browser);
  await signIn(page, on.county.url, on.county.lead);
  for (const path of [pageOf(made.name), "/volunteers"]) {
    await page.goto(on.county.url + path);
    assert.ok((await page.getByRole("button").count()) > 0, path);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.getByRole("button").count(), 0, path);
    const printed = await page
      .locator("a:visible")
      .evaluateAll((links) =>
        links.map((link) => getComputedStyle(link, "::after").content).filter((content) => content !== "none"),
      );
    assert.deepEqual(printed, [], path);
    await page.emulateMedia({ media: null });
  }
  await page.context().close();
});

test("a reader is offered no step, another centre no contact", async () => {
  const { volunteers } = on.county.as(on.county.lead);
  const shared = await volunteers.createVolunteer({
    parent: ashford,
    volunteer: {
      displayName: "Shared Person",
      contact: { phone: "01233 999999" },
      acceptsRemote: true,
      sharing: 2,
      consents: [{ purpose: 1, givenTime: { seconds: 1_700_000_000n, nanos: 0 } }],
    },
  });
  const reader = await newPage(on.browser);
  await signIn(reader, on.county.url, await on.county.credential(Role.READER));
  await reader.goto(on.county.url + pageOf(shared.name));
  await reader.getByText("01233 999999").waitFor();
  assert.equal(await reader.getByRole("button", { name: "Register" }).count(), 0);
  const partner = await newPage(on.browser);
  await signIn(partner, on.county.url, on.county.partner);
  await partner.goto(on.county.url + pageOf(shared.name));
  await partner.getByText("This record belongs to another centre").waitFor();
  assert.equal(await partner.getByText("01233 999999").count(), 0);
  assert.equal(await partner.getByRole("button", { name: "Register" }).count(), 0);
  await checkPage(partner);
  await reader.context().close();
  await partner.context().close();
});
