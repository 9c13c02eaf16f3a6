// Items of govukSelect and govukRadios.
import { Role } from "#protos/brokerage/common/v1/access_pb";

import type { Caller } from "../../services/access.ts";

export interface Option {
  readonly value: string;
  readonly text: string;
}

/** The options with the chosen one marked. */
export function choose(options: readonly Option[], value: string) {
  return options.map((option) => ({ ...option, selected: option.value === value }));
}

/** The values of an enum as a filter names them, but "not stated", with their words. */
export function enumOptions<Value extends number>(
  names: Readonly<Record<number, string>>,
  words: Readonly<Record<Value, { readonly text: string }>>,
): readonly Option[] {
  return (Object.keys(words) as unknown as Value[])
    .filter((value) => Number(value) !== 0)
    .map((value) => ({ value: names[value] ?? "", text: words[value].text }));
}

/** Whose records to look through; only the lead administrator has everyone's. */
export function whoseOptions(
  caller: Caller,
  words: { readonly own: string; readonly shared: string; readonly all: string },
): readonly Option[] {
  const options = [
    { value: "own", text: words.own },
    { value: "shared", text: words.shared },
  ];
  return caller.role === Role.LEAD_ADMIN ? [...options, { value: "all", text: words.all }] : options;
}

/** Where a list of what `whose` names is read from, and the centre that it is narrowed to; empty: none. */
export function whoseRequest(caller: Caller, whose: string): { readonly parent: string; readonly centre: string } {
  const everything = whose === "all" && caller.role === Role.LEAD_ADMIN;
  return { parent: everything ? "centres/-" : caller.centre, centre: whose === "own" ? caller.centre : "" };
}
