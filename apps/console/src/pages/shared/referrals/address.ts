// Where a referral's pages are.
import type { Visit } from "../../../server/page.ts";
import { safePath } from "../../../session/sign-in-page.ts";
import { pageOf } from "../../../services/names.ts";

export const referralAddress = "/centres/:centre/referrals/:referral";

/** The name of the referral that an address names. */
export const nameOf = (visit: Visit) => `centres/${visit.param("centre")}/referrals/${visit.param("referral")}`;

/** Where someone came from and goes back to; the page of the referral `name` when that is not said. */
export function backTo(said: string, name: string): string {
  const path = safePath(said);
  return path === "/" ? pageOf(name) : path;
}
