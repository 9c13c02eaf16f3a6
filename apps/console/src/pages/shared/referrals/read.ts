// Referrals as lists answer them: never with contact details.
import type { Timestamp } from "@bufbuild/protobuf/wkt";

import { Role } from "#protos/brokerage/common/v1/access_pb";
import type { Referral } from "#protos/brokerage/matching/v1/referral_pb";

import { NotFound } from "../../../server/page.ts";
import type { Visit } from "../../../server/page.ts";
import type { Caller } from "../../../services/access.ts";
import { filterOf } from "../../../services/filter.ts";
import type { Term } from "../../../services/filter.ts";
import type { Named } from "./address.ts";

const pageSize = 50;

/** Whose referrals to ask for: the lead administrator sees everyone's. */
export const parentOf = ({ role, centre }: Caller) => (role === Role.LEAD_ADMIN ? "centres/-" : centre);

/** Of a volunteer or a role, by which field a filter names it. */
export const sideField = (name: string) => (name.split("/")[2] === "volunteers" ? "volunteer" : "opportunity");

export interface Found {
  readonly referrals: readonly Referral[];
  readonly more: boolean;
}

/** Those that the terms hold for: the longest at their stage first. */
export async function findReferrals(visit: Visit, terms: readonly Term[], most = pageSize): Promise<Found> {
  const { referrals, nextPageToken } = await visit.clients.referrals.listReferrals({
    parent: parentOf(visit.session.caller),
    pageSize: most,
    filter: filterOf(terms),
    orderBy: "update_time",
  });
  return { referrals: longestFirst(referrals), more: nextPageToken !== "" };
}

export const ofPair = ({ volunteer, opportunity }: Omit<Named, "name">): readonly Term[] => [
  { field: "volunteer", op: "=", value: volunteer },
  { field: "opportunity", op: "=", value: opportunity },
];

/** The referral that an address names. */
export async function readReferral(visit: Visit, named: Named): Promise<Referral> {
  const { referrals } = await findReferrals(visit, ofPair(named));
  const found = referrals.find(({ name }) => name === named.name);
  if (found === undefined) throw new NotFound();
  return found;
}

/** When it came to the stage where it is: notes change it, and leave it there. */
export function sinceOf({ history, stage, createTime }: Referral): Timestamp | undefined {
  const before = history.map((event) => event.stage !== stage).lastIndexOf(true);
  return history[before + 1]?.time ?? createTime;
}

function longestFirst(referrals: readonly Referral[]): readonly Referral[] {
  const at = (referral: Referral) => Number(sinceOf(referral)?.seconds ?? 0n);
  return [...referrals].sort((a, b) => at(a) - at(b));
}
