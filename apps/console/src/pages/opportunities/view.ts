// One opportunity: what is known, and the steps that may be taken.
import { MatchingService } from "#protos/brokerage/matching/v1/matching_service_pb";
import { OpportunityService } from "#protos/brokerage/matching/v1/opportunity_service_pb";

import type { Answer, Visit } from "../../server/page.ts";
import { mayChange } from "../../services/access.ts";
import { centreOf, pageOf } from "../../services/names.ts";
import { organisationNames } from "../../services/organisations.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { opportunityStates } from "../../texts/en-GB/words.ts";
import { inHandOf } from "../shared/referrals/in-hand.ts";
import { stepsFor } from "../shared/steps.ts";
import { nameOf } from "./address.ts";
import { isWritten, opportunitySteps, stepped } from "./steps.ts";
import { sectionsOf } from "./view-sections.ts";

const t = texts.opportunities;

export async function showOpportunity(visit: Visit): Promise<Answer> {
  const opportunity = await visit.clients.opportunities.getOpportunity({ name: nameOf(visit) });
  const [organisations, skills, causes, districts, inHand] = await Promise.all([
    organisationNames(visit.clients, [opportunity.organisation]),
    visit.reference.skills(),
    visit.reference.causes(),
    visit.reference.districts(),
    inHandOf(visit, opportunity.name),
  ]);
  const organisation = organisations.get(opportunity.organisation);
  const mayEdit =
    isWritten(opportunity.state) &&
    mayChange(visit.session.caller, OpportunityService.method.updateOpportunity, centreOf(opportunity.name));
  return {
    view: "pages/opportunities/view.njk",
    model: {
      breadcrumbs: [{ text: t.title, href: "/opportunities" }, { text: opportunity.title }],
      mayMatch: visit.may(MatchingService.method.matchVolunteers),
      displayTitle: opportunity.title,
      href: pageOf(opportunity.name),
      organisation:
        organisation === undefined ? undefined : { href: pageOf(opportunity.organisation), text: organisation },
      state: opportunityStates[opportunity.state],
      inHand,
      mayEdit,
      steps: stepsFor(visit, opportunitySteps, stepped(opportunity)),
      sections: sectionsOf(opportunity, { skills, causes, districts }),
    },
  };
}
