// One district: its figures, and for what volunteers are fewest there.
import { OpportunityService } from "#protos/brokerage/matching/v1/opportunity_service_pb";
import { VolunteerService } from "#protos/brokerage/matching/v1/volunteer_service_pb";

import { NotFound } from "../../server/page.ts";
import type { Answer, Visit } from "../../server/page.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { readCoverage, seesAll } from "../shared/coverage.ts";
import { momentText } from "../shared/dates.ts";
import { listAddress } from "../shared/listing.ts";
import { opportunitySearch, volunteerSearch } from "../shared/records.ts";
import { districtName } from "../shared/terms.ts";
import { addressOf, rowOf, termRows } from "./rows.ts";
import { chosenIn, namesOf, onlyText } from "./terms.ts";

const t = texts.coverage;

/** Where those who are counted are listed. */
function seeing(visit: Visit, district: string) {
  const whose = seesAll(visit.session.caller) ? "all" : "shared";
  const volunteers = { state: "SEARCHING", whose, district };
  return [
    ...(visit.may(VolunteerService.method.listVolunteers)
      ? [{ text: t.seeVolunteers, href: listAddress(visit, volunteerSearch, volunteers) }]
      : []),
    ...(visit.may(OpportunityService.method.listOpportunities)
      ? [{ text: t.seeOpportunities, href: listAddress(visit, opportunitySearch, { state: "OPEN", whose, district }) }]
      : []),
  ];
}

export async function showDistrict(visit: Visit): Promise<Answer> {
  const id = visit.param("district");
  const chosen = chosenIn(visit);
  const [answer, names] = await Promise.all([readCoverage(visit, chosen), namesOf(visit)]);
  const found = answer.districts.find(({ district }) => district === `districts/${id}`);
  if (found?.coverage === undefined) throw new NotFound();
  const name = districtName(names.districts, found.district, t.outside);
  const here = `/coverage/${id}`;
  return {
    view: "pages/coverage/district.njk",
    model: {
      breadcrumbs: [{ text: t.title, href: addressOf("/coverage", chosen) }, { text: name }],
      name,
      row: rowOf(name, undefined, found.coverage),
      see: chosen.cause === "" && chosen.skill === "" ? seeing(visit, found.district) : [],
      only: onlyText(names, chosen),
      showAll: addressOf(here, { cause: "", skill: "" }),
      causes: termRows(found.thinnestCauses, names.causes, here, (cause) => ({ ...chosen, cause })),
      skills: termRows(found.thinnestSkills, names.skills, here, (skill) => ({ ...chosen, skill })),
      asOf: t.asOf(momentText(answer.asOf)),
    },
  };
}
