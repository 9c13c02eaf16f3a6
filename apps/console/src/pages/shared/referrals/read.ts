// Referrals as lists answer them: never with contact details.
import type { Timestamp } from "@bufbuild/protobuf/wkt";

import { Role } from "#protos/brokerage/common/v1/access_pb";
import type { Referral } from "#protos/brokerage/matching/v1/referral_pb";

import { NotFound } from "../../../server/page.ts";
import type { Visit } from "../../../server/page.ts";
import type { Caller } from "../../../services/access.ts";
import { filterOf } from "../../../services/filter.ts";
import type { Term } from "../../../services/filter.ts";

const pageSize = 50;

/** Whose referrals to ask for: the lead administrator sees everyone's. */
const parentOf = ({ role, centre }: Caller) => (role === Role.LEAD_ADMIN ? "centres/-" : centre);

/** Of a volunteer or a role, by which field a filter names it. */
export const sideField = (name: string) => (name.split("/")[2] === "volunteers" ? "volunteer" : "opportunity");

export interface Found {
  readonly referrals: readonly Referral[];
  readonly more: boolean;
}

async function listed(visit: Visit, parent: string, terms: readonly Term[], orderBy: string): Promise<Found> {
  const request = { parent, pageSize, filter: filterOf(terms), orderBy };
  const { referrals, nextPageToken } = await visit.clients.referrals.listReferrals(request);
  return { referrals, more: nextPageToken !== "" };
}

/** Of all that one sees those that the terms hold for, the last changed first. */
export function lastChanged(visit: Visit, terms: readonly Term[]): Promise<Found> {
  return listed(visit, parentOf(visit.session.caller), terms, "update_time desc");
}

/** A centre's own that the terms hold for, the longest at their stage first. */
export async function longestWaiting(visit: Visit, centre: string, terms: readonly Term[]): Promise<Found> {
  const { referrals, more } = await listed(visit, centre, terms, "update_time");
  const at = (referral: Referral) => Number(sinceOf(referral)?.seconds ?? 0n);
  return { referrals: [...referrals].sort((a, b) => at(a) - at(b)), more };
}

export const live: Term = { field: "live", op: "=", value: "true" };

type Pair = Pick<Referral, "volunteer" | "opportunity">;

/** All that a pair has had. */
export async function ofPair(visit: Visit, { volunteer, opportunity }: Pair): Promise<readonly Referral[]> {
  const { referrals } = await lastChanged(visit, [
    { field: "volunteer", op: "=", value: volunteer },
    { field: "opportunity", op: "=", value: opportunity },
  ]);
  return referrals;
}

/** One, for whoever looks at it: reading it with GetReferral would show contact details, and write down that it did. */
export async function readReferral(visit: Visit, name: string): Promise<Referral> {
  const [found] = (await lastChanged(visit, [{ field: "name", op: "=", value: name }])).referrals;
  if (found === undefined) throw new NotFound();
  return found;
}

/** When it came to the stage where it is: notes change it, and leave it there. */
export function sinceOf({ history, stage, createTime }: Referral): Timestamp | undefined {
  const before = history.map((event) => event.stage !== stage).lastIndexOf(true);
  return history[before + 1]?.time ?? createTime;
}
