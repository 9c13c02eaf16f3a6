// The questions about matches, the same for both sides.
import type { Timestamp } from "@bufbuild/protobuf/wkt";

import type { Match } from "#protos/brokerage/matching/v1/match_pb";

import type { Visit } from "../../server/page.ts";
import type { Read } from "../shared/listing.ts";
import { parentFor } from "./subject.ts";
import type { Subject } from "./subject.ts";

export interface Question {
  /** `weightSets/{weight_set}`. */
  readonly weights: string;
  readonly pageSize: number;
  readonly pageToken?: string;
  readonly explain?: boolean;
}

export interface Matches extends Read<Match> {
  readonly asOf: Timestamp | undefined;
  /** `weightSets/{weight_set}`: the one that was used. */
  readonly weights: string;
  /** What the list was answered from, as a consistency token. */
  readonly revision: string;
}

/** The matches of a subject, best first. */
export async function askMatches(visit: Visit, { kind, name }: Subject, question: Question): Promise<Matches> {
  const { weights, ...rest } = question;
  const request = { ...rest, parent: parentFor(visit.session.caller, name), weightSet: weights };
  const { matching } = visit.clients;
  const answer =
    kind === "opportunity"
      ? await matching.matchVolunteers({ ...request, role: { case: "opportunity", value: name } })
      : await matching.matchOpportunities({ ...request, volunteer: name });
  const { matches, nextPageToken, asOf, weightSet, indexRevision } = answer;
  return { items: matches, nextPageToken, asOf, weights: weightSet, revision: indexRevision };
}

/** The name of a match's other side. */
export const otherOf = ({ kind }: Subject, match: Match) =>
  kind === "opportunity" ? match.volunteer : match.opportunity;
