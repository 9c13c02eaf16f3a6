// Referrals that are begun, and what is done with them on the pages where they are in hand.
import type { Locator, Page } from "playwright-core";

import { IntroductionConsent_Means } from "#protos/brokerage/matching/v1/referral_pb";
import type { Referral } from "#protos/brokerage/matching/v1/referral_pb";

import { centreOf, pageOf } from "../../../../apps/console/src/services/names.ts";
import { checkPage, press } from "./browser.ts";
import type { County } from "./county.ts";

export const matchesOf = (name: string) => `${pageOf(name)}/matches`;

/** Of those in hand, the one that is called so. */
export const inHand = (page: Page, name: string): Locator => page.locator(".console-in-hand li", { hasText: name });

/** Looks at the page, then presses a step's button of one referral that is in hand. */
export async function take(page: Page, step: string, name: string, said: RegExp): Promise<void> {
  await checkPage(page);
  await press(page, `${step} – ${name}`);
  await page.getByText(said).waitFor();
}

/** The name of a referral that was begun. */
export async function shortlisted(county: County, opportunity: string, volunteer: string): Promise<string> {
  const { referrals } = county.as(county.lead);
  return (await referrals.shortlistVolunteer({ parent: centreOf(volunteer), opportunity, volunteer })).name;
}

/** A referral that has come to the introduction. */
export async function introduced(county: County, opportunity: string, volunteer: string): Promise<Referral> {
  const { referrals } = county.as(county.lead);
  const name = await shortlisted(county, opportunity, volunteer);
  await referrals.offerReferral({ name });
  await referrals.recordConsent({ name, means: IntroductionConsent_Means.TELEPHONE });
  return referrals.introduceVolunteer({ name });
}
