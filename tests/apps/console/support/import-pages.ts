// Importing a file in a browser, as tests do it.
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";

import { Role } from "#protos/brokerage/common/v1/access_pb";

import { press } from "./browser.ts";
import type { County } from "./county.ts";

export interface SentFile {
  readonly name: string;
  readonly text: string | Buffer;
}

/** Chooses a file and sends it. */
export async function send(page: Page, county: County, { name, text }: SentFile, kind = "Volunteers"): Promise<void> {
  await page.goto(`${county.url}/import`);
  await page.getByLabel(kind, { exact: true }).check();
  await page.locator("input[type=file]").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
  await press(page, "Check it");
}

/** Waits until work has ended; without scripts the page is asked for again. */
export async function arrive(page: Page, heading: string): Promise<void> {
  const refresh = page.getByRole("link", { name: "Show how far it is now" });
  const there = page.getByRole("heading", { name: heading, level: 1 });
  await there.or(refresh).first().waitFor();
  while (await refresh.isVisible()) await refresh.click();
  await there.waitFor();
}

export const fact = (page: Page, key: string) =>
  page.locator(".govuk-summary-list__row", { has: page.getByText(key, { exact: true }) }).locator("dd");

export async function download(page: Page, link: string): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: link }).click()]);
  return readFileSync(await file.path(), "utf8");
}

export const people = `Forename,Surname,E-mail,Telephone,Postcode,How far (miles),Skills,Available,Share,Consent date,Status,Star sign
Ann,Import,ann.import@example.org,01233 555 0101,tn23 1pl,5,"first aid:4; driving",Mon evening; Sat 09:10-12:00,county,15/1/2026,searching,Leo
Bea,Import,,+44 1233 555 0102,TN24 8UN,,,,,,,
Cy,Import,no address,five,ZZ99 9ZZ,far,juggling chainsaws,sometimes,county,,searching,
`;

export const peopleFile = { name: "people.csv", text: people };

export const caseworker = (county: County, centre = "ashford") =>
  county.credential(Role.CASEWORKER, `centres/${centre}`);

/** The volunteers of a centre whose names begin so. */
export async function stored(county: County, centre: string, name: string) {
  const { volunteers } = county.as(county.lead);
  const filter = `display_name:"${name}" AND centre=centres/${centre}`;
  return (await volunteers.listVolunteers({ parent: `centres/${centre}`, pageSize: 1000, filter })).volunteers;
}
