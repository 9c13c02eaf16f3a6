// A file as headings and rows, or why it cannot be read as a whole.
import { createHash } from "node:crypto";

import { decode } from "./decode.ts";
import type { Encoding, NoText } from "./decode.ts";
import { readHeadings } from "./headings.ts";
import type { Columns, Headings } from "./headings.ts";
import { mostUploadBytes } from "../../../server/upload.ts";
import { mostColumns } from "./limits.ts";
import { delimiters, parseRows, withoutBlankEnd, withoutSeparatorLine } from "./parse.ts";
import type { Delimiter, FileFault, RawRow } from "./parse.ts";

export interface Sheet {
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
  readonly headings: Headings;
  readonly rows: readonly RawRow[];
  /** Of the bytes: what makes a file the same one again. */
  readonly digest: string;
}

export type Refusal =
  | FileFault
  | { readonly kind: NoText | "too-large" | "no-headings" | "no-rows" }
  | { readonly kind: "twice" | "missing"; readonly columns: readonly string[] };

/** Rows of which at least one column is needed, each as its ids. */
export type Needed = readonly (readonly string[])[];

const isRefusal = (read: readonly RawRow[] | FileFault): read is FileFault => !Array.isArray(read);

/** The delimiter that makes the most known headings of the first row; of equals, the one that parts it most. */
function delimiterOf(text: string, columns: Columns): Delimiter {
  const worth = (delimiter: Delimiter) => {
    const rows = parseRows(text, delimiter, 1);
    if (isRefusal(rows)) return rows.kind === "too-many-columns" ? mostColumns : 0;
    const cells = rows[0]?.cells ?? [];
    return readHeadings(columns, cells).places.size * 1000 + cells.length;
  };
  const tried = delimiters.map((delimiter) => ({ delimiter, worth: worth(delimiter) }));
  return tried.reduce((best, one) => (one.worth > best.worth ? one : best)).delimiter;
}

export function readSheet(bytes: Buffer, columns: Columns, needed: Needed): Sheet | Refusal {
  if (bytes.length > mostUploadBytes) return { kind: "too-large" };
  const decoded = decode(bytes);
  if (typeof decoded === "string") return { kind: decoded };
  const { text, delimiter: named } = withoutSeparatorLine(withoutBlankEnd(decoded.text));
  const delimiter = named ?? delimiterOf(text, columns);
  const rows = parseRows(text, delimiter);
  if (isRefusal(rows)) return rows;
  const [first, ...rest] = rows;
  const headings = readHeadings(columns, first?.cells ?? []);
  if (headings.places.size === 0) return { kind: "no-headings" };
  if (headings.twice.length > 0) return { kind: "twice", columns: headings.twice };
  const missing = needed.find((ids) => !ids.some((id) => headings.places.has(id)));
  if (missing !== undefined) return { kind: "missing", columns: missing };
  if (rest.length === 0) return { kind: "no-rows" };
  const digest = createHash("sha256").update(bytes).digest("hex");
  return { encoding: decoded.encoding, delimiter, headings, rows: rest, digest };
}
