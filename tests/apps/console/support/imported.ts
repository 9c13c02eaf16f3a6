// An import from its file to its end, by someone who visits without a browser.
import assert from "node:assert/strict";

import { until } from "./processes.ts";
import type { Visitor } from "./visitor.ts";

/** Sends a file of volunteers, one to a row of `rows` below `columns`. Answers where the import is, which has begun. */
export async function sendPeople(
  visitor: Visitor,
  columns: string,
  rows: readonly string[],
  fileName = "people.csv",
): Promise<string> {
  const file = new File([[columns, ...rows, ""].join("\n")], fileName, { type: "text/csv" });
  const { path, status } = await visitor.upload("/import", [["kind", "volunteers"]], "file", file);
  assert.equal(status, 200, `the file is taken: ${path}`);
  return path;
}

/** Waits until the page of an import leads to this part of it: `run` once it is checked, `results` at its end. */
export const untilOffers = (visitor: Visitor, path: string, part: "run" | "results") =>
  until(async () => (await visitor.get(path)).text.includes(`${path}/${part}"`), `the import to offer its ${part}`);

/** Imports volunteers. Answers where the import is, now that it has ended. */
export async function importPeople(visitor: Visitor, columns: string, rows: readonly string[]): Promise<string> {
  const path = await sendPeople(visitor, columns, rows);
  await untilOffers(visitor, path, "run");
  await visitor.post(`${path}/run`, []);
  await untilOffers(visitor, path, "results");
  return path;
}
