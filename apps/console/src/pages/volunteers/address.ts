// Where a volunteer's pages are: their address is the record's name.
import type { Visit } from "../../server/page.ts";

export const address = "/centres/:centre/volunteers/:volunteer";

export const nameOf = (visit: Visit) => `centres/${visit.param("centre")}/volunteers/${visit.param("volunteer")}`;
