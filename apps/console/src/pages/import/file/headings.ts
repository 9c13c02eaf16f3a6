// Which column of a file is which, however its heading is written.
import type { ColumnWords } from "../../../texts/en-GB/import-columns.ts";

export type Columns = Readonly<Record<string, ColumnWords>>;

export interface Headings {
  readonly columns: Columns;
  /** As they are written in the file. */
  readonly written: readonly string[];
  /** Column id → place in the row. */
  readonly places: ReadonlyMap<string, number>;
  /** Headings that name no column, as they are written; their cells are passed over. */
  readonly unknown: readonly string[];
  /** Column ids that several headings name. */
  readonly twice: readonly string[];
}

/** What a file of faulty rows says about them: passed over when it comes back. */
export const errorColumns = { row: "error_line", reasons: "error_reasons" } as const;

/** A heading without case, signs and spaces at its ends: "E-mail *" is "e mail". */
export function plain(heading: string): string {
  return heading
    .normalize("NFKC")
    .toLowerCase()
    .replace(/['’]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

const errorNames: readonly string[] = Object.values(errorColumns).map(plain);

export const isErrorColumn = (heading: string) => errorNames.includes(plain(heading));

/** Of a heading that is understood, in characters: to look for brackets in a longer one could take long. */
const longestHeading = 200;

const withoutBrackets = (heading: string) =>
  heading.length > longestHeading ? heading : heading.replace(/\([^)]*\)|\[[^\]]*\]/g, " ");

function namesOf(columns: Columns): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const add = (id: string, names_: readonly string[]) => {
    for (const name of names_) if (!names.has(name)) names.set(name, id);
  };
  // An id wins over what another column may also be called.
  for (const [id, { heading }] of Object.entries(columns)) add(id, [plain(id), plain(heading)]);
  for (const [id, { also }] of Object.entries(columns)) add(id, also.map(plain));
  return names;
}

/** Whether the heading of the column says that its numbers are miles. */
export const saysMiles = (heading: string) => /\bmiles?\b/i.test(heading);

export function readHeadings(columns: Columns, written: readonly string[]): Headings {
  const names = namesOf(columns);
  const places = new Map<string, number>();
  const unknown: string[] = [];
  const twice = new Set<string>();
  written.forEach((heading, place) => {
    const name = plain(heading);
    const id = names.get(name) ?? names.get(plain(withoutBrackets(heading)));
    if (id !== undefined && places.has(id)) twice.add(id);
    else if (id !== undefined) places.set(id, place);
    else if (name !== "" && !errorNames.includes(name)) unknown.push(heading.trim());
  });
  return { columns, written, places, unknown, twice: [...twice] };
}
