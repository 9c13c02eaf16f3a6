import { MatchingService } from "#protos/brokerage/matching/v1/matching_service_pb";
import { OpportunityService } from "#protos/brokerage/matching/v1/opportunity_service_pb";
import { ReferralService } from "#protos/brokerage/matching/v1/referral_service_pb";
import { VolunteerService } from "#protos/brokerage/matching/v1/volunteer_service_pb";

import { get, post } from "../../server/page.ts";
import type { Feature, Route } from "../../server/page.ts";
import { makeChange, showChange } from "./change.ts";
import { showMatches, weighMatches } from "./list.ts";
import { followMatches } from "./live.ts";
import { pairAddress } from "./pair-address.ts";
import { showPair } from "./pair.ts";
import { shortlist } from "./shortlist.ts";
import { addresses } from "./subject.ts";
import { makeWeights, showWeights } from "./new-weights.ts";
import { lookUp, showWhyNot } from "./why-not.ts";

const { method } = MatchingService;
const weigh = [method.createWeightSet, method.listWeightSets];
const role = OpportunityService.method;
const volunteer = VolunteerService.method;

/** The pages about one side, which call `list` for its matches, `read` for itself and `find` for the other side. */
function pagesOf(
  address: string,
  calls: Readonly<Record<"list" | "read" | "find" | "update", Route["needs"][number]>>,
) {
  const list = [calls.list, calls.read, method.listWeightSets];
  const whyNot = [method.explainMatch, calls.read, calls.find];
  return [
    get(address, list, showMatches),
    post(address, list, weighMatches),
    get(`${address}/why-not`, whyNot, showWhyNot),
    post(`${address}/why-not`, whyNot, lookUp),
    get(`${address}/change`, [calls.list, calls.read], showChange),
    post(`${address}/change`, [calls.read, calls.update], makeChange),
    post(`${address}/shortlist`, [ReferralService.method.shortlistVolunteer], shortlist),
  ];
}

export const matches: Feature = {
  routes: [
    ...pagesOf(addresses.opportunity, {
      list: method.matchVolunteers,
      read: role.getOpportunity,
      find: volunteer.listVolunteers,
      update: role.updateOpportunity,
    }),
    get(`${addresses.opportunity}/live`, [method.watchMatches], followMatches),
    ...pagesOf(addresses.volunteer, {
      list: method.matchOpportunities,
      read: volunteer.getVolunteer,
      find: role.listOpportunities,
      update: volunteer.updateVolunteer,
    }),
    get("/weights", weigh, showWeights),
    post("/weights", weigh, makeWeights),
    get(pairAddress, [method.explainMatch, role.getOpportunity, volunteer.getVolunteer], showPair),
  ],
};
