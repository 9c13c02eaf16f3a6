// Rows as a CSV file that Excel opens as it is: UTF-8 with a byte order mark, lines that end as RFC 4180 has them.
import { guardCell } from "./guard.ts";

const quoted = /[",;\t\r\n]|^\s|\s$/;

function cellText(cell: string): string {
  const text = guardCell(cell);
  return quoted.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function writeCsv(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(cellText).join(",")}\r\n`).join("")}`;
}
