// Lists of records that belong to centres: whose to look through, in which state, beginning how.
import { Role } from "#protos/brokerage/common/v1/access_pb";

import type { Caller } from "../../services/access.ts";
import { filterOf, wordTerms } from "../../services/filter.ts";
import type { Term } from "../../services/filter.ts";
import type { Terms } from "../../session/searches.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { tableOptions } from "./options.ts";
import type { Option } from "./options.ts";
import { outside } from "./terms.ts";

const t = texts.lists;

export const volunteerSearch = {
  path: "/volunteers",
  defaults: { name: "", state: "", whose: "own", ends: "", district: "" },
};

export const opportunitySearch = {
  path: "/opportunities",
  defaults: { title: "", state: "OPEN", whose: "own", due: "", district: "", organisation: "" },
};

export const organisationSearch = {
  path: "/organisations",
  defaults: { name: "", kind: "", state: "", whose: "own" },
};

const pageSize = 25;

/** Whose records to look through; only the lead administrator has everyone's. */
export function whoseOptions(caller: Caller): readonly Option[] {
  const options = [
    { value: "own", text: t.whose.own },
    { value: "shared", text: t.whose.shared },
  ];
  return caller.role === Role.LEAD_ADMIN ? [...options, { value: "all", text: t.whose.all }] : options;
}

/** The districts that a list can be kept to, and any. */
export function districtOptions(districts: ReadonlyMap<string, string>): readonly Option[] {
  return [{ value: "", text: t.anyDistrict }, ...tableOptions(districts), { value: outside, text: t.outside }];
}

/** The request for a page of a list, of the terms "whose", "state" and "district", of a text each of whose words begins one, and `more`. */
export function listRequest(caller: Caller, terms: Terms, text: string, pageToken: string, more: readonly Term[] = []) {
  const everything = terms["whose"] === "all" && caller.role === Role.LEAD_ADMIN;
  return {
    parent: everything ? "centres/-" : caller.centre,
    pageSize,
    pageToken,
    orderBy: "update_time desc",
    filter: filterOf([
      ...wordTerms(text),
      { field: "state", op: "=", value: terms["state"] ?? "" },
      { field: "district", op: "=", value: terms["district"] ?? "" },
      { field: "centre", op: "=", value: terms["whose"] === "own" ? caller.centre : "" },
      ...more,
    ]),
  };
}
