// Dates, times and lengths as forms have them, the week's other times, and rules that repeat.
import assert from "node:assert/strict";
import { test } from "node:test";

import { readRows } from "../../../../apps/console/src/forms/rows.ts";
import { Form, FormErrors } from "../../../../apps/console/src/forms/form.ts";
import {
  checkRepeat,
  readRepeat,
  ruleOf,
  typedRule,
} from "../../../../apps/console/src/pages/opportunities/form/repeat.ts";
import {
  dayField,
  londonFields,
  londonMoment,
  parseDay,
  parseLength,
  parseTime,
} from "../../../../apps/console/src/pages/shared/times.ts";
import { readWeek, weekOf, windowsOfWeek } from "../../../../apps/console/src/pages/shared/week-form.ts";
import { weekInWords } from "../../../../apps/console/src/pages/shared/week.ts";
import { table } from "../support/table.ts";

table(
  "a length",
  {
    "in words": ["2 hours 30 minutes", 150],
    "one of each": ["1 hour 1 minute", 61],
    short: ["2h30", 150],
    "with a colon": ["2:30", 150],
    "minutes alone": ["90 min", 90],
    "hours alone": ["3", 180],
    "a part of an hour": ["1.5", 90],
    "a part of an hour, in words": ["1.5 hours", 90],
    nothing: ["", undefined],
    "something else": ["all day", undefined],
    "a year": ["8784 h", 527_040],
    "longer than a year": ["8784 h 1 min", undefined],
    "longer than a number can be": [`${"9".repeat(400)} h`, undefined],
  } as Readonly<Record<string, readonly [string, number | undefined]>>,
  ([text, minutes]) => assert.equal(parseLength(text), minutes),
);

table(
  "a day",
  {
    "of a browser's field": ["2027-03-01", "2027-03-01"],
    typed: ["1/3/2027", "2027-03-01"],
    "typed with points": ["01.03.2027", "2027-03-01"],
    "that there is not": ["2027-02-29", ""],
    "that is none": ["Tuesday", ""],
  } as Readonly<Record<string, readonly [string, string]>>,
  ([text, day]) => assert.equal(dayField(parseDay(text)), day),
);

table(
  "a moment on the London clock",
  {
    "in winter": ["2027-01-15", "19:00", "2027-01-15T19:00:00.000Z"],
    "in summer": ["2027-07-15", "19:00", "2027-07-15T18:00:00.000Z"],
    "that the clock skips": ["2027-03-28", "01:30", "2027-03-28T01:00:00.000Z"],
    "that the clock shows twice": ["2027-10-31", "01:30", "2027-10-31T00:30:00.000Z"],
    midnight: ["2027-07-15", "24:00", "2027-07-15T23:00:00.000Z"],
  } as Readonly<Record<string, readonly [string, string, string]>>,
  ([day, time, iso]) => {
    const [date, clock] = [parseDay(day), parseTime(time)];
    assert.ok(date !== undefined && clock !== undefined);
    const moment = londonMoment(date, clock);
    assert.equal(new Date(Number(moment.seconds) * 1000).toISOString(), iso);
  },
);

test("a moment goes into fields and comes back", () => {
  const date = parseDay("2027-07-15");
  assert.ok(date !== undefined);
  assert.deepEqual(londonFields(londonMoment(date, { hours: 0, minutes: 15 })), { day: "2027-07-15", time: "00:15" });
  assert.equal(parseTime("25:00") ?? parseTime("24:30") ?? parseTime("9:60") ?? parseTime("noon"), undefined);
});

test("windows that are not whole cells of the week are kept as they are", () => {
  const form = Form.of({
    week: ["2-morning", "2-midday"],
    week_other: ["3 09:30 11:00", "made up"],
    week_day: "7",
    week_start: "22:00",
    week_end: "02:00",
  });
  const windows = windowsOfWeek(readWeek(form, "week"));
  assert.deepEqual(weekInWords(windows), [
    { day: "Tuesday", times: "08:00 to 14:00" },
    { day: "Wednesday", times: "09:30 to 11:00" },
    { day: "Sunday", times: "22:00 to 02:00" },
  ]);
  const again = weekOf(windows);
  assert.deepEqual(again.ticked, ["2-morning", "2-midday"]);
  assert.deepEqual(again.others, ["3 09:30 11:00", "7 22:00 02:00"]);
  assert.deepEqual(windowsOfWeek(again), windows);
});

table(
  "a rule comes back as it was",
  {
    weekly: ["FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20271231", "WEEKLY"],
    "every other day": ["FREQ=DAILY;INTERVAL=2;COUNT=10", "DAILY"],
    "the last Friday": ["FREQ=MONTHLY;BYDAY=-1FR", "MONTHLY"],
    "in another order": ["BYDAY=MO;FREQ=WEEKLY", "WEEKLY"],
    "two weekdays of the month": ["FREQ=MONTHLY;BYDAY=1TU,3TU", "rule"],
    "until a moment": ["FREQ=WEEKLY;UNTIL=20271231T190000Z", "rule"],
    "with a start of the week": ["FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=SU", "rule"],
  } as Readonly<Record<string, readonly [string, string]>>,
  ([rule, frequency]) => {
    const typed = typedRule(rule);
    assert.equal(typed.frequency, frequency);
    assert.equal(ruleOf(typed).split(";").sort().join(";"), rule.split(";").sort().join(";"));
  },
);

test("what is wrong with a repetition is said at its field", () => {
  const errors = new FormErrors();
  const fields = { repeat: "MONTHLY", first_day: "x", each_length: "1", until: "2027-01-01", times: "3", count: "1" };
  checkRepeat(readRepeat(Form.of({ ...fields, "without-0-day": "y" })), errors);
  const ids = errors.summary.map(({ href }) => href);
  assert.deepEqual(ids, ["#first_day", "#first_time", "#count", "#times", "#without-0-day"]);
});

test("rows are read in order, without empty ones", () => {
  const form = Form.of({
    "s-0-day": "a",
    "s-0-time": "",
    "s-1-day": "",
    "s-1-time": "",
    "s-2-day": "c",
    "s-4-day": "e",
  });
  const rows = readRows(form, "s", ["day", "time"], 10);
  assert.deepEqual(rows, [
    { day: "a", time: "" },
    { day: "c", time: "" },
  ]);
});
