// Reading a spreadsheet as people save it: bytes, headings, rows, limits; and what is written back.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { guardCell, unguardedCell } from "../../../../apps/console/src/pages/import/file/guard.ts";
import { readHeadings } from "../../../../apps/console/src/pages/import/file/headings.ts";
import { readSheet } from "../../../../apps/console/src/pages/import/file/sheet.ts";
import type { Refusal, Sheet } from "../../../../apps/console/src/pages/import/file/sheet.ts";
import { writeCsv } from "../../../../apps/console/src/pages/import/file/write.ts";
import { opportunityColumns } from "../../../../apps/console/src/texts/en-GB/import-role-columns.ts";
import { organisationColumns, volunteerColumns } from "../../../../apps/console/src/texts/en-GB/import-columns.ts";
import { dice } from "../support/dice.ts";
import { table } from "../support/table.ts";

declare const TREE: string;

const needed = [["given_name", "display_name"]];
const read = (bytes: Buffer | string) => readSheet(Buffer.from(bytes), volunteerColumns, needed);

function sheetOf(bytes: Buffer | string): Sheet {
  const sheet = read(bytes);
  assert.ok(!("kind" in sheet), JSON.stringify(sheet));
  return sheet;
}

const cells = ({ rows }: Sheet) => rows.map((row) => row.cells);

table(
  "a heading",
  {
    "as templates have it": ["Given name", "given_name"],
    "as the command line has it": ["given_name", "given_name"],
    "in another case": ["GIVEN NAME", "given_name"],
    "with spaces around": ["  given   name ", "given_name"],
    "first name": ["First Name", "given_name"],
    forename: ["Forename(s)", "given_name"],
    surname: ["Surname:", "family_name"],
    "e-mail": ["E-mail address *", "email"],
    mobile: ["Mobile No.", undefined],
    tel: ["Tel.", "phone"],
    DOB: ["D.O.B.", "date_of_birth"],
    "with its unit": ["Date of birth (DD/MM/YYYY)", "date_of_birth"],
    "with as much in brackets as may be": [`Surname (${"x".repeat(190)})`, "family_name"],
    "with more in brackets": [`Surname (${"x".repeat(191)})`, undefined],
    "in miles": ["Travel distance (miles)", "travel_radius_km"],
    "with a typographer’s apostrophe": ["Volunteer’s star sign", undefined],
    nothing: ["", undefined],
  } as Readonly<Record<string, readonly [string, string | undefined]>>,
  ([heading, id]) => assert.equal([...readHeadings(volunteerColumns, [heading]).places.keys()][0], id),
);

test("each heading means one column, and the command line's are all among them", () => {
  const documented = readFileSync(join(TREE, "docs/cli.md"), "utf8");
  for (const columns of [volunteerColumns, organisationColumns, opportunityColumns]) {
    for (const [id, { heading, also }] of Object.entries(columns)) {
      assert.ok(documented.includes(`| \`${id}\` |`), `${id} is in docs/cli.md`);
      for (const name of [id, heading, ...also]) {
        const { places } = readHeadings(columns, [name]);
        assert.deepEqual([...places.keys()], [id], name);
      }
    }
  }
});

const twoRows = [
  ["Ann", "Baker"],
  ["Bea", "Cook"],
];

table(
  "a file",
  {
    "with commas": ["Given name,Surname\nAnn,Baker\nBea,Cook\n", ","],
    "with semicolons": ["Given name;Surname\r\nAnn;Baker\r\nBea;Cook", ";"],
    "with tabs": ["Given name\tSurname\rAnn\tBaker\rBea\tCook\r", "\t"],
    "that names its separator": ["sep=;\r\nGiven name;Surname\r\nAnn;Baker\r\nBea;Cook\r\n", ";"],
    "with a byte order mark": ["\ufeffGiven name,Surname\nAnn,Baker\nBea,Cook\n", ","],
    "with blank rows": ["\n,,\nGiven name,Surname\n\nAnn,Baker\n , \nBea,Cook\n\n", ","],
    "with several ends of lines": ["Given name,Surname\r\nAnn,Baker\nBea,Cook\r", ","],
  } as Readonly<Record<string, readonly [string, string]>>,
  ([text, delimiter]) => {
    const sheet = sheetOf(text);
    assert.deepEqual(cells(sheet), twoRows);
    assert.equal(sheet.delimiter, delimiter);
  },
);

test("rows have the numbers that a spreadsheet shows, whatever lies in their cells", () => {
  const sheet = sheetOf('Given name,Notes\nAnn,"two\nlines, and ""quotes"""\n\nBea,5" tall\n');
  assert.deepEqual(cells(sheet), [
    ["Ann", 'two\nlines, and "quotes"'],
    ["Bea", '5" tall'],
  ]);
  assert.deepEqual(
    sheet.rows.map(({ number }) => number),
    [2, 4],
  );
});

table(
  "letters",
  {
    "in UTF-8": [Buffer.from("Given name\nZoë\n"), "utf-8"],
    "in Windows-1252": [Buffer.from("Given name\nZo\xeb\n", "latin1"), "windows-1252"],
    "in UTF-16, as Excel's Unicode text": [
      Buffer.from("\ufeffGiven name\tSurname\r\nZoë\tB\r\n", "utf16le"),
      "utf-16le",
    ],
    "in UTF-16, the other way round": [Buffer.from("\ufeffGiven name\nZoë\n", "utf16le").swap16(), "utf-16be"],
  } as Readonly<Record<string, readonly [Buffer, string]>>,
  ([bytes, encoding]) => {
    const sheet = sheetOf(bytes);
    assert.equal(sheet.encoding, encoding);
    assert.equal(sheet.rows[0]?.cells[0], "Zoë");
  },
);

const rowsOf = (count: number) => `Given name\n${"Ann\n".repeat(count)}`;
const filled = (bytes: number) => rowsOf(1) + "\n".repeat(bytes - rowsOf(1).length);
const mostBytes = 5 * 1024 * 1024;

table(
  "a file that is refused",
  {
    "for being empty": ["", { kind: "empty" }],
    "for holding white space alone": ["\ufeff \r\n", { kind: "empty" }],
    "for its headings": ["Colour,Size\nred,5\n", { kind: "no-headings" }],
    "for having headings alone": ["Given name,Surname\n\n", { kind: "no-rows" }],
    "for lacking a name": [
      "Surname,Email\nBaker,a@example.org\n",
      { kind: "missing", columns: ["given_name", "display_name"] },
    ],
    "for two headings alike": ["Given name,First name\nAnn,Ann\n", { kind: "twice", columns: ["given_name"] }],
    "for being a workbook": [Buffer.from([0x50, 0x4b, 0x03, 0x04, 20, 0]), { kind: "workbook" }],
    "for being an old workbook": [Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), { kind: "workbook" }],
    "for being a picture": [Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]), { kind: "binary" }],
    "for an open quotation mark": ['Given name\nAnn\n"Bea\nCy\n', { kind: "quote-not-closed", row: 3 }],
    "for a row too many": [rowsOf(10_001), { kind: "too-many-rows" }],
    "for a column too many": [`Given name${",x".repeat(200)}\nAnn\n`, { kind: "too-many-columns" }],
    "for a cell too long": [`Given name\n${"a".repeat(40_001)}\n`, { kind: "cell-too-long", row: 2 }],
    "for a byte too many": [filled(mostBytes + 1), { kind: "too-large" }],
  } as Readonly<Record<string, readonly [Buffer | string, Refusal]>>,
  ([bytes, refusal]) => assert.deepEqual(read(bytes), refusal),
);

table(
  "a file that is just not too large",
  {
    "in rows": [rowsOf(10_000), 10_000],
    "in columns": [`Given name${",x".repeat(199)}\nAnn\n`, 1],
    "in a cell": [`Given name\n${"a".repeat(40_000)}\n`, 1],
    "in bytes": [filled(mostBytes), 1],
  } as Readonly<Record<string, readonly [string, number]>>,
  ([text, count]) => assert.equal(sheetOf(text).rows.length, count),
);

table(
  "a cell that a spreadsheet would calculate",
  {
    equals: ["=1+1", "'=1+1"],
    plus: ["+44 1233", "'+44 1233"],
    minus: ["-1", "'-1"],
    at: ["@SUM(A1)", "'@SUM(A1)"],
    tab: ["\t=1", "'\t=1"],
    "carriage return": ["\r=1", "'\r=1"],
    "guarded already": ["'=1", "''=1"],
    "text with an apostrophe": ["'tis", "'tis"],
    text: ["Ann = Bea", "Ann = Bea"],
    nothing: ["", ""],
  } as Readonly<Record<string, readonly [string, string]>>,
  ([cell, written]) => {
    assert.equal(guardCell(cell), written);
    assert.equal(unguardedCell(written), cell);
  },
);

test("what is written opens in Excel, and comes back as it was", () => {
  const rows = [
    ["Given name", "Notes"],
    ["Zoë", 'says "hi", and\nleaves; '],
    ["=HYPERLINK(1)", "\tx"],
  ];
  const text = writeCsv(rows);
  assert.ok(text.startsWith("\ufeffGiven name,Notes\r\n"));
  assert.ok(text.includes('Zoë,"says ""hi"", and\nleaves; "\r\n'));
  assert.ok(text.includes("'=HYPERLINK(1)"));
  const back = cells(sheetOf(text)).map((row) => row.map(unguardedCell));
  assert.deepEqual(back, rows.slice(1));
});

test("whatever bytes come, the reader answers", () => {
  const next = dice(20261126);
  const signs = [..."\",;\t\r\n'=+ab "].map((sign) => sign.charCodeAt(0));
  const kinds = new Set<string>();
  for (let run = 0; run < 3000; run += 1) {
    const anything = run % 3 === 0;
    const body = Buffer.from(
      Array.from({ length: next(120) }, () => (anything ? next(256) : (signs[next(signs.length)] ?? 0))),
    );
    const bytes = run % 2 === 0 ? body : Buffer.concat([Buffer.from("Given name,Surname\n"), body]);
    const sheet = read(bytes);
    kinds.add("kind" in sheet ? sheet.kind : "read");
    if ("kind" in sheet) continue;
    assert.ok(sheet.rows.every((row, at) => row.number > (sheet.rows[at - 1]?.number ?? 1)));
    const again = sheetOf(writeCsv([sheet.headings.written, ...cells(sheet)]));
    assert.equal(again.rows.length, sheet.rows.length, JSON.stringify(bytes.toString("latin1")));
  }
  for (const kind of ["read", "no-headings", "binary", "quote-not-closed", "no-rows"]) assert.ok(kinds.has(kind), kind);
});
