// What the list of referrals is searched by.
import { Role } from "#protos/brokerage/common/v1/access_pb";

import type { Caller } from "../../../services/access.ts";

export const referralList = "/referrals/list";

/** `stage`: "live", "" for any, or one; `about`: a volunteer or a role; `waits`: "us" or "". */
interface Searched {
  readonly stage?: string;
  readonly whose?: string;
  readonly waits?: string;
  readonly about?: string;
}

/** All terms; what is about one volunteer or role is looked for as widely as the caller may. */
export function listTerms({ role }: Caller, { stage = "live", whose, waits = "", about = "" }: Searched) {
  const widest = about !== "" && role === Role.LEAD_ADMIN ? "all" : "both";
  return { stage, whose: whose ?? widest, waits, about };
}
