// An organisation of a file as it would be recorded.
import type { Organisation } from "#protos/brokerage/registry/v1/organisation_pb";

import { texts } from "../../../texts/en-GB/index.ts";
import { organisationKinds, sizeBands } from "../../../texts/en-GB/words.ts";
import { section } from "../../shared/sections.ts";
import type { Section } from "../../shared/sections.ts";
import { districtName, nameIn } from "../../shared/terms.ts";
import type { Source } from "./kind.ts";

const t = texts.organisations;

export async function organisationSample(organisation: Organisation, { words }: Source): Promise<readonly Section[]> {
  const [, causes] = await words.names();
  const districts = await words.districtNames();
  const { contact } = organisation;
  return [
    section(organisation.displayName, [
      [t.kind, organisationKinds[organisation.kind]],
      [t.identifiers, organisation.identifiers],
      [t.size, sizeBands[organisation.sizeBand]],
      [t.places, organisation.places.map(({ postcode }) => postcode)],
      [t.districts, organisation.districtsServed.map((name) => districtName(districts, name, texts.lists.outside))],
      [t.causes, organisation.causes.map((cause) => nameIn(causes, cause))],
      [t.person, contact?.personName],
      [t.email, contact?.email],
      [t.phone, contact?.phone],
      [t.website, organisation.website],
    ]),
  ];
}
