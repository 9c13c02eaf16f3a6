// Choosing skills or causes by typing any word for them: what is chosen stays ticked, what a word may mean can be ticked.
import { TermKind } from "#protos/brokerage/registry/v1/reference_pb";

import type { Reference } from "../../services/reference.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { nameIn } from "./terms.ts";

const t = texts.choices;

/** What can be chosen: the field's name, and the kind of its terms. */
export const termFields = { skills: TermKind.SKILL, causes: TermKind.CAUSE } as const;
export type TermField = keyof typeof termFields;

export interface Choice {
  readonly value: string;
  readonly text: string;
  readonly checked: boolean;
  readonly hint?: { readonly text: string };
}

export interface Choices {
  readonly field: TermField;
  /** What was typed and is not chosen yet. */
  readonly term: string;
  readonly chosen: readonly Choice[];
  readonly found: readonly Choice[];
  /** What to say when nothing was found. */
  readonly nothing: string;
}

/** The chosen ones, and what `term` (empty: nothing) may mean besides. */
export async function readChoices(
  reference: Reference,
  field: TermField,
  chosen: readonly string[],
  term: string,
): Promise<Choices> {
  const names = await (field === "skills" ? reference.skills() : reference.causes());
  const matches = term === "" ? [] : await reference.resolveTerm(term, termFields[field]);
  const found = matches
    .filter(({ name }) => !chosen.includes(name))
    .map(({ name, displayName, matchedTerm }) => ({
      value: name,
      text: displayName,
      checked: false,
      ...(matchedTerm.toLowerCase() === displayName.toLowerCase() ? {} : { hint: { text: t.matched(matchedTerm) } }),
    }));
  return {
    field,
    term,
    chosen: chosen.map((value) => ({ value, text: nameIn(names, value), checked: true })),
    found,
    nothing: term !== "" && matches.length === 0 ? t.nothing(term) : "",
  };
}
