// The live referrals of a role or of a volunteer: while one lives, its pair is in no list of matches.
import { ReferralService } from "#protos/brokerage/matching/v1/referral_service_pb";

import type { Visit } from "../../../server/page.ts";
import { listAddress } from "../listing.ts";
import { cardsOf } from "./card.ts";
import type { Card } from "./card.ts";
import { lastChanged, live, ofPair, sideField } from "./read.ts";
import { referralSearch, termsAbout } from "./terms.ts";

const { listReferrals } = ReferralService.method;

/** So many stand open; the others are unfolded. */
const open = 5;

export interface InHand {
  /** The last changed first: the one that was just acted on is on top. */
  readonly cards: readonly Card[];
  readonly folded: readonly Card[];
  /** Whether whoever looks may take a step of any. */
  readonly hasSteps: boolean;
  /** Whether there are more than are shown. */
  readonly more: boolean;
  /** Where all of them are listed, those that are over too; of a pair they are all here. */
  readonly all?: string;
}

/** Of `name`, a volunteer or a role; undefined for those who see no referrals. */
export async function inHandOf(visit: Visit, name: string): Promise<InHand | undefined> {
  if (!visit.may(listReferrals)) return undefined;
  const { referrals, more } = await lastChanged(visit, [live, { field: sideField(name), op: "=", value: name }]);
  const all = listAddress(visit, referralSearch, termsAbout(visit.session.caller, name));
  return { ...fold(await cardsOf(visit, referrals)), more, all };
}

/** Of a pair, those that it had too. */
export async function inHandOfPair(visit: Visit, pair: Parameters<typeof ofPair>[1]): Promise<InHand | undefined> {
  if (!visit.may(listReferrals)) return undefined;
  return { ...fold(await cardsOf(visit, await ofPair(visit, pair))), more: false };
}

const fold = (cards: readonly Card[]) => ({
  cards: cards.slice(0, open),
  folded: cards.slice(open),
  hasSteps: cards.some(({ steps }) => steps.length > 0),
});
