// One organisation: what is known, and the steps that may be taken.
import { Role } from "#protos/brokerage/common/v1/access_pb";
import { OpportunityService } from "#protos/brokerage/matching/v1/opportunity_service_pb";
import { Organisation_State } from "#protos/brokerage/registry/v1/organisation_pb";
import { OrganisationService } from "#protos/brokerage/registry/v1/organisation_service_pb";

import type { Answer, Visit } from "../../server/page.ts";
import { mayChange } from "../../services/access.ts";
import { centreNames } from "../../services/centres.ts";
import { pageOf } from "../../services/names.ts";
import { organisationNames } from "../../services/organisations.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { organisationStates } from "../../texts/en-GB/words.ts";
import { listAddress } from "../shared/listing.ts";
import { opportunitySearch } from "../shared/records.ts";
import { stepsFor } from "../shared/steps.ts";
import { nameIn } from "../shared/terms.ts";
import { nameOf } from "./address.ts";
import { mayHandOver } from "./hand-over.ts";
import { organisationSteps, stepped } from "./steps.ts";
import { sectionsOf } from "./view-sections.ts";

/** Where all that it offers is listed, as far as one sees it; undefined for those who see no list of roles. */
function rolesOf(visit: Visit, organisation: string): string | undefined {
  if (!visit.may(OpportunityService.method.listOpportunities)) return undefined;
  const whose = visit.session.caller.role === Role.LEAD_ADMIN ? "all" : "shared";
  return listAddress(visit, opportunitySearch, { state: "", whose, organisation });
}

export async function showOrganisation(visit: Visit): Promise<Answer> {
  const organisation = await visit.clients.organisations.getOrganisation({ name: nameOf(visit) });
  const { caller } = visit.session;
  const [organisations, centres, causes, districts] = await Promise.all([
    organisationNames(visit.clients, [organisation.accountableBody]),
    centreNames(visit.clients),
    visit.reference.causes(),
    visit.reference.districts(),
  ]);
  const mayEdit =
    organisation.state !== Organisation_State.DELETED &&
    mayChange(caller, OrganisationService.method.updateOrganisation, organisation.centre);
  return {
    view: "pages/organisations/view.njk",
    model: {
      breadcrumbs: [{ text: texts.organisations.title, href: "/organisations" }, { text: organisation.displayName }],
      displayName: organisation.displayName,
      href: pageOf(organisation.name),
      state: organisationStates[organisation.state],
      hidden: organisation.centre !== caller.centre && caller.role !== Role.LEAD_ADMIN,
      roles: rolesOf(visit, organisation.name),
      mayEdit,
      mayHandOver: mayEdit && mayHandOver(visit),
      steps: stepsFor(visit, organisationSteps, stepped(organisation)),
      sections: sectionsOf(organisation, { causes, districts, organisations }, nameIn(centres, organisation.centre)),
    },
  };
}
