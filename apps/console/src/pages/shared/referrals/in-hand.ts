// The live referrals of a role or of a volunteer: while one lives, its pair is in no list of matches.
import { ReferralService } from "#protos/brokerage/matching/v1/referral_service_pb";

import type { Visit } from "../../../server/page.ts";
import { failureOf } from "../../../services/failure.ts";
import type { Term } from "../../../services/filter.ts";
import { cardsOf } from "./card.ts";
import type { Card } from "./card.ts";
import { findReferrals, sideField } from "./read.ts";

export interface InHand {
  readonly cards: readonly Card[];
  /** Whether there are more than are shown. */
  readonly more: boolean;
}

/** Of `name`, a volunteer or a role; undefined for those who see no referrals, "away" when they cannot be had. */
export function inHandOf(visit: Visit, name: string): Promise<InHand | "away" | undefined> {
  const live = { field: "live", op: "=", value: "true" } as const;
  return readCards(visit, [live, { field: sideField(name), op: "=", value: name }]);
}

export async function readCards(visit: Visit, terms: readonly Term[]): Promise<InHand | "away" | undefined> {
  if (!visit.may(ReferralService.method.listReferrals)) return undefined;
  try {
    const { referrals, more } = await findReferrals(visit, terms);
    return { cards: await cardsOf(visit, referrals), more };
  } catch (error) {
    // A page of matches is of use without.
    if (failureOf(error)?.kind !== "unavailable") throw error;
    return "away";
  }
}
