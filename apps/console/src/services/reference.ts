// Skills, causes and districts by name. They are the same for everyone, so that one reading serves all for a while.
import { create } from "@bufbuild/protobuf";

import { TermKind } from "#protos/brokerage/registry/v1/reference_pb";
import type { TermMatch } from "#protos/brokerage/registry/v1/reference_pb";
import { ResolveTermRequestSchema } from "#protos/brokerage/registry/v1/reference_service_pb";
import type { Place } from "#protos/brokerage/common/v1/place_pb";

import type { Clients } from "./clients.ts";
import { failureOf } from "./failure.ts";

const freshMs = 10 * 60_000;
const wholeList = { pageSize: 1000 };

type Names = ReadonlyMap<string, string>;
type Tables = { readonly districts: Names; readonly skills: Names; readonly causes: Names };

/** Remembers the tables for all visits. */
export class ReferenceCache {
  private tables: Promise<Tables> | undefined;
  private readAt = 0;

  constructor(private readonly now: () => number = Date.now) {}

  read(clients: Clients): Promise<Tables> {
    if (this.tables !== undefined && this.now() - this.readAt < freshMs) return this.tables;
    const tables = readTables(clients);
    this.tables = tables;
    this.readAt = this.now();
    tables.catch(() => {
      if (this.tables === tables) this.tables = undefined;
    });
    return tables;
  }
}

async function readTables(clients: Clients): Promise<Tables> {
  const names = (items: readonly { name: string; displayName: string }[]): Names =>
    new Map(items.map(({ name, displayName }) => [name, displayName]));
  const [districts, skills, causes] = await Promise.all([
    clients.reference.listDistricts(wholeList),
    clients.reference.listSkills(wholeList),
    clients.reference.listCauses(wholeList),
  ]);
  return { districts: names(districts.districts), skills: names(skills.skills), causes: names(causes.causes) };
}

/** What is found by a text that was typed; undefined for one that finds nothing, or that no name can be. */
export async function found<Answer>(look: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await look();
  } catch (error) {
    const kind = failureOf(error)?.kind;
    if (kind === "not-found" || kind === "invalid") return undefined;
    throw error;
  }
}

/** Reference data as one visit asks for it. */
export class Reference {
  constructor(
    private readonly cache: ReferenceCache,
    private readonly clients: Clients,
  ) {}

  async districts(): Promise<Names> {
    return (await this.cache.read(this.clients)).districts;
  }

  async skills(): Promise<Names> {
    return (await this.cache.read(this.clients)).skills;
  }

  async causes(): Promise<Names> {
    return (await this.cache.read(this.clients)).causes;
  }

  /** What a typed word may mean, likeliest first; nothing for a text that is no term. */
  async resolveTerm(term: string, kind: TermKind.SKILL | TermKind.CAUSE): Promise<readonly TermMatch[]> {
    const request = create(ResolveTermRequestSchema, { term, kinds: [kind], pageSize: 8 });
    const answer = await found(() => this.clients.reference.resolveTerm(request));
    return answer?.matches ?? [];
  }

  /** Where a postcode is; undefined when it is not known, or is none. */
  resolvePlace(postcode: string): Promise<Place | undefined> {
    return found(() => this.clients.reference.resolvePlace({ postcode }));
  }
}
