// Where an organisation's pages are: their address is the record's name.
import type { Visit } from "../../server/page.ts";

export const address = "/organisations/:organisation";

export const nameOf = (visit: Visit) => `organisations/${visit.param("organisation")}`;
