// Where a centre's pages are: their address is the record's name; one's own is at /centre too.
import type { Visit } from "../../server/page.ts";

export const own = "/centre";
export const address = "/centres/:centre";

export function nameOf(visit: Visit): string {
  const id = visit.param("centre");
  return id === "" ? visit.session.caller.centre : `centres/${id}`;
}
