// Choosing from long lists by typing: what is chosen stays ticked, what a word may mean can be ticked.
import { TermKind } from "#protos/brokerage/registry/v1/reference_pb";

import type { Form, FormErrors } from "../../forms/form.ts";
import type { Visit } from "../../server/page.ts";
import { findOrganisations, organisationNames } from "../../services/organisations.ts";
import { languages } from "../../services/vocabulary.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { nameIn } from "./terms.ts";

const t = texts.choices;

type Source = Pick<Visit, "reference" | "clients">;
type Names = ReadonlyMap<string, string>;

/** Something that a word may mean. `by`: the word by which it was found, when that is another than its name. */
interface Found {
  readonly value: string;
  readonly text: string;
  readonly by?: string;
}

interface Field {
  /** Whether one at most is chosen. */
  readonly single: boolean;
  readonly names: (source: Source, chosen: readonly string[]) => Promise<Names>;
  readonly find: (source: Source, term: string) => Promise<readonly Found[]>;
}

const languagesFound = 8;

const terms = (kind: TermKind.SKILL | TermKind.CAUSE): Field["find"] => {
  return async ({ reference }, term) =>
    (await reference.resolveTerm(term, kind)).map(({ name, displayName, matchedTerm }) => ({
      value: name,
      text: displayName,
      ...(matchedTerm.toLowerCase() === displayName.toLowerCase() ? {} : { by: matchedTerm }),
    }));
};

const organisation: Field = {
  single: true,
  names: ({ clients }, chosen) => organisationNames(clients, chosen),
  find: async ({ clients }, term) =>
    (await findOrganisations(clients, term)).map(({ name, displayName }) => ({ value: name, text: displayName })),
};

/** Each field that is chosen in this way, by its name in forms. */
const fields = {
  skills: { single: false, names: ({ reference }) => reference.skills(), find: terms(TermKind.SKILL) },
  causes: { single: false, names: ({ reference }) => reference.causes(), find: terms(TermKind.CAUSE) },
  languages: {
    single: false,
    names: () => Promise.resolve(languages),
    find: (_source, term) => {
      const wanted = term.toLowerCase();
      const found = [...languages].filter(([, text]) => text.toLowerCase().includes(wanted));
      return Promise.resolve(found.slice(0, languagesFound).map(([value, text]) => ({ value, text })));
    },
  },
  skill: { single: true, names: ({ reference }) => reference.skills(), find: terms(TermKind.SKILL) },
  cause: { single: true, names: ({ reference }) => reference.causes(), find: terms(TermKind.CAUSE) },
  organisation,
  accountable_body: organisation,
} as const satisfies Readonly<Record<string, Field>>;

export type ChoiceField = keyof typeof fields;

export const isChoiceField = (name: string): name is ChoiceField => Object.hasOwn(fields, name);

export interface Choice {
  readonly value: string;
  readonly text: string;
  readonly checked: boolean;
  readonly hint?: { readonly text: string };
}

export interface Choices {
  readonly field: ChoiceField;
  readonly single: boolean;
  /** What was typed and is not chosen yet. */
  readonly term: string;
  readonly chosen: readonly Choice[];
  readonly found: readonly Choice[];
  /** What to say when nothing was found. */
  readonly nothing: string;
}

/** The chosen ones, and what `term` (empty: nothing) may mean besides. */
export async function readChoices(
  source: Source,
  field: ChoiceField,
  chosen: readonly string[],
  term: string,
): Promise<Choices> {
  const { single, names, find }: Field = fields[field];
  const [known, matches] = await Promise.all([names(source, chosen), term === "" ? [] : find(source, term)]);
  const found = matches
    .filter(({ value }) => !chosen.includes(value))
    .map(({ value, text, by }) => ({
      value,
      text,
      checked: false,
      ...(by === undefined ? {} : { hint: { text: t.matched(by) } }),
    }));
  return {
    field,
    single,
    term,
    chosen: chosen.map((value) => ({ value, text: nameIn(known, value), checked: true })),
    found,
    nothing: term !== "" && matches.length === 0 ? t.nothing(term) : "",
  };
}

/** Says of each word that was typed to choose by, and of which nothing was chosen: saving would lose it. */
export async function addUnchosen(source: Source, form: Form, errors: FormErrors): Promise<void> {
  const typed = Object.entries<Field>(fields).flatMap(([name, field]) => {
    const term = form.text(`${name}_term`);
    return term === "" ? [] : [{ name, field, term, chosen: form.all(name) }];
  });
  const isLost = await Promise.all(
    typed.map(async ({ field, term, chosen }) => {
      try {
        return !(await field.find(source, term)).some(({ value }) => chosen.includes(value));
      } catch {
        // What it may mean cannot be told: whoever chose something need not wait for that.
        return chosen.length === 0;
      }
    }),
  );
  const { byField } = errors;
  typed.forEach(({ name, term }, index) => {
    const field = `${name}-term`;
    if (isLost[index] === true && byField[field] === undefined) errors.add(field, t.unchosen(term));
  });
}

/** What readChoices answers, for a form, which is shown even when its look-ups are away: then the chosen ones have no names. */
export async function choicesInForm(
  source: Source,
  field: ChoiceField,
  chosen: readonly string[],
  term: string,
): Promise<Choices> {
  try {
    return await readChoices(source, field, chosen, term);
  } catch {
    const bare = chosen.map((value) => ({ value, text: nameIn(new Map(), value), checked: true }));
    return { field, single: fields[field].single, term, chosen: bare, found: [], nothing: "" };
  }
}
