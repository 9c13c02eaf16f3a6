// Cells that a spreadsheet would take for formulas, which a stranger may have written: docs/cli.md, "Importing a file".

const formula = /^[=+\-@\t\r]/;
const guarded = /^'+[=+\-@\t\r]/;

/** A cell as it is written to a file: an apostrophe before what begins like a formula. Taking it away gives back what was there. */
export function guardCell(cell: string): string {
  return formula.test(cell) || guarded.test(cell) ? `'${cell}` : cell;
}

/** A cell as it is read. */
export function unguardedCell(cell: string): string {
  return guarded.test(cell) ? cell.slice(1) : cell;
}
