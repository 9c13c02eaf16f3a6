// Names of organisations. A list of roles is of use without them, so that a registry that is away only leaves them out.
import type { Clients } from "./clients.ts";

/** The display name of each; those that could not be read are not in it. */
export async function organisationNames(
  clients: Clients,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(names)].filter((name) => name !== "");
  const read = await Promise.allSettled(wanted.map((name) => clients.organisations.getOrganisation({ name })));
  return new Map(read.flatMap((one) => (one.status === "fulfilled" ? [[one.value.name, one.value.displayName]] : [])));
}
