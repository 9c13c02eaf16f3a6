// What a centre does for someone on the telephone: from signing in to their introduction, counted.
import assert from "node:assert/strict";
import type { Browser } from "playwright-core";

import { Role } from "#protos/brokerage/common/v1/access_pb";
import { DayOfWeek } from "#protos/brokerage/common/v1/date_time_pb";
import { LicenceKind } from "#protos/brokerage/common/v1/licence_pb";

import { checkPage, newPage } from "./browser.ts";
import type { County } from "./county.ts";
import { Keyboard, Mouse } from "./hands.ts";
import type { Hands } from "./hands.ts";
import { anOrganisation, openRole } from "./match-scene.ts";

const wanted = "Lunch club helper";
const notFor = "Dial-a-ride driver";
const phone = "01233 555123";

/** A role that fits whoever calls, and one that does not. */
export async function makeRoles(county: County): Promise<void> {
  const clients = county.as(county.lead);
  const windows = [{ dayOfWeek: DayOfWeek.MONDAY, startTime: { hours: 8 }, endTime: { hours: 12 } }];
  const role = {
    organisation: await anOrganisation(clients),
    place: { postcode: "TN23 1PL" },
    schedule: { kind: { case: "weekly" as const, value: { windows } } },
    skills: [{ skill: "skills/first-aid" }],
    places: 9,
  };
  await openRole(clients, { ...role, title: wanted });
  await openRole(clients, { ...role, title: notFor, licences: [LicenceKind.MINIBUS] });
}

export interface Way {
  readonly name: string;
  readonly scripts: boolean;
  readonly hands: new (page: Hands["page"]) => Hands;
}

export const ways: readonly Way[] = [
  { name: "with a mouse", scripts: true, hands: Mouse },
  { name: "with the keyboard alone", scripts: true, hands: Keyboard },
  { name: "without scripts", scripts: false, hands: Mouse },
];

interface Walked {
  readonly interactions: number;
  readonly tabs: number;
  readonly seconds: number;
}

/** Holds the page to the rules of every page, where they are asked for. */
type Look = (hands: Hands) => Promise<void>;

/** Goes the whole way. The family name is one that nobody has yet. `held`: whether each page is held to its rules besides. */
export async function walk(
  browser: Browser,
  county: County,
  way: Way,
  familyName: string,
  held: boolean,
): Promise<Walked> {
  const token = await county.credential(Role.CASEWORKER);
  const page = await newPage(browser, { javaScriptEnabled: way.scripts });
  const hands = new way.hands(page);
  const look: Look = held ? () => checkPage(page) : () => Promise.resolve();
  const began = performance.now();
  await page.goto(county.url);
  await signIn(hands, token);
  await register(hands, familyName, way.scripts);
  await findRoles(hands, look);
  await explain(hands, familyName, look);
  await introduce(hands, look);
  const walked = { interactions: hands.interactions, tabs: hands.tabs, seconds: (performance.now() - began) / 1000 };
  await page.context().close();
  return walked;
}

const button = ({ page }: Hands, name: string) => page.getByRole("button", { name, exact: true });
const link = ({ page }: Hands, name: string) => page.getByRole("link", { name, exact: true }).first();

async function signIn(hands: Hands, token: string): Promise<void> {
  await hands.fill(hands.page.getByLabel("Your credential"), token);
  await hands.press(button(hands, "Sign in"));
}

async function register(hands: Hands, familyName: string, scripts: boolean): Promise<void> {
  const { page } = hands;
  await hands.press(link(hands, "Register a volunteer"));
  await hands.fill(page.getByLabel("Given name"), "Wendy");
  await hands.fill(page.getByLabel("Family name"), familyName);
  await hands.fill(page.getByLabel("Telephone number"), phone);
  await hands.fill(page.getByLabel("Postcode"), "TN23 1PL");
  await hands.choose(page.getByLabel("How far they travel"), "5 miles");
  await hands.fill(page.getByLabel("Add a skill"), "frist aid");
  if (!scripts) await hands.press(button(hands, "Find").first());
  await hands.tick(page.getByLabel("First aid", { exact: true }));
  await hands.tick(page.getByLabel("Monday Morning"));
  await hands.press(button(hands, "Save and start matching"));
  await page.getByText(`Wendy ${familyName} is registered, and is matched from now on.`).waitFor();
}

async function findRoles(hands: Hands, look: Look): Promise<void> {
  const { page } = hands;
  await hands.press(link(hands, "Find roles for this volunteer"));
  const match = page.locator(".console-match", { hasText: wanted });
  for (const reason of ["less than half a mile away", "4 hours of 4 hours covered"])
    await match.getByText(reason).waitFor();
  await hands.press(match.locator("summary"));
  await match.getByText("What holds").waitFor();
  await look(hands);
}

async function explain(hands: Hands, familyName: string, look: Look): Promise<void> {
  const { page } = hands;
  await hands.fill(page.getByLabel("Words of the title"), "dial");
  await hands.press(button(hands, "Search"));
  await page.getByText("A licence or certificate is missing").waitFor();
  await look(hands);
  await hands.press(link(hands, notFor));
  await page.getByText("Not a match: 1 of 14 conditions does not hold").waitFor();
  await page.getByText("Nearest fix:").waitFor();
  await look(hands);
  await hands.press(link(hands, `Roles for Wendy ${familyName}`));
}

async function introduce(hands: Hands, look: Look): Promise<void> {
  const { page } = hands;
  for (const [step, said] of [
    ["Shortlist", "is shortlisted for"],
    ["Offer", "was asked."],
    ["Record consent", "agreed to be introduced."],
    ["Introduce", "is introduced."],
  ] as const) {
    if (step === "Record consent") await hands.choose(page.getByLabel("Consent given by"), "telephone");
    await hands.press(page.getByRole("button", { name: new RegExp(`^${step} – `) }).and(ofRole(hands, step)));
    await page.getByText(said).waitFor();
    await look(hands);
  }
  assert.ok(await page.getByText(phone).isVisible(), "how to reach them is shown");
}

/** Of a list's buttons, those of the role; in hand there is this one alone. */
const ofRole = ({ page }: Hands, step: string) =>
  step === "Shortlist" ? page.getByRole("button", { name: `Shortlist – ${wanted}` }) : page.getByRole("button");
