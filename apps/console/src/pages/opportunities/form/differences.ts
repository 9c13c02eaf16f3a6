// What two who change the same role wrote differently, in the words of its page.
import type { Opportunity } from "#protos/brokerage/matching/v1/opportunity_pb";

import type { Difference } from "../../../forms/conflict.ts";
import type { Visit } from "../../../server/page.ts";
import { organisationNames } from "../../../services/organisations.ts";
import { texts } from "../../../texts/en-GB/index.ts";
import { sharings } from "../../../texts/en-GB/words.ts";
import { normalPostcode } from "../../shared/place.ts";
import { section, sectionDifferences } from "../../shared/sections.ts";
import type { Section } from "../../shared/sections.ts";
import { nameIn } from "../../shared/terms.ts";
import { sectionsOf } from "../view-sections.ts";
import type { Tables } from "../view-sections.ts";

const t = texts.opportunities;

/** What clients write of a role. The district and the filled places are the service's to say, and so is its history. */
function writtenOf(role: Opportunity, tables: Tables, organisations: ReadonlyMap<string, string>): readonly Section[] {
  const sections = sectionsOf({ ...role, placesFilled: 0 }, { ...tables, districts: new Map() });
  return [
    ...sections.filter(({ title }) => title !== t.view.record),
    section(t.view.about, [
      [texts.opportunityForm.roleTitle, role.title],
      [t.organisation, role.organisation === "" ? "" : nameIn(organisations, role.organisation)],
      [t.view.place, role.remote ? t.fromHome : normalPostcode(role.place?.postcode ?? "")],
      [t.view.sharing, sharings[role.sharing]],
    ]),
  ];
}

export async function differencesOf(
  visit: Visit,
  mine: Opportunity,
  theirs: Opportunity,
): Promise<readonly Difference[]> {
  const [skills, causes, districts, organisations] = await Promise.all([
    visit.reference.skills(),
    visit.reference.causes(),
    visit.reference.districts(),
    organisationNames(visit.clients, [mine.organisation, theirs.organisation]),
  ]);
  const tables = { skills, causes, districts };
  return sectionDifferences(writtenOf(mine, tables, organisations), writtenOf(theirs, tables, organisations));
}
