// Filters of list methods: docs/api.md says what they may say.

export interface Term {
  readonly field: string;
  readonly op: "=" | "!=" | ":" | "<" | "<=";
  readonly value: string;
}

/** Terms joined by AND; one without a value says nothing. */
export function filterOf(terms: readonly Term[]): string {
  return terms
    .filter(({ value }) => value !== "")
    .map(({ field, op, value }) => `${field}${op}"${value.replace(/[\\"]/g, "\\$&")}"`)
    .join(" AND ");
}

/** The service takes twenty terms; nobody types so many words. */
const mostWords = 10;

/** That each word of a text begins a word of the record's name. */
export function wordTerms(text: string): readonly Term[] {
  // As the service parts a name into words.
  const words = text.replace(/['\u2019]/g, "").split(/[^\p{L}\p{M}\p{N}]+/u);
  return words
    .filter((word) => word !== "")
    .slice(0, mostWords)
    .map((word) => ({ field: "word", op: ":", value: word }));
}
