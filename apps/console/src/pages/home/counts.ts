// How much is waiting at a centre. Numbers alone, the same for everyone there, so that one count serves all for a while.
import type { Caller } from "../../services/access.ts";
import type { Clients } from "../../services/clients.ts";
import { filterOf } from "../../services/filter.ts";
import type { Term } from "../../services/filter.ts";
import { endsSoon, soonBefore } from "../shared/due.ts";
import { waitsOn, waitsOnCentre } from "../shared/referrals/waiting.ts";

/** Up to so many are counted; beyond, there are "100 or more". */
const countedAtMost = 100;
const freshMs = 20_000;

export interface Count {
  readonly number: number;
  readonly isMore: boolean;
}

interface Kind {
  readonly of: "opportunities" | "volunteers" | "referrals";
  readonly terms: (nowMs: number) => readonly Term[];
}

const inState = (value: string): Term => ({ field: "state", op: "=", value });

/** Each count, by what it is of. */
const kinds = {
  approval: { of: "opportunities", terms: () => [inState("SUBMITTED")] },
  expired: { of: "opportunities", terms: () => [inState("EXPIRED")] },
  soon: {
    of: "opportunities",
    terms: (nowMs) => [inState("OPEN"), { field: "expire_time", op: "<", value: soonBefore(nowMs) }],
  },
  enquiries: { of: "volunteers", terms: () => [inState("ENQUIRY")] },
  papers: { of: "volunteers", terms: (nowMs) => endsSoon("paper", nowMs) },
  breaks: { of: "volunteers", terms: (nowMs) => endsSoon("break", nowMs) },
  referrals: { of: "referrals", terms: () => waitsOnCentre },
} as const satisfies Readonly<Record<string, Kind>>;

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
    const { of, terms } = kinds[kind];
    if (of === "referrals") return this.countReferrals(clients, centre, terms());
    const filter = filterOf([...terms(this.now()), { field: "centre", op: "=", value: centre }]);
    const request = { parent: centre, pageSize: countedAtMost, filter };
    if (of === "volunteers") {
      const { volunteers, nextPageToken } = await clients.volunteers.listVolunteers(request);
      return { number: volunteers.length, isMore: nextPageToken !== "" };
    }
    const { opportunities, nextPageToken } = await clients.opportunities.listOpportunities(request);
    return { number: opportunities.length, isMore: nextPageToken !== "" };
  }

  /** Some of those that the filter finds wait for another centre: as many are read as it takes. */
  private async countReferrals(clients: Clients, centre: string, terms: readonly Term[]): Promise<Count> {
    const request = { parent: centre, pageSize: countedAtMost, filter: filterOf(terms) };
    let [number, pageToken] = [0, ""];
    do {
      const page = await clients.referrals.listReferrals({ ...request, pageToken });
      number += page.referrals.filter((one) => waitsOn(one, centre)).length;
      pageToken = page.nextPageToken;
    } while (pageToken !== "" && number < countedAtMost);
    return { number, isMore: pageToken !== "" };
  }
}
