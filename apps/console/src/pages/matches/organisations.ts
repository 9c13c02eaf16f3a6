// Whose the listed roles are: a title alone does not say it. Everybody may read an organisation's name, and lists have many
// roles in common, so that one reading serves all for a minute.
import type { Match } from "#protos/brokerage/matching/v1/match_pb";

import type { Visit } from "../../server/page.ts";
import { organisationNames } from "../../services/organisations.ts";
import type { Subject } from "./subject.ts";

const freshMs = 60_000;
const mostKept = 10_000;

/** Values that are good for a while; the oldest go when there are too many. */
export class ShortMemory {
  private readonly kept = new Map<string, { readonly value: string; readonly readAt: number }>();

  constructor(
    private readonly most = mostKept,
    private readonly now: () => number = Date.now,
  ) {}

  put(key: string, value: string): void {
    this.kept.delete(key);
    this.kept.set(key, { value, readAt: this.now() });
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= this.most) break;
      this.kept.delete(oldest);
    }
  }

  get(key: string): string | undefined {
    const found = this.kept.get(key);
    return found === undefined || this.now() - found.readAt >= freshMs ? undefined : found.value;
  }
}

const byRole = new ShortMemory();

/** The organisation of each match that is a role, by the role's name; what cannot be read is not in it. */
export async function organisationsOf(
  visit: Visit,
  matches: readonly Match[],
  { kind }: Subject,
): Promise<ReadonlyMap<string, string>> {
  if (kind === "opportunity") return new Map();
  const roles = matches.map(({ opportunity }) => opportunity);
  const known = new Map(roles.map((role) => [role, byRole.get(role)]));
  await learn(
    visit,
    roles.filter((role) => known.get(role) === undefined),
  );
  return new Map(roles.map((role) => [role, known.get(role) ?? byRole.get(role) ?? ""]));
}

async function learn(visit: Visit, roles: readonly string[]): Promise<void> {
  const read = await Promise.allSettled(roles.map((name) => visit.clients.opportunities.getOpportunity({ name })));
  const found = read.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const names = await organisationNames(
    visit.clients,
    found.map(({ organisation }) => organisation),
  );
  for (const { name, organisation } of found) {
    const title = names.get(organisation);
    if (title !== undefined) byRole.put(name, title);
  }
}
