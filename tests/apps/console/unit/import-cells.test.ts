// Cells as people write them: dates, distances, weeks, licences, checks.
import assert from "node:assert/strict";
import { test } from "node:test";

import type { Date as CalendarDate } from "#protos/brokerage/common/v1/date_time_pb";

import { CellFault, Row } from "../../../../apps/console/src/pages/import/cells/row.ts";
import {
  leftOutOf,
  parseMinutes,
  parseRecurrence,
  parseSession,
} from "../../../../apps/console/src/pages/import/cells/sessions.ts";
import {
  parseDate,
  parseDegrees,
  parseDistance,
  parsePercent,
  parsePounds,
  parseWhole,
  parseYesNo,
  startOf,
} from "../../../../apps/console/src/pages/import/cells/values.ts";
import { readWeek } from "../../../../apps/console/src/pages/import/cells/week.ts";
import { readHeadings } from "../../../../apps/console/src/pages/import/file/headings.ts";
import { parseCheck, parseLicence } from "../../../../apps/console/src/pages/import/kinds/holdings.ts";
import { dayField } from "../../../../apps/console/src/pages/shared/times.ts";
import { weekInWords } from "../../../../apps/console/src/pages/shared/week.ts";
import { volunteerColumns } from "../../../../apps/console/src/texts/en-GB/import-columns.ts";
import { dice } from "../support/dice.ts";
import { table } from "../support/table.ts";

/** What `parse` makes of the text; its fault when it makes nothing. */
function outcome<Value>(parse: () => Value): Value | string {
  try {
    return parse();
  } catch (error) {
    assert.ok(error instanceof CellFault, String(error));
    return error.message;
  }
}

table(
  "a date",
  {
    "day first": ["27/3/1987", "1987-03-27"],
    ISO: ["1987-03-27", "1987-03-27"],
    "with points": ["27.03.1987", "1987-03-27"],
    "in words": ["27 March 1987", "1987-03-27"],
    "as Excel shows it": ["27-Mar-1987", "1987-03-27"],
    "with a midnight": ["1987-03-27 00:00:00", "1987-03-27"],
    "with two digits": ["27/3/87", "“27/3/87” is no date: write 15/1/2026 or 2026-01-15"],
    "that there is not": ["30/2/1987", "“30/2/1987” is no day of the calendar: write 15/1/2026 or 2026-01-15"],
    "month first": ["3/27/1987", "“3/27/1987” is no day of the calendar: write 15/1/2026 or 2026-01-15"],
    "that is none": ["spring", "“spring” is no date: write 15/1/2026 or 2026-01-15"],
  } as Readonly<Record<string, readonly [string, string]>>,
  ([text, day]) => {
    const parsed = outcome<CalendarDate>(() => parseDate(text));
    assert.equal(typeof parsed === "string" ? parsed : dayField(parsed), day);
  },
);

test("a day without a time begins at midnight in London", () => {
  assert.equal(Number(startOf(parseDate("15/7/2026")).seconds) * 1000, Date.parse("2026-07-14T23:00:00Z"));
});

table(
  "a distance",
  {
    "in kilometres": ["8.5 km", false, 8500],
    "in miles": ["5 miles", false, 8047],
    bare: ["8", false, 8000],
    "bare under miles": ["5", true, 8047],
    "in kilometres under miles": ["8km", true, 8000],
    "of a mile": ["1 mi", false, 1609],
    "of metres": ["5 m", false, "“5 m” is no distance: write 8, 8.5 km or 5 miles"],
    "in words": ["not far", false, "“not far” is no distance: write 8, 8.5 km or 5 miles"],
    "with two points": ["1.2.3", false, "“1.2.3” is no distance: write 8, 8.5 km or 5 miles"],
    "beyond all": ["99999999", false, "“99999999” is too large a number"],
  } as Readonly<Record<string, readonly [string, boolean, number | string]>>,
  ([text, miles, metres]) =>
    assert.equal(
      outcome(() => parseDistance(text, miles)),
      metres,
    ),
);

test("yes and no, numbers, degrees and pounds", () => {
  assert.deepEqual(["Yes", "y", "TRUE", "1", "x"].map(parseYesNo), [true, true, true, true, true]);
  assert.deepEqual(["No", "n", "false", "0"].map(parseYesNo), [false, false, false, false]);
  assert.equal(
    outcome(() => parseYesNo("perhaps")),
    "“perhaps” is neither yes nor no",
  );
  assert.equal(parseWhole("1,000"), 1000);
  assert.equal(
    outcome(() => parseWhole("1.5")),
    "“1.5” is no whole number",
  );
  assert.equal(
    outcome(() => parseWhole("2147483648")),
    "“2147483648” is too large a number",
  );
  assert.equal(parseDegrees("-0.5"), -0.5);
  assert.equal(
    outcome(() => parseDegrees("north")),
    "“north” is no number of degrees: write 51.1465",
  );
  assert.equal(parsePounds("£48,500.00"), 48_500n);
  assert.equal(
    outcome(() => parsePounds("48.50")),
    "“48.50” is no sum in whole pounds: write 48500",
  );
});

const allDay = "00:00 to 24:00";

table(
  "a week",
  {
    "part of a day": ["Mon evening", { Monday: "17:00 to 21:00" }],
    "several parts": ["Tues mornings and afternoons", { Tuesday: "08:00 to 12:00, 14:00 to 17:00" }],
    "part and time": ["Mon evening; Sat 09:00-12:00", { Monday: "17:00 to 21:00", Saturday: "09:00 to 12:00" }],
    "all with commas": ["Mon evening, Sat 9am-12pm", { Monday: "17:00 to 21:00", Saturday: "09:00 to 12:00" }],
    "several days": ["Tue, Thu 6pm-9pm", { Tuesday: "18:00 to 21:00", Thursday: "18:00 to 21:00" }],
    "a range of days": [
      "Fri–Sun 10.30 to 16",
      { Friday: "10:30 to 16:00", Saturday: "10:30 to 16:00", Sunday: "10:30 to 16:00" },
    ],
    "days in words": ["Thursday to Friday 0900-1230", { Thursday: "09:00 to 12:30", Friday: "09:00 to 12:30" }],
    weekends: ["weekends all day", { Saturday: allDay, Sunday: allDay }],
    "past midnight": ["Sat 22:00-02:00", { Saturday: "22:00 to 02:00" }],
    "to midnight": ["Sun 22:00-24:00", { Sunday: "22:00 to 24:00" }],
    "evening by its end": ["Mon 6-9pm", { Monday: "18:00 to 21:00" }],
    "morning by its end": ["Mon 10-2pm", { Monday: "10:00 to 14:00" }],
    "in lines": ["Mon 9:00-10:00\nTue 9:00-10:00", { Monday: "09:00 to 10:00", Tuesday: "09:00 to 10:00" }],
    nothing: ["", {}],
  } as Readonly<Record<string, readonly [string, Readonly<Record<string, string>>]>>,
  ([text, week]) => {
    const { windows, faults, notes } = readWeek(text, "inward");
    assert.deepEqual(faults, []);
    assert.deepEqual(notes, []);
    assert.deepEqual(Object.fromEntries(weekInWords(windows).map(({ day, times }) => [day, times])), week);
  },
);

table(
  "a week that cannot be read",
  {
    "without a day": ["evenings", "names no day"],
    "without a time": ["Saturday", "names no time"],
    "of nonsense": ["when it rains", "names no day"],
    "of a word that every object knows": ["constructor evening", "names no day"],
    "of such a word among days": ["Mon, constructor evening", "names no day"],
    "of half a time": ["Mon 9-", "no stretch of time"],
    "of no clock": ["Mon 25:00-26:00", "no stretch of time"],
    "of nine to five, whichever": ["Mon-Fri 9-5", "no stretch of time"],
    "with something behind": ["Mon evening if dry", "names no day"],
  } as Readonly<Record<string, readonly [string, string]>>,
  ([text, fault]) => {
    const { faults } = readWeek(text, "inward");
    assert.equal(faults.length, 1);
    assert.ok(faults[0]?.startsWith(`“${text}” `) && faults[0].includes(fault), faults[0]);
  },
);

test("times move to the half hour: a volunteer's inward, a role's outward, and it is said", () => {
  const inward = readWeek("Mon 09:10-12:20", "inward");
  assert.deepEqual(weekInWords(inward.windows), [{ day: "Monday", times: "09:30 to 12:00" }]);
  assert.deepEqual(inward.notes, ["“09:10-12:20” was read as Monday 09:30 to 12:00"]);
  const outward = readWeek("Mon 09:10-12:20", "outward");
  assert.deepEqual(weekInWords(outward.windows), [{ day: "Monday", times: "09:00 to 12:30" }]);
  const nothing = readWeek("Mon 09:10-09:20", "inward");
  assert.deepEqual(nothing.windows, []);
  assert.deepEqual(nothing.notes, ["“09:10-09:20” holds no half hour from :00 or :30, and was left out"]);
});

test("how a half of the day was read is said", () => {
  const { windows, faults, notes } = readWeek("Mon AM; Tue, Thu pm", "inward");
  assert.deepEqual(faults, []);
  assert.deepEqual(
    weekInWords(windows).map(({ day, times }) => `${day} ${times}`),
    ["Monday 08:00 to 12:00", "Tuesday 12:00 to 17:00", "Thursday 12:00 to 17:00"],
  );
  assert.deepEqual(notes, [
    "“am” was read as Monday 08:00 to 12:00",
    "“pm” was read as Tuesday 12:00 to 17:00, Thursday 12:00 to 17:00",
  ]);
});

test("licences and checks", () => {
  assert.equal(parseLicence("car").expireDate, undefined);
  assert.equal(dayField(parseLicence("First aid until 1/5/2027").expireDate), "2027-05-01");
  assert.match(outcome(() => parseLicence("rocket")) as string, /^“rocket” is none of car, motorcycle/);
  const check = parseCheck(
    "Enhanced children,adults 2025-03-01 list=children until=2028-03-01 update-service",
    "J. S.",
  );
  const { level, workforces, barredLists, updateService, seenBy } = check;
  assert.deepEqual([level, workforces, barredLists, updateService, seenBy], [5, [1, 2], [1], true, "J. S."]);
  assert.equal(dayField(check.issueDate), "2025-03-01");
  assert.match(outcome(() => parseCheck("basic", "")) as string, /no date of issue/);
  assert.match(outcome(() => parseCheck("basic 2025-03-01 maybe", "")) as string, /^“maybe” is no part of a check/);
});

const sessionText = (text: string) => {
  const session = outcome(() => parseSession(text));
  if (typeof session === "string") return session;
  const start = new Date(Number(session.startTime?.seconds) * 1000).toISOString();
  return `${start} ${Number(session.duration?.seconds) / 60}`;
};

table(
  "a session",
  {
    "with its length": ["2026-12-05 09:00 3h", "2026-12-05T09:00:00.000Z 180"],
    "with its end": ["12/12/2026 9am-12:30", "2026-12-12T09:00:00.000Z 210"],
    "in summer": ["2026-07-05 18:00 to 20:00", "2026-07-05T17:00:00.000Z 120"],
    "past midnight": ["2026-12-31 22:00-02:00", "2026-12-31T22:00:00.000Z 240"],
    "while the clocks go back": ["2026-10-24 22:00-09:00", "2026-10-24T21:00:00.000Z 720"],
    "without a length": ["2026-12-05 09:00", "“2026-12-05 09:00” is no session"],
    "without a time": ["2026-12-05", "“2026-12-05” is no session"],
    "of no day": ["2026-02-30 09:00 3h", "“2026-02-30” is no day of the calendar"],
    "of no length": ["2026-12-05 09:00 often", "“often” is no length of time"],
  } as Readonly<Record<string, readonly [string, string]>>,
  ([text, expected]) => assert.ok(sessionText(text).startsWith(expected), sessionText(text)),
);

test("a recurrence, the dates that it leaves out, and lengths", () => {
  const recurrence = parseRecurrence("2026-12-01 19:00 2h freq=weekly;byday=TU;until=20271231");
  assert.equal(recurrence.rrule, "FREQ=WEEKLY;BYDAY=TU;UNTIL=20271231");
  assert.equal(Number(recurrence.duration?.seconds), 7200);
  const left = leftOutOf(recurrence, "29/6/2027");
  assert.equal(new Date(Number(left.seconds) * 1000).toISOString(), "2027-06-29T18:00:00.000Z");
  assert.match(outcome(() => parseRecurrence("every Tuesday")) as string, /is no recurrence/);
  assert.deepEqual(
    ["3h", "90 min", "1h30", "1:30"].map((text) => parseMinutes(text, false)),
    [180, 90, 90, 90],
  );
  assert.equal(parseMinutes("90", true), 90);
  assert.match(outcome(() => parseMinutes("90", false)) as string, /no length/);
  assert.equal(parsePercent("50%"), 5000);
  assert.equal(parsePercent("12.5"), 1250);
  assert.match(outcome(() => parsePercent("101%")) as string, /no share/);
});

test("whatever a cell holds, it is read or at fault", () => {
  const next = dice(20261126);
  const words = [
    "Mon",
    "tue",
    "-",
    "–",
    "to",
    "9",
    "09:30",
    "6pm",
    "12/1/2026",
    "2026-02-30",
    "3h",
    ",",
    ":",
    "evening",
  ];
  const more = [
    " ",
    "and",
    "all day",
    "weekends",
    "FREQ=WEEKLY",
    "enhanced",
    "list=",
    "until",
    "\t",
    "é",
    "(",
    ")",
    "am",
  ];
  const pieces = [...words, ...more];
  const outcomes = new Set<string>();
  for (let run = 0; run < 4000; run += 1) {
    const text = Array.from(
      { length: next(8) },
      () => `${pieces[next(pieces.length)] ?? ""}${next(2) === 0 ? " " : ""}`,
    ).join("");
    for (const parse of [parseDate, parseSession, parseRecurrence, parseLicence, parseWhole, parsePercent]) {
      outcomes.add(typeof outcome<unknown>(() => parse(text)));
    }
    outcome(() => parseCheck(text, ""));
    const { windows, faults } = readWeek(text, "outward");
    outcomes.add(`week ${windows.length > 0} ${faults.length > 0}`);
  }
  for (const one of ["object", "string", "week true false", "week false true"]) assert.ok(outcomes.has(one), one);
});

test("a cell that is too long to be a value is at fault", () => {
  assert.match(readWeek(`Mon ${",".repeat(30_000)}x`, "inward").faults[0] ?? "", /is too long$/);
  const headings = readHeadings(volunteerColumns, ["Date of birth"]);
  const row = new Row(headings, { number: 2, cells: [`1${" ".repeat(30_000)}1${"1".repeat(600)}`] });
  assert.equal(row.read("date_of_birth", parseDate), undefined);
  assert.match(row.faults[0]?.text ?? "", /is too long$/);
});
