// All centres, for who looks after them.
import type { Answer, Visit } from "../../server/page.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { nameIn } from "../shared/terms.ts";
import { addition } from "./address.ts";
import { centrePage } from "./crumbs.ts";

/** At most so many are shown: there are a dozen or so. */
const pageSize = 1000;

export async function showCentres(visit: Visit): Promise<Answer> {
  const [{ centres, nextPageToken }, districts] = await Promise.all([
    visit.clients.centres.listCentres({ pageSize }),
    visit.reference.districts(),
  ]);
  const rows = centres.map((centre) => ({
    href: centrePage(visit, centre.name),
    displayName: centre.displayName,
    leads: centre.lead,
    districts: centre.districts.map((name) => nameIn(districts, name)).sort(),
  }));
  rows.sort((one, other) => one.displayName.localeCompare(other.displayName, "en-GB"));
  const count = texts.centre.count(rows.length);
  return { view: "pages/centre/list.njk", model: { rows, count, isCut: nextPageToken !== "", addition } };
}
