// The plain lists of words that records use, from the same tables as the services'.
import accessNeedsTable from "../../../../reference/data/access_needs.csv";
import languagesTable from "../../../../reference/data/languages.csv";

/** Both columns, id and label; no cell of these tables has a comma or a quote in it. */
function readTable(text: string): ReadonlyMap<string, string> {
  const rows = text.trim().split("\n").slice(1);
  return new Map(rows.map((row) => [row.slice(0, row.indexOf(",")), row.slice(row.indexOf(",") + 1)]));
}

/** `step-free-access` is "Step-free access". */
export const accessNeeds = readTable(accessNeedsTable);

/** `fr` is "French". */
export const languages = readTable(languagesTable);
