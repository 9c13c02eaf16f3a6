// The page of a pair: one address, whichever side one comes from.
import type { Visit } from "../../server/page.ts";
import { pageOf } from "../../services/names.ts";
import { addresses } from "./subject.ts";
import { defaultWeights } from "./weights.ts";

export const pairAddress = `${addresses.opportunity}/:volunteerCentre/:volunteer`;

/** The page of `centres/{centre}/opportunities/{opportunity}` and `centres/{centre}/volunteers/{volunteer}`. */
export function pairPath(opportunity: string, volunteer: string, weights = defaultWeights): string {
  const [, centre = "", , id = ""] = volunteer.split("/");
  const query = weights === defaultWeights ? "" : `?weights=${encodeURIComponent(weights)}`;
  return `${pageOf(opportunity)}/matches${pageOf(`${centre}/${id}`)}${query}`;
}

export function pairOf(visit: Visit) {
  return {
    opportunity: `centres/${visit.param("centre")}/opportunities/${visit.param("opportunity")}`,
    weightSet: visit.query("weights"),
    volunteer: `centres/${visit.param("volunteerCentre")}/volunteers/${visit.param("volunteer")}`,
  };
}
