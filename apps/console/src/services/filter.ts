// Filters of list methods: docs/api.md says what they may say.

export interface Term {
  readonly field: string;
  readonly op: "=" | "!=" | ":" | "<";
  readonly value: string;
}

/** Terms joined by AND; one without a value says nothing. */
export function filterOf(terms: readonly Term[]): string {
  return terms
    .filter(({ value }) => value !== "")
    .map(({ field, op, value }) => `${field}${op}"${value.replace(/[\\"]/g, "\\$&")}"`)
    .join(" AND ");
}
