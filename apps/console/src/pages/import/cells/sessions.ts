// Dates of a role in a cell: "2026-12-05 09:00 3h; 12/12/2026 9am-12pm", and dates that repeat.
import { create } from "@bufbuild/protobuf";
import type { Timestamp } from "@bufbuild/protobuf/wkt";

import { RecurrenceSchema, SessionSchema } from "#protos/brokerage/matching/v1/opportunity_pb";
import type { Recurrence, Session } from "#protos/brokerage/matching/v1/opportunity_pb";
import type { Date as CalendarDate } from "#protos/brokerage/common/v1/date_time_pb";

import { texts } from "../../../texts/en-GB/index.ts";
import { londonFields, londonMoment, parseLength, parseTime } from "../../shared/times.ts";
import { cellFault } from "./row.ts";
import { parseDate } from "./values.ts";
import { clockOf, spanOf } from "./week.ts";

const t = texts.import.cells;

const hour = 60;
const day = 24 * hour;
const minuteMs = 60_000;
const dayMs = day * minuteMs;

const momentAt = (date: CalendarDate, minutes: number) =>
  londonMoment(date, { hours: Math.floor(minutes / hour), minutes: minutes % hour });

/** The date so many days later. */
function later(date: CalendarDate, days: number): CalendarDate {
  const moved = new Date(Date.UTC(date.year, date.month - 1, date.day) + days * dayMs);
  return { ...date, year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() };
}

/** Whole minutes of "3h", "90 min" or "1h30"; of a bare number, when that may be. */
export function parseMinutes(text: string, bare: boolean): number {
  const minutes = bare && /^\d{1,5}$/.test(text) ? Number(text) : /[a-z:]/i.test(text) ? parseLength(text) : undefined;
  if (minutes === undefined || minutes < 1) throw cellFault(text, t.length);
  return minutes;
}

export function parseSession(text: string): Session {
  const [, dateText = "", times = ""] = /^(\S+)\s+(.+)$/.exec(text) ?? [];
  const date = parseDate(dateText === "" ? text : dateText);
  const [, from, to] = /^(.*?)\s*(?:[-–]|\bto\b|\buntil\b)\s*(.*)$/i.exec(times.toLowerCase()) ?? [];
  if (from !== undefined && to !== undefined) {
    const span = spanOf(from, to);
    if (span === undefined) throw cellFault(text, t.session);
    const start = momentAt(date, span.start);
    // An end at or before the start is on the next day.
    const end = momentAt(later(date, Math.floor(span.end / day)), span.end % day);
    return create(SessionSchema, { startTime: start, duration: { seconds: end.seconds - start.seconds } });
  }
  const [, at = "", length = ""] = /^(\S+)\s+(.+)$/.exec(times) ?? [];
  const start = clockOf(at.toLowerCase());
  if (start === undefined || start >= day) throw cellFault(text, t.session);
  return create(SessionSchema, {
    startTime: momentAt(date, start),
    duration: { seconds: BigInt(parseMinutes(length, false) * hour) },
  });
}

/** "2026-12-01 19:00 2h FREQ=WEEKLY;BYDAY=TU": the first session, and the rule. */
export function parseRecurrence(text: string): Recurrence {
  const [, first = "", rule = ""] = /^(.*\S)\s+(\S*=\S*)$/s.exec(text) ?? [];
  if (first === "") throw cellFault(text, t.recurrence);
  const { startTime, duration } = parseSession(first);
  return create(RecurrenceSchema, {
    ...(startTime === undefined ? {} : { dtstart: startTime }),
    ...(duration === undefined ? {} : { duration }),
    rrule: rule.toUpperCase(),
  });
}

/** The session of a recurrence on a date. */
export function leftOutOf({ dtstart }: Recurrence, text: string): Timestamp {
  const clock = parseTime(londonFields(dtstart).time) ?? { hours: 0, minutes: 0 };
  return londonMoment(parseDate(text), clock);
}
