// Whose the listed roles are: a title alone does not say it.
import type { Match } from "#protos/brokerage/matching/v1/match_pb";

import type { Visit } from "../../server/page.ts";
import { organisationNames } from "../../services/organisations.ts";
import type { Subject } from "./subject.ts";

/** The organisation of each match that is a role, by the role's name; what cannot be read is not in it. */
export async function organisationsOf(
  visit: Visit,
  matches: readonly Match[],
  { kind }: Subject,
): Promise<ReadonlyMap<string, string>> {
  if (kind === "opportunity") return new Map();
  const read = await Promise.allSettled(
    matches.map(({ opportunity }) => visit.clients.opportunities.getOpportunity({ name: opportunity })),
  );
  const roles = read.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const names = await organisationNames(
    visit.clients,
    roles.map(({ organisation }) => organisation),
  );
  return new Map(roles.map(({ name, organisation }) => [name, names.get(organisation) ?? ""]));
}
