// An import from its file to its end, by someone who visits without a browser.
import assert from "node:assert/strict";

import { until } from "./processes.ts";
import type { Visitor } from "./visitor.ts";

/**
 * Imports volunteers, one to a row of `rows` below `columns`. Answers where the import is, now that it has ended. `meanwhile` is called while
 * rows are checked, and again while they are made.
 */
export async function importPeople(
  visitor: Visitor,
  columns: string,
  rows: readonly string[],
  meanwhile: (path: string) => Promise<void> = async () => {},
): Promise<string> {
  const file = new File([[columns, ...rows, ""].join("\n")], "people.csv", { type: "text/csv" });
  const { path, status } = await visitor.upload("/import", [["kind", "volunteers"]], "file", file);
  assert.equal(status, 200, `the file is taken: ${path}`);
  await meanwhile(path);
  const shows = (what: string) => async () => (await visitor.get(path)).text.includes(`${path}/${what}"`);
  await until(shows("run"), "the file to be checked");
  await visitor.post(`${path}/run`, []);
  await meanwhile(path);
  await until(shows("results"), "the file to be imported");
  return path;
}
