// A rule as a table: one test for each row, named after it.
import { test } from "node:test";

export function table<Row>(name: string, rows: Readonly<Record<string, Row>>, check: (row: Row) => void): void {
  for (const [row, values] of Object.entries(rows)) test(`${name}: ${row}`, () => check(values));
}
