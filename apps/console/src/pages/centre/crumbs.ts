// The way to a centre's page: through the list of all for those who look after all.
import type { Visit } from "../../server/page.ts";
import { centreNames } from "../../services/centres.ts";
import { pageOf } from "../../services/names.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { nameIn } from "../shared/terms.ts";
import { all, mayList, own } from "./address.ts";

const t = texts.centre;

/** Where a centre's page is: one's own has the address that the navigation knows. */
export const centrePage = (visit: Visit, name: string) => (name === visit.session.caller.centre ? own : pageOf(name));

/** Where the way begins. */
export const top = (visit: Visit) => (mayList(visit) ? { text: t.all, href: all } : { text: t.title, href: own });

export async function crumbs(visit: Visit, name: string, title: string) {
  if (!mayList(visit)) return [top(visit), { text: title }];
  const names = await centreNames(visit.clients);
  return [top(visit), { text: nameIn(names, name), href: centrePage(visit, name) }, { text: title }];
}
