// Referrals in hand by their stage, the longest waiting first.
import { Referral_Stage } from "#protos/brokerage/matching/v1/referral_pb";
import { MatchingService } from "#protos/brokerage/matching/v1/matching_service_pb";

import type { Answer, Visit } from "../../server/page.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { referralStages } from "../../texts/en-GB/referral-words.ts";
import { listAddress } from "../shared/listing.ts";
import { cardOf, centresOf } from "../shared/referrals/card.ts";
import { longestWaiting } from "../shared/referrals/read.ts";
import { liveStages } from "../shared/referrals/stages.ts";
import { referralSearch } from "../shared/referrals/terms.ts";

const t = texts.referrals.board;

export async function showBoard(visit: Visit): Promise<Answer> {
  const { caller } = visit.session;
  const found = await Promise.all(
    liveStages.map((stage) =>
      longestWaiting(visit, caller.centre, [{ field: "stage", op: "=", value: Referral_Stage[stage] }]),
    ),
  );
  const nameOf = await centresOf(
    visit,
    found.flatMap(({ referrals }) => referrals),
  );
  const columns = found.map(({ referrals, more }, index) => {
    const stage = liveStages[index] ?? Referral_Stage.UNSPECIFIED;
    const name = referralStages[stage].text;
    return {
      stage: referralStages[stage],
      count: more ? t.atLeast(referrals.length) : String(referrals.length),
      cards: referrals.map((referral) => cardOf(visit, referral, nameOf)),
      all: more
        ? {
            text: t.all(name),
            href: listAddress(visit, referralSearch, { stage: Referral_Stage[stage] }),
          }
        : undefined,
    };
  });
  return {
    view: "pages/referrals/board.njk",
    model: {
      columns,
      isEmpty: columns.every(({ cards }) => cards.length === 0),
      list: referralSearch.path,
      roles: visit.may(MatchingService.method.matchVolunteers) ? "/opportunities" : undefined,
    },
  };
}
