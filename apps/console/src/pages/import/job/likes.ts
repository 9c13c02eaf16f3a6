// Rows of one file that may be the same: the services tell only of what is there already.
import type { JobRow } from "./job.ts";

/** Says of each good row which earlier one it is like. */
export function markLikes(rows: readonly JobRow[]): void {
  const first = new Map<string, number>();
  for (const row of rows) {
    if (row.faults.length > 0) continue;
    row.likeRow = row.keys.map((key) => first.get(key)).find((number) => number !== undefined);
    for (const key of row.keys) if (!first.has(key)) first.set(key, row.number);
  }
}

/** Whether the row may be there already, or be made by another row. */
export const mayBeThere = ({ duplicates, likeRow }: JobRow) => duplicates.length > 0 || likeRow !== undefined;
