// What the list of referrals is searched by.
import { Role } from "#protos/brokerage/common/v1/access_pb";

import type { Caller } from "../../../services/access.ts";

/** `stage`: "live", "" for any, or one; `about`: a volunteer or a role; `waits`: "us" or "". */
export const referralSearch = {
  path: "/referrals/list",
  defaults: { stage: "live", whose: "both", waits: "", about: "" },
};

/** Of all stages, about one volunteer or role, as widely as the caller may. */
export const termsAbout = ({ role }: Caller, name: string) => ({
  stage: "",
  whose: role === Role.LEAD_ADMIN ? "all" : "both",
  about: name,
});
