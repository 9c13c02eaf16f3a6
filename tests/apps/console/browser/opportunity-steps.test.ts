// The steps of an opportunity from state to state, as the state and the role allow.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";

import { Role } from "#protos/brokerage/common/v1/access_pb";
import { Organisation_Kind } from "#protos/brokerage/registry/v1/organisation_pb";

import { pageOf } from "../../../../apps/console/src/services/names.ts";
import { checkPage, press } from "../support/browser.ts";
import { openPage, suite } from "../support/suite.ts";

const ashford = "centres/ashford";

const on = suite({ volunteers: 5, opportunities: 5 });

/** A draft that may be submitted. */
async function draft(title: string) {
  const { opportunities, organisations } = on.county.as(on.county.lead);
  const organisation = await organisations.createOrganisation({
    organisation: { displayName: `${title} Society`, kind: Organisation_Kind.CHARITY },
  });
  const made = await opportunities.createOpportunity({
    parent: ashford,
    opportunity: { title, remote: true, organisation: organisation.name },
  });
  // The service has heard of the organisation when it can be matched with.
  await on.county.as(on.county.lead).matching.matchVolunteers({
    parent: ashford,
    role: { case: "opportunity", value: made.name },
    atLeastAsFresh: organisation.consistencyToken,
  });
  return { made, organisation };
}

const offered = (page: Page) => page.getByRole("form", { name: "Next step" }).getByRole("button").allInnerTexts();

test("a role goes through its states", async () => {
  const { made } = await draft("Whole way");
  const page = await openPage(on, pageOf(made.name), on.county.lead);
  for (const [button, done] of [
    ["Submit for approval", "Submitted for approval."],
    ["Approve", "Approved"],
    ["Confirm that it is current", "Confirmed: its period"],
    ["Pause", "Paused: not matched"],
    ["Resume", "It is offered again."],
  ] as const) {
    await press(page, button);
    await page.getByText(done).waitFor();
  }
  assert.deepEqual(await offered(page), ["Confirm that it is current", "Pause", "Close", "Delete"]);
  await checkPage(page);
  await press(page, "Close");
  await page.getByText("it cannot be opened again").waitFor();
  await checkPage(page);
  await press(page, "Close");
  await page.getByText("Closed.").waitFor();
  assert.equal(await page.getByRole("link", { name: "Change this opportunity" }).count(), 0);
  await press(page, "Delete");
  await press(page, "Delete");
  await page.getByText("Deleted.").waitFor();
  await checkPage(page);
  await press(page, "Bring it back");
  await page.getByText("It is back").waitFor();
  await page.context().close();
});

test("a rejection says why, and without scripts too", async () => {
  const { made } = await draft("Turned down");
  const page = await openPage(on, pageOf(made.name), on.county.lead, false);
  await press(page, "Submit for approval");
  await press(page, "Reject");
  await press(page, "Reject");
  await page.getByRole("alert").getByText("Say why").waitFor();
  await checkPage(page);
  await page.getByLabel("Why it is rejected").fill("x".repeat(1001));
  await press(page, "Reject");
  await page
    .getByRole("alert")
    .getByText(/Why it is rejected/)
    .waitFor();
  assert.equal((await page.getByLabel("Why it is rejected").inputValue()).length, 1001);
  await page.getByLabel("Why it is rejected").fill("Needs a risk assessment");
  await press(page, "Reject");
  await page.getByText("Rejected.", { exact: true }).waitFor();
  await page.getByText("Needs a risk assessment").waitFor();
  await page.context().close();
});

test("each role is offered what it may do", async () => {
  const { made } = await draft("Guarded");
  await on.county.as(on.county.lead).opportunities.submitOpportunity({ name: made.name });
  const steps: readonly [Role, readonly string[]][] = [
    [Role.READER, []],
    [Role.CASEWORKER, ["Close"]],
    [Role.MANAGER, ["Approve", "Reject", "Close", "Delete"]],
    [Role.CENTRE_ADMIN, ["Approve", "Reject", "Close", "Delete"]],
  ];
  for (const [role, expected] of steps) {
    const page = await openPage(on, pageOf(made.name), await on.county.credential(role));
    assert.deepEqual(await offered(page), expected, Role[role]);
    assert.equal(await page.getByRole("link", { name: "Change this opportunity" }).count(), role > Role.READER ? 1 : 0);
    await page.context().close();
  }
  const reader = await openPage(on, pageOf(made.name), await on.county.credential(Role.READER));
  for (const path of ["/opportunities/new", `${pageOf(made.name)}/edit`]) {
    const response = await reader.goto(on.county.url + path);
    assert.equal(response?.status(), 403, path);
  }
  await reader.goto(`${on.county.url}/opportunities`);
  assert.equal(await reader.getByRole("button", { name: "Write an opportunity" }).count(), 0);
  await reader.context().close();
});

test("what a step needs, and what came between, is said", async () => {
  const { made, organisation } = await draft("Hindered");
  const { opportunities, organisations } = on.county.as(on.county.lead);
  const bare = await opportunities.createOpportunity({ parent: ashford, opportunity: { title: "Bare" } });
  const page = await openPage(on, pageOf(bare.name), on.county.lead);
  await press(page, "Submit for approval");
  await page.getByText("More is needed first").waitFor();
  await checkPage(page);
  const suspended = await organisations.suspendOrganisation({ name: organisation.name, reason: "Test" });
  await on.county.as(on.county.lead).matching.matchVolunteers({
    parent: ashford,
    role: { case: "opportunity", value: made.name },
    atLeastAsFresh: suspended.consistencyToken,
  });
  await page.goto(on.county.url + pageOf(made.name));
  await press(page, "Submit for approval");
  await page.getByText("Its organisation is suspended").waitFor();
  await opportunities.updateOpportunity({ opportunity: { name: made.name, title: "Hindered more" } });
  await press(page, "Delete");
  await opportunities.updateOpportunity({ opportunity: { name: made.name, title: "Hindered again" } });
  await press(page, "Delete");
  await page.getByRole("heading", { name: "Someone else changed this in the meantime" }).waitFor();
  await checkPage(page);
  await page.context().close();
});
