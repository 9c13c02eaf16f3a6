// One volunteer: what is known, and the steps that may be taken.
import { Role } from "#protos/brokerage/common/v1/access_pb";
import { MatchingService } from "#protos/brokerage/matching/v1/matching_service_pb";
import { VolunteerService } from "#protos/brokerage/matching/v1/volunteer_service_pb";

import type { Answer, Visit } from "../../server/page.ts";
import { mayChange } from "../../services/access.ts";
import { centreOf, pageOf } from "../../services/names.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { volunteerStates } from "../../texts/en-GB/words.ts";
import { inHandOf } from "../shared/referrals/in-hand.ts";
import { stepsFor } from "../shared/steps.ts";
import { nameOf } from "./address.ts";
import { sectionsOf } from "./profile-sections.ts";
import { partLinks } from "./parts/index.ts";
import { stepped, volunteerSteps } from "./steps.ts";

export async function showVolunteer(visit: Visit): Promise<Answer> {
  const volunteer = await visit.clients.volunteers.getVolunteer({ name: nameOf(visit) });
  const { caller } = visit.session;
  const [skills, causes, districts, inHand] = await Promise.all([
    visit.reference.skills(),
    visit.reference.causes(),
    visit.reference.districts(),
    inHandOf(visit, volunteer.name),
  ]);
  const mayEdit = mayChange(caller, VolunteerService.method.updateVolunteer, centreOf(volunteer.name));
  return {
    view: "pages/volunteers/profile.njk",
    model: {
      breadcrumbs: [{ text: texts.volunteers.title, href: "/volunteers" }, { text: volunteer.displayName }],
      name: volunteer.name,
      displayName: volunteer.displayName,
      state: volunteerStates[volunteer.state],
      sections: sectionsOf(volunteer, { skills, causes, districts }),
      hidden: centreOf(volunteer.name) !== caller.centre && caller.role !== Role.LEAD_ADMIN,
      mayMatch: visit.may(MatchingService.method.matchOpportunities),
      inHand,
      href: pageOf(volunteer.name),
      mayEdit,
      parts: partLinks(pageOf(volunteer.name)),
      steps: stepsFor(visit, volunteerSteps, stepped(volunteer)),
    },
  };
}
