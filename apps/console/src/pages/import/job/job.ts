// An import: the rows of a file, what was found out about each, and what became of it. In memory alone.
import { stepId } from "../../../forms/request-id.ts";
import { failureOf } from "../../../services/failure.ts";
import { texts } from "../../../texts/en-GB/index.ts";
import { Row, quote } from "../cells/row.ts";
import type { Remark } from "../cells/row.ts";
import type { RawRow } from "../file/parse.ts";
import type { Sheet } from "../file/sheet.ts";
import type { Checked, Draft, Kind, Made, Source } from "../kinds/kind.ts";
import type { Section } from "../../shared/sections.ts";
import { markLikes, mayBeThere } from "./likes.ts";
import { inParallel } from "./parallel.ts";
import { GaveUp, Patience } from "./patience.ts";

const t = texts.import.cells;

/** How many calls are under way at once. */
const width = 4;
const samples = 3;

/** What became of a row: nothing yet; made; made by an earlier import of the same file; left out, as it may be there; not made. */
export type Outcome = "" | "made" | "there" | "left-out" | "not-made";

export interface JobRow extends RawRow {
  readonly faults: Remark[];
  readonly notes: Remark[];
  isChecked: boolean;
  /** Rows that share one may be the same: see Draft. */
  keys: readonly string[];
  /** The number of an earlier row that may be the same. */
  likeRow: number | undefined;
  /** Names of records that may be the same. */
  duplicates: readonly string[];
  outcome: Outcome;
  /** The record's name, when there is one. */
  record: string;
}

/** Where an import is. A part that was ended early can be gone on with. */
export type Phase = "checking" | "unchecked" | "checked" | "running" | "ended";

/** Why a part ended early. */
export type EndedBy = "" | "asked" | "unavailable" | "refused";

export interface JobOptions {
  /** See Patience. */
  readonly delays?: readonly number[];
}

export class Job {
  phase: Phase = "checking";
  endedBy: EndedBy = "";
  /** A fault of ours that ended it. */
  fault: unknown;
  readonly rows: readonly JobRow[];
  /** By the row's number. */
  private readonly sampled = new Map<number, readonly Section[]>();
  private readonly patience: Patience;
  private readonly listeners = new Set<() => void>();
  private leavesOut = false;
  private stopping = new AbortController();
  /** When the last row was checked, by the service's clock. */
  private checkedAt = 0n;

  constructor(
    readonly kind: Kind,
    readonly sheet: Sheet,
    readonly fileName: string,
    private readonly source: Source,
    { delays }: JobOptions = {},
  ) {
    const unknown = {
      isChecked: false,
      keys: [],
      likeRow: undefined,
      duplicates: [],
      outcome: "",
      record: "",
    } as const;
    this.rows = sheet.rows.map((row) => ({ ...row, ...unknown, faults: [], notes: [] }));
    this.patience = new Patience(delays, () => this.tell());
  }

  /** What will be made of the first good rows. */
  get samples(): readonly (readonly Section[])[] {
    return [...this.sampled].sort(([a], [b]) => a - b).map(([, sections]) => sections);
  }

  get centre(): string {
    return this.source.centre;
  }

  get isWorking(): boolean {
    return this.phase === "checking" || this.phase === "running";
  }

  get isWaiting(): boolean {
    return this.isWorking && this.patience.isWaiting;
  }

  /** How far the part is that is under way. */
  get progress(): { readonly done: number; readonly total: number } {
    if (this.phase === "checking") return countOf(this.rows, ({ isChecked }) => isChecked);
    const wanted = this.rows.filter(({ faults, outcome }) => outcome !== "" || faults.length === 0);
    return countOf(wanted, ({ outcome }) => outcome !== "");
  }

  /** Reads every row, and asks the service whether it would make the record. Writes nothing. */
  async check(): Promise<void> {
    const rows = this.rows.filter(({ isChecked }) => !isChecked);
    await this.work("checking", rows, (row) => this.checkRow(row));
    markLikes(this.rows);
    this.end(
      rows.every(({ isChecked }) => isChecked),
      "checked",
      "unchecked",
    );
  }

  /** Makes the records of the good rows that were not made yet; `leaveOut` says without those that may be there already. */
  async run(leaveOut = this.leavesOut): Promise<void> {
    this.leavesOut = leaveOut;
    const rows = this.rows.filter(({ faults, outcome }) => outcome === "" && faults.length === 0);
    await this.work("running", rows, async (row) => {
      if (leaveOut && mayBeThere(row)) row.outcome = "left-out";
      else await this.makeRow(row);
    });
    this.end(
      rows.every(({ outcome }) => outcome !== ""),
      "ended",
      "ended",
    );
  }

  /** Takes no further rows; those under way are finished. */
  stop(): void {
    this.stopping.abort();
  }

  /** Resolves with the next change, or when `signal` says so. */
  changed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const over = () => {
        this.listeners.delete(over);
        signal.removeEventListener("abort", over);
        resolve();
      };
      this.listeners.add(over);
      signal.addEventListener("abort", over);
      if (signal.aborted) over();
    });
  }

  private tell(): void {
    for (const listener of [...this.listeners]) listener();
  }

  private async work(phase: Phase, rows: readonly JobRow[], each: (row: JobRow) => Promise<void>): Promise<void> {
    this.phase = phase;
    this.endedBy = "";
    this.stopping = new AbortController();
    this.patience.forget();
    const { signal } = this.stopping;
    try {
      await inParallel(rows, width, signal, async (row) => {
        await each(row);
        this.tell();
      });
      if (signal.aborted) this.endedBy = "asked";
    } catch (error) {
      this.endedBy = this.reasonOf(error, signal);
    }
  }

  private end(isWhole: boolean, whole: Phase, early: Phase): void {
    if (isWhole) this.endedBy = "";
    this.phase = isWhole ? whole : early;
    this.tell();
  }

  private reasonOf(error: unknown, signal: AbortSignal): EndedBy {
    if (error instanceof GaveUp) return signal.aborted ? "asked" : "unavailable";
    const kind = failureOf(error)?.kind;
    if (kind === "signed-out" || kind === "forbidden") return "refused";
    this.fault = error;
    return "refused";
  }

  private async draftOf(row: JobRow): Promise<{ readonly read: Row; readonly draft: Draft }> {
    const read = new Row(this.sheet.headings, row);
    return { read, draft: await this.kind.read(read, this.source) };
  }

  private call<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    return this.patience.call(work, this.stopping.signal);
  }

  private async checkRow(row: JobRow): Promise<void> {
    await this.call(async () => {
      const { read, draft } = await this.draftOf(row);
      row.keys = draft.keys;
      row.faults.splice(0, Infinity, ...read.faults);
      row.notes.splice(0, Infinity, ...read.notes);
      try {
        const { at, duplicates, sample } = await draft.check();
        row.duplicates = duplicates;
        if (at > this.checkedAt) this.checkedAt = at;
        if (row.faults.length === 0) await this.show(row, sample);
      } catch (error) {
        this.addFaults(row, read, draft, error);
      }
    });
    row.faults.sort((a, b) => this.placeOf(a) - this.placeOf(b));
    row.isChecked = true;
  }

  /** Takes a place among the samples before there is one: rows are checked side by side. */
  private async show({ number }: JobRow, sample: Checked["sample"]): Promise<void> {
    if (this.sampled.size >= samples && !this.sampled.has(number)) return;
    this.sampled.set(number, []);
    this.sampled.set(number, await sample());
  }

  /** Remarks stand in the order of the file's columns. */
  private placeOf({ column }: Remark): number {
    return this.sheet.headings.written.findIndex((heading) => heading.trim() === column);
  }

  /** What the service finds besides what is known of a column already. Throws what is not about the row. */
  private addFaults(row: JobRow, read: Row, draft: Draft, error: unknown): void {
    const failure = failureOf(error);
    if (failure?.kind !== "invalid" && failure?.kind !== "not-allowed") throw error;
    if (failure.reason === "REQUEST_ID_REUSED") row.faults.push({ column: "", text: t.readOtherwise });
    else if (failure.faults.length === 0) row.faults.push({ column: "", text: failure.message });
    for (const { field, description } of failure.faults) {
      const column = draft.columnOf(field);
      if (column !== "" && read.isFaulty(column)) continue;
      const cell = column === "" ? "" : read.cell(column);
      const fault = {
        column: column === "" ? field : read.heading(column),
        text: cell === "" ? description : `${quote(cell)} ${description}`,
      };
      // One cell may be two fields: a postcode is the address's and the home's.
      if (!row.faults.some((one) => one.column === fault.column && one.text === fault.text)) row.faults.push(fault);
    }
  }

  private async makeRow(row: JobRow): Promise<void> {
    const id = this.requestId(row);
    await this.call(async () => {
      const { read, draft } = await this.draftOf(row);
      let outcome: Outcome = "not-made";
      const keep = ({ name, at, duplicates }: Made) => {
        row.record = name;
        row.duplicates = (duplicates ?? row.duplicates).filter((other) => other !== name);
        // What was there when the rows were checked, an earlier import of the same file has made.
        outcome = at <= this.checkedAt ? "there" : "made";
      };
      try {
        await draft.make(id, keep);
      } catch (error) {
        this.addFaults(row, read, draft, error);
      }
      row.outcome = outcome;
    });
  }

  /** The same for the same row of the same file at the same centre: what was made once is not made again. */
  private requestId({ number }: JobRow): string {
    return stepId(`import 1 ${this.kind.id} ${this.source.centre} ${this.sheet.digest}`, String(number));
  }
}

function countOf(rows: readonly JobRow[], isDone: (row: JobRow) => boolean) {
  return { done: rows.filter(isDone).length, total: rows.length };
}
