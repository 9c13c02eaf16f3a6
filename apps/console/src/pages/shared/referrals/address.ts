// Where a referral's pages are. The address says of which pair it is: a list finds it by that, and who only looks at it is
// shown no contact details, which reading one by its name would show, and write down.
import type { Referral } from "#protos/brokerage/matching/v1/referral_pb";

import type { Visit } from "../../../server/page.ts";
import { safePath } from "../../../session/sign-in-page.ts";
import { pageOf } from "../../../services/names.ts";

export const referralAddress =
  "/centres/:centre/opportunities/:opportunity/referrals/:volunteerCentre/:volunteer/:referral";

export type Named = Pick<Referral, "name" | "volunteer" | "opportunity">;

export function referralPath({ name, volunteer, opportunity }: Named): string {
  const [, centre = "", , person = ""] = volunteer.split("/");
  const id = name.slice(name.lastIndexOf("/") + 1);
  return `${pageOf(opportunity)}/referrals${pageOf(`${centre}/${person}/${id}`)}`;
}

/** The referral that an address names. */
export function namedBy(visit: Visit): Named {
  const centre = `centres/${visit.param("centre")}`;
  return {
    name: `${centre}/referrals/${visit.param("referral")}`,
    opportunity: `${centre}/opportunities/${visit.param("opportunity")}`,
    volunteer: `centres/${visit.param("volunteerCentre")}/volunteers/${visit.param("volunteer")}`,
  };
}

/** Where someone came from and goes back to; the referral's own page when that is not said. */
export function backTo(said: string, named: Named): string {
  const path = safePath(said);
  return path === "/" ? referralPath(named) : path;
}
