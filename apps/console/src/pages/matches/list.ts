// The matches of a role or of a volunteer, best first, page by page, by the weights that one chooses.
import type { Match } from "#protos/brokerage/matching/v1/match_pb";
import { MatchingService } from "#protos/brokerage/matching/v1/matching_service_pb";

import type { Answer, Visit } from "../../server/page.ts";
import { pageOf } from "../../services/names.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { momentText } from "../shared/dates.ts";
import { readPage, search } from "../shared/listing.ts";
import type { List, Listed } from "../shared/listing.ts";
import { choose } from "../shared/options.ts";
import { shareText } from "../shared/percent.ts";
import { inHandOf } from "../shared/referrals/in-hand.ts";
import type { InHand } from "../shared/referrals/in-hand.ts";
import { adviceFor } from "./advice.ts";
import { askMatches, otherOf } from "./ask.ts";
import type { Matches } from "./ask.ts";
import { comparedDepth, moveOf } from "./moves.ts";
import type { Move } from "./moves.ts";
import { pairPath } from "./pair-address.ts";
import { conditionsOf, measuresOf, partsOf } from "./pair-words.ts";
import { shortlistForm } from "./shortlist.ts";
import { crumbsTo, isForeign, readSubject, subjectOf } from "./subject.ts";
import type { Subject } from "./subject.ts";
import { defaultWeights, readWeightNames, weightOptions } from "./weights.ts";
import type { WeightNames } from "./weights.ts";

const t = texts.matches;

export const pageSize = 20;
/** A list of fewer is thin: then it is told what would bring more. */
const thin = 10;

type MatchList = Listed<Match, Matches>;

function listOf(subject: Subject): List<Match, Matches> {
  return {
    path: subject.path,
    defaults: { weights: defaultWeights, compared: "" },
    read: (visit, terms, pageToken) =>
      askMatches(visit, subject, { weights: terms["weights"] ?? defaultWeights, pageSize, pageToken, explain: true }),
  };
}

/** The place of each in the list by the weights before; empty when nothing is compared. */
async function placesBefore(visit: Visit, subject: Subject, listed: MatchList): Promise<ReadonlyMap<string, number>> {
  const compared = listed.terms["compared"] ?? "";
  if (compared === "" || compared === listed.answered.weights) return new Map();
  const before = await askMatches(visit, subject, { weights: compared, pageSize: comparedDepth });
  return new Map(before.items.map((match, index) => [otherOf(subject, match), index + 1]));
}

async function resultsModel(
  visit: Visit,
  subject: Subject,
  listed: MatchList,
  names: WeightNames,
  inHand: InHand | undefined,
) {
  const { weights, revision } = listed.answered;
  const isThin = listed.number === 1 && listed.items.length < thin;
  const [before, advice] = await Promise.all([
    placesBefore(visit, subject, listed),
    isThin ? adviceFor(visit, subject, weights) : undefined,
  ]);
  const first = (listed.number - 1) * pageSize + 1;
  const rows = listed.items.map((match, index) => {
    const other = otherOf(subject, match);
    const rank = first + index;
    const move = before.size === 0 ? undefined : moveOf(rank, before.get(other));
    return rowOf(subject, match, weights, { rank, move });
  });
  const compared = listed.terms["compared"] ?? "";
  return {
    kind: subject.kind,
    side: t[subject.kind],
    rows,
    first,
    advice,
    live:
      subject.kind === "opportunity" && listed.number === 1
        ? `${subject.path}/live?weights=${encodeURIComponent(weights)}`
        : "",
    address: listed.address,
    pages: listed.pages,
    inHand,
    shortlist: shortlistForm(visit, subject, { weights, revision, back: listed.address }),
    weights,
    notes: [
      t.asOf(momentText(listed.answered.asOf)),
      t.weighed(names.get(weights) ?? weights),
      ...(before.size === 0 ? [] : [t.moves.against(names.get(compared) ?? compared)]),
    ],
  };
}

interface Placed {
  readonly rank: number;
  readonly move: Move | undefined;
}

function rowOf(subject: Subject, match: Match, weights: string, placed: Placed) {
  const other = otherOf(subject, match);
  const shown = match.shownRankMillionths;
  return {
    ...placed,
    other,
    name: match.displayName,
    organisation: match.organisationDisplayName,
    href: pageOf(other),
    reverse: `${pageOf(other)}/matches`,
    pair: pairPath(match.opportunity, match.volunteer, weights),
    score: shareText(match.scoreMillionths),
    lowered: shown === undefined || shown === match.scoreMillionths ? "" : t.lowered(shareText(shown)),
    measures: measuresOf(match),
    parts: partsOf(match.explanation?.parts ?? []),
    conditions: conditionsOf(match.explanation?.conditions ?? []),
    notes: match.notes,
  };
}

export async function showMatches(visit: Visit): Promise<Answer> {
  const subject = subjectOf(visit);
  const [shown, listed, names, inHand] = await Promise.all([
    readSubject(visit, subject),
    readPage(visit, listOf(subject)),
    readWeightNames(visit),
    inHandOf(visit, subject.name),
  ]);
  const model = {
    ...(await resultsModel(visit, subject, listed, names, inHand)),
    breadcrumbs: crumbsTo(subject, shown),
    heading: t[subject.kind].title(shown.title),
    idle: shown.idle,
    foreign: isForeign(visit.session.caller, subject.name),
    path: subject.path,
    mayWeigh: visit.may(MatchingService.method.createWeightSet),
    weightItems: choose(weightOptions(names), listed.answered.weights),
  };
  return { view: "pages/matches/list.njk", model };
}

export async function weighMatches(visit: Visit): Promise<Answer> {
  const subject = subjectOf(visit);
  return search(visit, listOf(subject), async (listed) => {
    const [names, inHand] = await Promise.all([readWeightNames(visit), inHandOf(visit, subject.name)]);
    return { view: "pages/matches/results.njk", model: await resultsModel(visit, subject, listed, names, inHand) };
  });
}
