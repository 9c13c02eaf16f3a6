// An opportunity of a file as it would be recorded.
import type { Opportunity, Opportunity_State } from "#protos/brokerage/matching/v1/opportunity_pb";

import { languages } from "../../../services/vocabulary.ts";
import { texts } from "../../../texts/en-GB/index.ts";
import { checkLevels, licenceKinds, opportunityStates } from "../../../texts/en-GB/words.ts";
import { scheduleFacts } from "../../shared/schedule.ts";
import { section } from "../../shared/sections.ts";
import type { Section } from "../../shared/sections.ts";
import { nameIn } from "../../shared/terms.ts";
import type { Source } from "./kind.ts";

const t = texts.opportunityForm;

export async function opportunitySample(
  role: Opportunity,
  state: Opportunity_State,
  organisation: string,
  { words }: Source,
): Promise<readonly Section[]> {
  const [skills, causes] = await words.names();
  const { place, requiredCheck } = role;
  return [
    section(role.title, [
      [texts.lists.state, opportunityStates[state].text],
      [t.organisation, organisation],
      [t.where, role.remote ? texts.opportunities.fromHome : place?.postcode],
      [t.places, role.places === undefined ? "" : String(role.places)],
      ...scheduleFacts(role.schedule),
      [t.skills, role.skills.map(({ skill }) => nameIn(skills, skill))],
      [t.causes, role.causes.map((cause) => nameIn(causes, cause))],
      [t.languages, role.languages.map((language) => nameIn(languages, language))],
      [t.licences, role.licences.map((kind) => licenceKinds[kind])],
      [t.check, requiredCheck === undefined ? "" : checkLevels[requiredCheck.level]],
    ]),
  ];
}
