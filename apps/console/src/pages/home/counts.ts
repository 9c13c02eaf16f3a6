// How much is waiting at a centre. Numbers alone, the same for everyone there, so that one count serves all for a while:
// a list that few records are on is found by reading the whole table.
import type { Caller } from "../../services/access.ts";
import type { Clients } from "../../services/clients.ts";
import { filterOf } from "../../services/filter.ts";
import type { Term } from "../../services/filter.ts";
import { soonBefore } from "../shared/due.ts";

/** Up to so many are counted; beyond, there are "100 or more". */
const countedAtMost = 100;
/** Roles are few; to find the few enquiries among twenty thousand volunteers takes a tenth of a second and more. */
const rolesFreshMs = 20_000;
const volunteersFreshMs = 5 * 60_000;

export interface Count {
  readonly number: number;
  readonly isMore: boolean;
}

/** Each count, by what it is of. */
const kinds = {
  approval: [{ field: "state", op: "=", value: "SUBMITTED" }],
  expired: [{ field: "state", op: "=", value: "EXPIRED" }],
  soon: [{ field: "state", op: "=", value: "OPEN" }],
  enquiries: [{ field: "state", op: "=", value: "ENQUIRY" }],
} as const satisfies Readonly<Record<string, readonly Term[]>>;

export type CountKind = keyof typeof kinds;

interface Counted {
  readonly count: Promise<Count>;
  readonly at: number;
}

export class Counts {
  private readonly kept = new Map<string, Counted>();

  constructor(private readonly now: () => number = Date.now) {}

  /** The count at the caller's centre, and when it was taken. */
  async read(clients: Clients, caller: Caller, kind: CountKind): Promise<Count & { readonly at: number }> {
    const key = `${caller.centre} ${kind}`;
    let counted = this.kept.get(key);
    const freshMs = kind === "enquiries" ? volunteersFreshMs : rolesFreshMs;
    if (counted === undefined || this.now() - counted.at >= freshMs) {
      counted = { count: this.count(clients, caller.centre, kind), at: this.now() };
      this.kept.set(key, counted);
    }
    try {
      return { ...(await counted.count), at: counted.at };
    } catch (error) {
      if (this.kept.get(key) === counted) this.kept.delete(key);
      throw error;
    }
  }

  private async count(clients: Clients, centre: string, kind: CountKind): Promise<Count> {
    const due: readonly Term[] =
      kind === "soon" ? [{ field: "expire_time", op: "<", value: soonBefore(this.now()) }] : [];
    const filter = filterOf([...kinds[kind], ...due, { field: "centre", op: "=", value: centre }]);
    const request = { parent: centre, pageSize: countedAtMost, filter };
    if (kind === "enquiries") {
      const { volunteers, nextPageToken } = await clients.volunteers.listVolunteers(request);
      return { number: volunteers.length, isMore: nextPageToken !== "" };
    }
    const { opportunities, nextPageToken } = await clients.opportunities.listOpportunities(request);
    return { number: opportunities.length, isMore: nextPageToken !== "" };
  }
}
