// One row while it is read: its cells by column, and all that is wrong with them at once.
import { texts } from "../../../texts/en-GB/index.ts";
import { unguardedCell } from "../file/guard.ts";
import type { Headings } from "../file/headings.ts";
import type { RawRow } from "../file/parse.ts";

const t = texts.import.cells;

/** Something said of a row; `column`: of its heading, as the file has it, or of the row when empty. */
export interface Remark {
  readonly column: string;
  readonly text: string;
}

/** What is wrong with a cell, in words that stand behind its column. */
export class CellFault extends Error {}

const longestShown = 40;

/** What was typed, as a fault quotes it. */
export function quote(typed: string): string {
  const short = typed.length > longestShown ? `${typed.slice(0, longestShown)}…` : typed;
  return `“${short.replace(/\s+/g, " ")}”`;
}

export const cellFault = (typed: string, problem: string) => new CellFault(`${quote(typed)} ${problem}`);

/** White space as one would write it. */
const tidy = (text: string) => text.replace(/\s+/g, " ").trim();

const longestValue = 500;

/** Whether a text is too long to be one value: reading it could take long. */
export const isTooLong = (value: string) => value.length > longestValue;

/** Entries of a list: semicolons or lines part them. */
export function splitList(text: string): readonly string[] {
  return text
    .split(/[;\r\n]/)
    .map(tidy)
    .filter((entry) => entry !== "");
}

/** Of a list: as many as the longest has that a service takes, the sessions of an opportunity. */
const mostEntries = 500;

/** Whether a list is too long to be read: looking its entries up could take long. */
export const isTooMany = (entries: readonly string[]) => entries.length > mostEntries;

/** Of one column: whoever is told of so many looks at the whole cell. */
const mostRemarks = 20;

function valueOf(text: string): string {
  const value = tidy(text);
  if (isTooLong(value)) throw cellFault(value, t.tooLong);
  return value;
}

export class Row {
  readonly faults: Remark[] = [];
  readonly notes: Remark[] = [];

  constructor(
    private readonly headings: Headings,
    private readonly raw: RawRow,
  ) {
    const beyond = raw.cells.slice(headings.written.length);
    if (beyond.some((cell) => cell.trim() !== "")) this.fault("", t.tooManyCells);
  }

  /** Trimmed; empty when there is none. */
  cell(column: string): string {
    const place = this.headings.places.get(column);
    return place === undefined ? "" : unguardedCell(this.raw.cells[place] ?? "").trim();
  }

  /** Whether the file has the column. */
  knows(column: string): boolean {
    return this.headings.places.has(column);
  }

  has(column: string): boolean {
    return this.cell(column) !== "";
  }

  /** The heading of a column as the file has it; as the templates have it when the file does not. */
  heading(column: string): string {
    const { places, written, columns } = this.headings;
    const place = places.get(column);
    return (place === undefined ? columns[column]?.heading : written[place])?.trim() ?? column;
  }

  fault(column: string, text: string): void {
    this.add(this.faults, column, text);
  }

  note(column: string, text: string): void {
    this.add(this.notes, column, text);
  }

  /** Whether the column is at fault already. */
  isFaulty(column: string): boolean {
    return this.ofColumn(this.faults, column).length > 0;
  }

  /** What `parse` makes of the cell; undefined when it is empty or at fault. */
  read<Value>(column: string, parse: (text: string) => Value): Value | undefined {
    return this.has(column) ? this.attempt(column, () => parse(valueOf(this.cell(column)))) : undefined;
  }

  /** The same for each entry of a list, without those at fault. */
  list<Value>(column: string, parse: (text: string) => Value): readonly Value[] {
    return this.entries(column).flatMap((entry) => {
      const value = this.attempt(column, () => parse(valueOf(entry)));
      return value === undefined ? [] : [value];
    });
  }

  /** The same for a list whose entries are looked up. */
  async lookedUp<Value>(column: string, find: (text: string) => Promise<readonly Value[]>): Promise<readonly Value[]> {
    const found: Value[] = [];
    for (const entry of this.entries(column)) {
      if (this.ofColumn(this.faults, column).length > mostRemarks) break;
      try {
        found.push(...(await find(valueOf(entry))));
      } catch (error) {
        this.say(column, error);
      }
    }
    return found;
  }

  private attempt<Value>(column: string, make: () => Value): Value | undefined {
    try {
      return make();
    } catch (error) {
      this.say(column, error);
      return undefined;
    }
  }

  private say(column: string, error: unknown): void {
    if (!(error instanceof CellFault)) throw error;
    this.fault(column, error.message);
  }

  private entries(column: string): readonly string[] {
    const entries = splitList(this.cell(column));
    if (!isTooMany(entries)) return entries;
    this.fault(column, t.tooManyEntries);
    return [];
  }

  private ofColumn(remarks: readonly Remark[], column: string): readonly Remark[] {
    const heading = column === "" ? "" : this.heading(column);
    return remarks.filter((one) => one.column === heading);
  }

  private add(remarks: Remark[], column: string, text: string): void {
    const before = this.ofColumn(remarks, column);
    // The same slip twice in a list is said once.
    if (before.length > mostRemarks || before.some((one) => one.text === text)) return;
    const said = before.length === mostRemarks ? t.andMore : text;
    remarks.push({ column: column === "" ? "" : this.heading(column), text: said });
  }
}
