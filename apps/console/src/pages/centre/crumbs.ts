// The way to a centre's page.
import type { Visit } from "../../server/page.ts";
import { pageOf } from "../../services/names.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { own } from "./address.ts";

/** Where a centre's page is: one's own has the address that the navigation knows. */
export const centrePage = (visit: Visit, name: string) => (name === visit.session.caller.centre ? own : pageOf(name));

export const crumbs = (visit: Visit, name: string, title: string) => [
  { text: texts.centre.title, href: own },
  ...(name === visit.session.caller.centre
    ? []
    : [{ text: name.slice(name.lastIndexOf("/") + 1), href: pageOf(name) }]),
  { text: title },
];
