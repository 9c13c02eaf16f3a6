// What two who change the same role wrote differently, in the words of its page.
import type { Opportunity } from "#protos/brokerage/matching/v1/opportunity_pb";

import { differences } from "../../../forms/conflict.ts";
import type { Difference } from "../../../forms/conflict.ts";
import type { Visit } from "../../../server/page.ts";
import { organisationNames } from "../../../services/organisations.ts";
import { texts } from "../../../texts/en-GB/index.ts";
import { sharings } from "../../../texts/en-GB/words.ts";
import { nameIn } from "../../shared/terms.ts";
import { sectionsOf } from "../view-sections.ts";
import type { Tables } from "../view-sections.ts";

type Facts = Readonly<Record<string, string>>;

/** A postcode as the services write it. */
const normal = (postcode: string) =>
  postcode
    .toUpperCase()
    .replace(/\s+/g, "")
    .replace(/(.{3})$/, " $1");

/** What clients write of a role, by the words for it. */
function factsOf(role: Opportunity, tables: Tables, organisations: ReadonlyMap<string, string>): Facts {
  const t = texts.opportunities;
  // The district and the filled places are the service's to say, and so is what the record went through.
  const sections = sectionsOf({ ...role, placesFilled: 0 }, { ...tables, districts: new Map() });
  const written = sections.filter(({ title }) => title !== t.view.record).flatMap(({ rows }) => rows);
  const facts = Object.fromEntries(written.map(({ key, lines }) => [key, lines.join("\n")]));
  return {
    [texts.opportunityForm.roleTitle]: role.title,
    [t.organisation]: role.organisation === "" ? "" : nameIn(organisations, role.organisation),
    ...facts,
    [t.view.place]: role.remote ? t.fromHome : normal(role.place?.postcode ?? ""),
    [t.view.sharing]: sharings[role.sharing],
  };
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
  const [yours, now] = [factsOf(mine, tables, organisations), factsOf(theirs, tables, organisations)];
  const labels = Object.fromEntries([...Object.keys(yours), ...Object.keys(now)].map((key) => [key, key]));
  return differences(labels, yours, now);
}
