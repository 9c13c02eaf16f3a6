// What belongs to another centre, for who may not change it.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Role } from "#protos/brokerage/common/v1/access_pb";

import { checkPage } from "../support/browser.ts";
import { openPage, suite } from "../support/suite.ts";

const on = suite({ volunteers: 60, opportunities: 20 });

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
