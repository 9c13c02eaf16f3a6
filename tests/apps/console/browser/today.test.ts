// The start page: what is waiting, counted, with the lists that it counts.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";

import { Role } from "#protos/brokerage/common/v1/access_pb";
import { LicenceKind } from "#protos/brokerage/common/v1/licence_pb";
import { DayOfWeek } from "#protos/brokerage/common/v1/date_time_pb";
import { Organisation_Kind } from "#protos/brokerage/registry/v1/organisation_pb";

import { londonDayAfter } from "../../../../apps/console/src/pages/shared/dates.ts";
import { checkPage, newPage, signIn } from "../support/browser.ts";
import { until } from "../support/processes.ts";
import { suite } from "../support/suite.ts";

const dover = "centres/dover";

/** The London day so many days from now. */
function inDays(days: number) {
  const [year = 0, month = 0, day = 0] = londonDayAfter(Date.now(), days).split("-").map(Number);
  return { year, month, day };
}

const on = suite({ volunteers: 5, opportunities: 5 }, async (county) => {
  const clients = county.as(county.lead);
  const organisation = await clients.organisations.createOrganisation({
    organisation: { displayName: "Today Society", kind: Organisation_Kind.CHARITY },
  });
  for (const [index, title] of ["First waiting", "Second waiting"].entries()) {
    const made = await clients.opportunities.createOpportunity({
      parent: dover,
      opportunity: { title, remote: true, organisation: organisation.name },
    });
    if (index === 0) {
      await clients.matching.matchVolunteers({
        parent: dover,
        role: { case: "opportunity", value: made.name },
        atLeastAsFresh: organisation.consistencyToken,
      });
    }
    await clients.opportunities.submitOpportunity({ name: made.name });
  }
  const [soon, late] = [inDays(30), inDays(31)];
  for (const [name, expireDate] of [
    ["Paper Soon", soon],
    ["Paper Late", late],
  ] as const) {
    await clients.volunteers.createVolunteer({
      parent: "centres/canterbury",
      volunteer: {
        displayName: name,
        contact: { phone: "01227 000000" },
        licences: [{ kind: LicenceKind.CAR, expireDate }],
      },
    });
  }
  for (const [name, untilDate] of [
    ["Break Soon", inDays(14)],
    ["Break Late", inDays(15)],
    ["Break Open", undefined],
  ] as const) {
    const { name: volunteer } = await clients.volunteers.createVolunteer({
      parent: "centres/canterbury",
      volunteer: {
        displayName: name,
        contact: { phone: "01227 000000" },
        home: { postcode: "CT1 2EH" },
        acceptsRemote: true,
        availability: { weekly: [{ dayOfWeek: DayOfWeek.MONDAY, startTime: { hours: 9 }, endTime: { hours: 12 } }] },
      },
    });
    await clients.volunteers.registerVolunteer({ name: volunteer });
    await clients.volunteers.activateVolunteer({ name: volunteer });
    await clients.volunteers.pauseVolunteer({ name: volunteer, untilDate });
  }
  for (let index = 0; index < 101; index += 1) {
    await clients.volunteers.createVolunteer({
      parent: dover,
      volunteer: { displayName: `Enquirer ${index}`, contact: { phone: "01304 000000" } },
    });
  }
});

async function open(role: Role, scripts = true, centre = dover): Promise<Page> {
  const page = await newPage(on.browser, { javaScriptEnabled: scripts });
  await signIn(page, on.county.url, await on.county.credential(role, centre));
  return page;
}

const rowOf = (page: Page, text: string) => page.locator(".govuk-summary-list__row", { hasText: text });

test("what is waiting is counted, and each count leads to its list", async () => {
  for (const scripts of [true, false]) {
    const page = await open(Role.MANAGER, scripts);
    await page.getByRole("heading", { name: "Today" }).waitFor();
    await checkPage(page);
    const approval = rowOf(page, "Opportunities awaiting approval");
    assert.equal(await approval.locator("dd").innerText(), "2");
    assert.equal(await rowOf(page, "enquiries to follow up").locator("dd").innerText(), "100 or more");
    assert.equal(await rowOf(page, "have expired").count(), 0, "what there is none of is left out");
    await approval.getByRole("link").click();
    const titles = await page.locator("[data-results] tbody th").allInnerTexts();
    assert.deepEqual(titles.sort(), ["First waiting", "Second waiting"]);
    assert.equal(await page.getByLabel("State").inputValue(), "SUBMITTED");
    await checkPage(page);
    await page.goBack();
    await rowOf(page, "enquiries to follow up").getByRole("link").click();
    assert.equal(await page.getByLabel("State").inputValue(), "ENQUIRY");
    await page.getByText("25 volunteers on this page, and more").waitFor();
    await page.context().close();
  }
});

test("what ends soon is counted, and listed with its day", async () => {
  const page = await open(Role.CASEWORKER, true, "centres/canterbury");
  for (const [count, name, title] of [
    ["Checks and licences", "Paper Soon", inDays(30)],
    ["Breaks that end", "Break Soon", inDays(14)],
  ] as const) {
    await page.getByRole("link", { name: "Today" }).click();
    const row = rowOf(page, count);
    assert.equal(await row.locator("dd").innerText(), "1");
    await row.getByRole("link").click();
    assert.deepEqual(await page.locator("[data-results] tbody th").allInnerTexts(), [name]);
    const day = await page.locator("[data-results] td[data-label='Ends on']").innerText();
    assert.ok(day.startsWith(`${title.day} `) && day.endsWith(String(title.year)), day);
    await checkPage(page);
  }
  await page.context().close();
});

test("where nothing is waiting, that is said", async () => {
  const page = await newPage(on.browser);
  await signIn(page, on.county.url, await on.county.credential(Role.READER, "centres/thanet"));
  await page.getByText("Nothing is waiting for you.").waitFor();
  const tasks = await page.getByRole("heading", { level: 3 }).allInnerTexts();
  assert.deepEqual(tasks, ["Volunteers", "Opportunities", "Referrals", "Organisations", "Coverage"]);
  await page.getByRole("link", { name: "Volunteers on a break" }).click();
  assert.equal(await page.getByLabel("State").inputValue(), "ON_BREAK");
  await page.context().close();
});

test("roles to confirm soon are listed by their day", async () => {
  const page = await open(Role.MANAGER);
  await page.goto(`${on.county.url}/opportunities`);
  await page.getByLabel("State").selectOption("");
  await page.getByLabel("Confirm by").selectOption("soon");
  await page.getByText("No opportunity was found").waitFor();
  await checkPage(page);
  await page.context().close();
});

test("whose credential was revoked is asked to sign in, and not told that nothing can be counted", async () => {
  const token = await on.county.credential(Role.MANAGER, "centres/gravesham");
  const page = await newPage(on.browser);
  await signIn(page, on.county.url, token);
  await page.getByRole("heading", { name: "Today" }).waitFor();
  const { centres, matching } = on.county.as(token);
  const { credential } = await centres.getCaller({});
  await on.county.as(on.county.lead).centres.revokeCredential({ name: credential });
  const isLetIn = () =>
    matching.listWeightSets({}).then(
      () => true,
      () => false,
    );
  await until(async () => !(await isLetIn()), "the matching service to know");
  await page.reload();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await page.context().close();
});

test("the page is there when the services are not", async () => {
  // Of a centre whose counts nobody has asked for yet.
  const token = await on.county.credential(Role.MANAGER, "centres/swale");
  const page = await newPage(on.browser);
  await on.county.stopMatching();
  try {
    await signIn(page, on.county.url, token);
    await page.getByText("What is waiting cannot be counted at the moment.").waitFor();
    await page.getByRole("link", { name: "Register a volunteer" }).waitFor();
    await checkPage(page);
  } finally {
    await on.county.startMatching();
  }
  await page.context().close();
});
