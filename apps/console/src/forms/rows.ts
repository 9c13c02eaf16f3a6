// Rows of a form, such as dates: `session-0-day`, `session-0-time`, `session-1-day`, …
import type { Form } from "./form.ts";

export type Row<Field extends string> = Readonly<Record<Field, string>>;

/** A row of empty fields. */
export function blankRow<Field extends string>(fields: readonly Field[]): Row<Field> {
  return Object.fromEntries(fields.map((field) => [field, ""])) as Row<Field>;
}

/** The rows that were sent, at most `limit`, without those that are empty. */
export function readRows<Field extends string>(
  form: Form,
  name: string,
  fields: readonly Field[],
  limit: number,
): readonly Row<Field>[] {
  const rows: Row<Field>[] = [];
  for (let index = 0; index < limit && fields.some((field) => form.has(`${name}-${index}-${field}`)); index += 1) {
    rows.push(Object.fromEntries(fields.map((field) => [field, form.text(`${name}-${index}-${field}`)])) as Row<Field>);
  }
  return rows.filter((row) => fields.some((field) => row[field] !== ""));
}

/** The rows as a form shows them: with one more to fill in, each with its number. */
export function rowsToShow<Field extends string>(rows: readonly Row<Field>[], fields: readonly Field[]) {
  return [...rows, blankRow(fields)].map((row, index) => ({ ...row, index, number: index + 1 }));
}
