// Organisations by name. A list of roles is of use without them, so that a registry that is away only leaves them out.
import type { Organisation } from "#protos/brokerage/registry/v1/organisation_pb";

import type { Clients } from "./clients.ts";
import { filterOf, wordTerms } from "./filter.ts";

const foundAtOnce = 8;

/** The display name of each; those that could not be read are not in it. */
export async function organisationNames(
  clients: Clients,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(names)].filter((name) => name !== "");
  const read = await Promise.allSettled(wanted.map((name) => clients.organisations.getOrganisation({ name })));
  return new Map(read.flatMap((one) => (one.status === "fulfilled" ? [[one.value.name, one.value.displayName]] : [])));
}

/** The first active organisations in whose names each word of `term` begins one. */
export async function findOrganisations(clients: Clients, term: string): Promise<readonly Organisation[]> {
  const filter = filterOf([...wordTerms(term), { field: "state", op: "=", value: "ACTIVE" }]);
  return (await clients.organisations.listOrganisations({ filter, pageSize: foundAtOnce })).organisations;
}
