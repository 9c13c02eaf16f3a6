// One pair: every condition with its fact, the nearest fix of each that fails, and how the score is made.
import type { ExplainMatchResponse } from "#protos/brokerage/matching/v1/matching_service_pb";

import type { Answer, Visit } from "../../server/page.ts";
import { pageOf } from "../../services/names.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { momentText } from "../shared/dates.ts";
import { shareText } from "../shared/percent.ts";
import { inHandOfPair } from "../shared/referrals/in-hand.ts";
import { mayShortlist } from "../shared/referrals/stages.ts";
import { pairOf, pairPath } from "./pair-address.ts";
import { conditionsOf, measuresOf, partsOf } from "./pair-words.ts";
import type { Condition } from "./pair-words.ts";
import { shortlistForm } from "./shortlist.ts";
import { crumbsTo, readSubject, subjectOf } from "./subject.ts";
import { defaultWeights, readWeightNames } from "./weights.ts";

const t = texts.matches.pairPage;

export async function showPair(visit: Visit): Promise<Answer> {
  const pair = pairOf(visit);
  const subject = subjectOf(visit);
  const [answer, role, volunteer, weights, referrals] = await Promise.all([
    visit.clients.matching.explainMatch(pair),
    readSubject(visit, subject),
    visit.clients.volunteers.getVolunteer({ name: pair.volunteer }),
    readWeightNames(visit),
    inHandOfPair(visit, pair),
  ]);
  const isMatch = answer.scoreMillionths !== undefined;
  const back = pairPath(pair.opportunity, pair.volunteer, pair.weightSet || defaultWeights);
  const conditions = conditionsOf(answer.conditions);
  const failed = conditions.filter(({ holds }) => !holds);
  const heading = t.title(volunteer.displayName, role.title);
  return {
    view: "pages/matches/pair.njk",
    model: {
      breadcrumbs: crumbsTo(subject, role, volunteer.displayName),
      heading,
      back,
      referrals,
      other: pair.volunteer,
      otherName: volunteer.displayName,
      shortlist:
        isMatch && mayShortlist(visit.session.caller, pair)
          ? shortlistForm(visit, subject, { weights: answer.weightSet, revision: answer.indexRevision, back })
          : undefined,
      verdict: verdictOf(answer, failed, conditions.length),
      failed,
      held: conditions.filter(({ holds }) => holds),
      parts: partsOf(answer.workings),
      measures: measuresOf(answer),
      notes: answer.notes,
      asOf: [
        texts.matches.asOf(momentText(answer.asOf)),
        texts.matches.weighed(weights.get(answer.weightSet) ?? answer.weightSet),
      ],
      links: [
        { href: pageOf(pair.volunteer), text: t.volunteer(volunteer.displayName) },
        { href: `${pageOf(pair.volunteer)}/matches`, text: texts.matches.volunteer.title(volunteer.displayName) },
        { href: pageOf(pair.opportunity), text: t.role(role.title) },
        { href: subject.path, text: texts.matches.opportunity.title(role.title) },
      ],
    },
  };
}

function verdictOf({ scoreMillionths }: ExplainMatchResponse, failed: readonly Condition[], all: number): string {
  return scoreMillionths === undefined ? t.noMatch(failed.length, all) : t.match(shareText(scoreMillionths));
}
