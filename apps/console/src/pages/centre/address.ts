// Where a centre's pages are: their address is the record's name; one's own is at /centre too.
import { CentreService } from "#protos/brokerage/registry/v1/centre_service_pb";
import { ReferenceService } from "#protos/brokerage/registry/v1/reference_service_pb";

import type { Visit } from "../../server/page.ts";

export const own = "/centre";
export const address = "/centres/:centre";
export const all = "/centres";
/** Not below /centres: there, every word is a centre's. */
export const addition = `${own}/new`;

/** Whoever makes centres looks after all of them. */
export const listNeeds = [
  CentreService.method.listCentres,
  CentreService.method.createCentre,
  ReferenceService.method.listDistricts,
];

export const mayList = (visit: Visit) => listNeeds.every((method) => visit.may(method));

export function nameOf(visit: Visit): string {
  const id = visit.param("centre");
  return id === "" ? visit.session.caller.centre : `centres/${id}`;
}
