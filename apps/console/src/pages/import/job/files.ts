// The files that come of an import.
import { texts } from "../../../texts/en-GB/index.ts";
import { unguardedCell } from "../file/guard.ts";
import { errorColumns, isErrorColumn } from "../file/headings.ts";
import type { Headings } from "../file/headings.ts";
import { writeCsv } from "../file/write.ts";
import type { Job, JobRow } from "./job.ts";

const t = texts.import.files;

const faultsOf = ({ faults }: JobRow) =>
  faults.map(({ column, text }) => (column === "" ? text : `${column}: ${text}`)).join("; ");

/**
 * Takes the file's own cells of a row: without those that an earlier file of faulty rows brought along, and with those that are beyond the
 * headings. What guarded a cell in the file is written anew.
 */
function ownCells({ written }: Headings): (cells: readonly string[]) => readonly string[] {
  const places = written.flatMap((heading, place) => (isErrorColumn(heading) ? [] : [place]));
  return (cells) => {
    const beyond = cells.slice(written.length);
    while (beyond.at(-1)?.trim() === "") beyond.pop();
    return [...places.map((place) => cells[place] ?? ""), ...beyond].map(unguardedCell);
  };
}

function resultOf(row: JobRow): string {
  if (row.outcome !== "") return t.outcomes[row.outcome];
  if (row.faults.length > 0) return t.outcomes["not-made"];
  // The record is there, and what was to follow is not done.
  return row.record === "" ? t.outcomes["not-made"] : t.outcomes.unfinished;
}

const whyNot = (job: Job, row: JobRow): string => {
  if (row.faults.length > 0 || row.outcome !== "") return faultsOf(row);
  return job.endedBy === "unavailable" ? t.unavailable : t.stopped;
};

/** Every row, with what became of it before its own cells. */
export function resultFile(job: Job): string {
  const { headings } = job.sheet;
  const own = ownCells(headings);
  const rows = job.rows.map((row) => [
    String(row.number),
    resultOf(row),
    row.record,
    whyNot(job, row),
    [...(row.likeRow === undefined ? [] : [t.likeRow(row.likeRow)]), ...row.duplicates].join("; "),
    ...own(row.cells),
  ]);
  return writeCsv([[...t.headings, ...own(headings.written)], ...rows]);
}

/** The rows that were not made, under their own headings, to be mended and imported. */
export function faultyFile(job: Job): string {
  const { headings } = job.sheet;
  const own = ownCells(headings);
  const faulty = job.rows.filter(isFaulty);
  const rows = faulty.map((row) => [String(row.number), faultsOf(row), ...own(row.cells)]);
  return writeCsv([[...Object.values(errorColumns), ...own(headings.written)], ...rows]);
}

/** Whether a row is to be mended. */
export const isFaulty = ({ faults, record }: JobRow) => faults.length > 0 && record === "";
