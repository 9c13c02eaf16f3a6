// The rows of a CSV file, with the numbers that a spreadsheet shows them under.
import { CsvError, parse } from "csv-parse/sync";
import type { InfoRecord } from "csv-parse/sync";

import { longestCell, mostColumns, mostRows } from "./limits.ts";

export interface RawRow {
  /** As a spreadsheet counts: 1 is the headings'. */
  readonly number: number;
  readonly cells: readonly string[];
}

export type Delimiter = "," | ";" | "\t";

export const delimiters: readonly Delimiter[] = [",", ";", "\t"];

/** What keeps a file from being read as a whole. */
export type FileFault =
  | { readonly kind: "too-many-rows" | "too-many-columns" }
  | { readonly kind: "cell-too-long" | "quote-not-closed" | "unreadable"; readonly row: number };

class Refused extends Error {
  constructor(readonly fault: FileFault) {
    super(fault.kind);
  }
}

/** Rows of empty cells count towards this: to read more would take long. */
const mostRecords = 2 * mostRows;

/** Without the blank rows at the end, of which spreadsheets may write very many. */
export function withoutBlankEnd(text: string): string {
  let end = text.length;
  while (end > 0 && " ,;\t\r\n".includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

const isBlank = (cells: readonly string[]) => cells.every((cell) => cell.trim() === "");

/** The delimiter that Excel's own first line names, and the rest. */
export function withoutSeparatorLine(text: string): {
  readonly text: string;
  readonly delimiter: Delimiter | undefined;
} {
  const [line = "", named] = /^sep=([,;\t])\r?\n/i.exec(text) ?? [];
  return { text: text.slice(line.length), delimiter: named as Delimiter | undefined };
}

/** Reading is over before the text is. */
class Enough extends Error {}

/** The rows that are not blank; only the first `most` when that is said. */
export function parseRows(text: string, delimiter: Delimiter, most?: number): readonly RawRow[] | FileFault {
  const rows: RawRow[] = [];
  let number = 0;
  const take = (cells: readonly string[], { records, empty_lines }: InfoRecord): null => {
    number = records + empty_lines;
    if (records > mostRecords) throw new Refused({ kind: "too-many-rows" });
    if (cells.length > mostColumns) throw new Refused({ kind: "too-many-columns" });
    if (cells.some((cell) => cell.length > longestCell)) throw new Refused({ kind: "cell-too-long", row: number });
    if (isBlank(cells)) return null;
    // One more than the rows are the headings.
    if (rows.length > mostRows) throw new Refused({ kind: "too-many-rows" });
    rows.push({ number, cells });
    if (rows.length === most) throw new Enough();
    return null;
  };
  try {
    parse(text, {
      bom: true,
      delimiter,
      record_delimiter: ["\r\n", "\n", "\r"],
      skip_empty_lines: true,
      relax_quotes: true,
      relax_column_count: true,
      on_record: take,
    });
  } catch (error) {
    if (error instanceof Enough) return rows;
    if (error instanceof Refused) return error.fault;
    if (!(error instanceof CsvError)) throw error;
    const kind = error.code === "CSV_QUOTE_NOT_CLOSED" ? "quote-not-closed" : "unreadable";
    return { kind, row: number + 1 };
  }
  return rows;
}
