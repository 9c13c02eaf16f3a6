// Names of centres. There are a dozen or so: one page of the list has them all.
import type { Clients } from "./clients.ts";

const wholeList = { pageSize: 1000 };

/** The display name of each. */
export async function readCentreNames(clients: Clients): Promise<ReadonlyMap<string, string>> {
  const { centres } = await clients.centres.listCentres(wholeList);
  return new Map(centres.map(({ name, displayName }) => [name, displayName]));
}

/** The same; none when they cannot be read, for a page is of use without them. */
export async function centreNames(clients: Clients): Promise<ReadonlyMap<string, string>> {
  try {
    return await readCentreNames(clients);
  } catch {
    return new Map();
  }
}
