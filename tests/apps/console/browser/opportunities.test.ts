// The list of opportunities, and one opportunity.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";

import { pageOf } from "../../../../apps/console/src/services/names.ts";
import { checkPage, newPage, signIn } from "../support/browser.ts";
import { suite } from "../support/suite.ts";

const on = suite({ volunteers: 20, opportunities: 120 });

const titles = (page: Page) => page.locator("[data-results] tbody th").allInnerTexts();

test("open roles are listed with their organisations, and found by title", async () => {
  const page = await newPage(on.browser);
  await signIn(page, on.county.url, on.county.lead);
  await page.goto(`${on.county.url}/opportunities`);
  await page.getByLabel("Whose").selectOption("all");
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("link", { name: "Next page" }).waitFor();
  await checkPage(page);
  const organisations = await page.locator("td[data-label=Organisation]").allInnerTexts();
  assert.ok(organisations.every((name) => name !== ""));
  const [wanted = ""] = await titles(page);
  await page.getByLabel("Words of the title").pressSequentially(wanted);
  await page.waitForFunction(
    (title) =>
      [...document.querySelectorAll("[data-results] tbody th")].every((one) =>
        one.textContent?.trim().toLowerCase().startsWith(title.toLowerCase()),
      ),
    wanted,
  );
  const [organisation = ""] = await page.locator("td[data-label=Organisation]").allInnerTexts();
  await page.locator("[data-results] tbody a").first().click();
  await page.getByRole("heading", { level: 1, name: wanted }).waitFor();
  await checkPage(page);
  await page.getByRole("link", { name: organisation, exact: true }).click();
  await page.getByRole("heading", { level: 1, name: organisation }).waitFor();
  await page.context().close();
});

test("another centre sees the roles that are shared with it", async () => {
  const page = await newPage(on.browser);
  await signIn(page, on.county.url, on.county.partner);
  await page.goto(`${on.county.url}/opportunities`);
  assert.equal(await page.getByLabel("Whose").locator("option[value=all]").count(), 0);
  await page.getByLabel("Whose").selectOption("shared");
  await page.getByRole("button", { name: "Search" }).click();
  await page.locator("[data-results] tbody tr").first().waitFor();
  await page.context().close();
});

test("a role says when it happens in words", async () => {
  const { opportunities } = on.county.as(on.county.lead);
  const role = await opportunities.createOpportunity({
    parent: "centres/ashford",
    opportunity: {
      title: "Evening host",
      remote: true,
      schedule: {
        kind: {
          case: "dated",
          value: {
            recurrence: {
              dtstart: { seconds: 1_796_239_800n, nanos: 0 },
              duration: { seconds: 5400n, nanos: 0 },
              rrule: "FREQ=MONTHLY;BYDAY=2TU,-1FR;UNTIL=20271231",
            },
          },
        },
      },
    },
  });
  const page = await newPage(on.browser);
  await signIn(page, on.county.url, on.county.lead);
  await page.goto(on.county.url + pageOf(role.name));
  await page.getByText("Every month on the second Tuesday and the last Friday until 31 December 2027").waitFor();
  await page.getByText("for 1 hour 30 minutes each time").waitFor();
  await checkPage(page);
  await page.context().close();
});
