// Where an opportunity's pages are: their address is the record's name.
import type { Visit } from "../../server/page.ts";

export const address = "/centres/:centre/opportunities/:opportunity";

export const nameOf = (visit: Visit) => `centres/${visit.param("centre")}/opportunities/${visit.param("opportunity")}`;
