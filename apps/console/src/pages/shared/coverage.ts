// Where volunteers are few, as far as the person may see: the lead administrator everywhere.
import { Role } from "#protos/brokerage/common/v1/access_pb";
import type { Coverage } from "#protos/brokerage/matching/v1/report_pb";

import type { Visit } from "../../server/page.ts";
import type { Caller } from "../../services/access.ts";
import { nameIn, outside } from "./terms.ts";

/** Only who has these is counted; empty: everybody. `causes/…` and `skills/…`. */
export interface Chosen {
  readonly cause: string;
  readonly skill: string;
}

export const seesAll = (caller: Caller) => caller.role === Role.LEAD_ADMIN;

export function readCoverage(visit: Visit, chosen: Chosen = { cause: "", skill: "" }) {
  const { caller } = visit.session;
  return visit.clients.reports.getDistrictCoverage({
    parent: seesAll(caller) ? "centres/-" : caller.centre,
    ...chosen,
  });
}

/** "1.50" for 150 hundredths; empty where no place is open. */
export function ratioText({ volunteersPerPlaceHundredths: hundredths }: Coverage): string {
  if (hundredths === undefined) return "";
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, "0")}`;
}

/** The names of the districts that are thin; those outside the county are nobody's here. */
export async function thinDistricts(visit: Visit): Promise<readonly string[]> {
  const [{ districts }, names] = await Promise.all([readCoverage(visit), visit.reference.districts()]);
  return districts
    .filter(({ district, coverage }) => district !== outside && coverage?.thin === true)
    .map(({ district }) => nameIn(names, district));
}
