// The week as people write it in a cell: "Mon evening; Tue, Thu 6pm-9pm; weekends 10-16; Fri all day".
import { create } from "@bufbuild/protobuf";

import { WeeklyWindowSchema } from "#protos/brokerage/common/v1/availability_pb";
import type { WeeklyWindow } from "#protos/brokerage/common/v1/availability_pb";
import type { DayOfWeek } from "#protos/brokerage/common/v1/date_time_pb";

import { texts } from "../../../texts/en-GB/index.ts";
import { timeField } from "../../shared/times.ts";
import { dayParts } from "../../shared/week.ts";
import { isTooLong, isTooMany, quote, splitList } from "./row.ts";

const t = texts.import.cells;

const hour = 60;
const dayMinutes = 24 * hour;
const grid = 30;

/** Which way times move to the half hour: a volunteer's shrink, a role's grow. */
export type Rounding = "inward" | "outward";

export interface ReadWeek {
  readonly windows: WeeklyWindow[];
  readonly faults: readonly string[];
  /** What was read otherwise than it stands there. */
  readonly notes: readonly string[];
}

/** Minutes after a midnight. */
interface Span {
  readonly start: number;
  readonly end: number;
}

const dayNames = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/** As some write them, besides any beginning of two letters and more, with or without an s. */
const otherNames: ReadonlyMap<string, number> = new Map([
  ["tues", 1],
  ["weds", 2],
  ["thur", 3],
  ["thurs", 3],
]);

const everyDay = [0, 1, 2, 3, 4, 5, 6];
const groups: ReadonlyMap<string, readonly number[]> = new Map([
  ["daily", everyDay],
  ["every day", everyDay],
  ["weekdays", everyDay.slice(0, 5)],
  ["weekday", everyDay.slice(0, 5)],
  ["weekends", everyDay.slice(5)],
  ["weekend", everyDay.slice(5)],
]);

/** Monday is 0. */
function dayIndex(name: string): number | undefined {
  const other = otherNames.get(name);
  if (other !== undefined) return other;
  const index = name.length < 2 ? -1 : dayNames.findIndex((day) => day.startsWith(name) || `${day}s` === name);
  return index < 0 ? undefined : index;
}

function daysOf(text: string): readonly number[] | undefined {
  const group = groups.get(text);
  if (group !== undefined) return group;
  const days: number[] = [];
  for (const part of text.split(/[\s,&/+]+|\band\b/).filter((one) => one !== "")) {
    const ends = part.split("-").map(dayIndex);
    const [first, last] = [ends[0], ends.at(-1)];
    if (ends.length > 2 || first === undefined || last === undefined) return undefined;
    for (let day = first; ; day = (day + 1) % dayNames.length) {
      days.push(day);
      if (day === last) break;
    }
  }
  return days.length === 0 ? undefined : days;
}

/** Minutes of "9", "9:30", "0930", "6pm"; a time without am or pm takes `half`. */
function clock(text: string, half: string): number | undefined {
  const [, digits = "", minutes = "00", own = ""] =
    /^(\d{1,2})(?:[:.](\d{2}))?\s*([ap]m)?$/.exec(text) ?? /^(\d{2})(\d{2})()$/.exec(text) ?? [];
  const part = own === "" ? half : own;
  const hours = Number(digits);
  if (digits === "" || Number(minutes) >= hour) return undefined;
  if (part === "") return hours * hour + Number(minutes);
  if (hours < 1 || hours > 12) return undefined;
  return ((hours % 12) + (part === "pm" ? 12 : 0)) * hour + Number(minutes);
}

/** A time that may be of either half of the day. */
const twelveHours = /^([1-9]|1[0-2])([:.]\d\d)?$/;

/** Minutes after midnight of a time by itself. */
export const clockOf = (text: string): number | undefined => clock(text, "");

/** "6-9pm" begins at six in the evening, "10-2pm" in the morning. */
export function spanOf(from: string, to: string): Span | undefined {
  const end = clockOf(to);
  const bare = clockOf(from);
  const evening = /pm$/.test(to) && !/[ap]m$/.test(from) ? clock(from, "pm") : undefined;
  const start = evening !== undefined && end !== undefined && evening < end ? evening : bare;
  if (start === undefined || end === undefined || start >= dayMinutes || end > dayMinutes) return undefined;
  // "9-5" is hardly from nine in the morning to five in the next: whoever means that writes 09:00.
  if (end <= start && twelveHours.test(from) && twelveHours.test(to)) return undefined;
  return { start, end: end > start ? end : end + dayMinutes };
}

const parts = new Map<string, Span>([
  ...dayParts.map(({ id, start, end }) => [id as string, { start: start * hour, end: end * hour }] as const),
  ["lunchtime", { start: dayParts[1].start * hour, end: dayParts[1].end * hour }],
  ["am", { start: dayParts[0].start * hour, end: dayParts[0].end * hour }],
  ["pm", { start: dayParts[1].start * hour, end: dayParts[2].end * hour }],
  ["all day", { start: 0, end: dayMinutes }],
  ["any time", { start: 0, end: dayMinutes }],
  ["anytime", { start: 0, end: dayMinutes }],
]);

const partNames = [...parts.keys()].map((name) => `${name}s?`).join("|");
const clockTime = String.raw`\d{1,4}(?:[:.]\d{2})?\s*(?:[ap]m)?`;
const times = new RegExp(
  String.raw`^(?:from\s+)?(?:(${partNames})|(${clockTime})\s*(?:-|to\b|until\b|till\b)\s*(${clockTime}))(?![\w:])`,
);
const timeBegins = new RegExp(String.raw`\d|\b(?:from|${partNames})\b`);
const between = /^(?:\s|,|&|\+|\/|\band\b)+/;

interface Stretch {
  readonly days: readonly number[];
  readonly span: Span;
  readonly written: string;
  /** Whether others may mean another time by it: what was read is said. */
  readonly isLoose: boolean;
}

/** The days and times of one entry; why it cannot be read otherwise. */
function stretchesOf(entry: string): readonly Stretch[] | string {
  const stretches: Stretch[] = [];
  let rest = entry
    .toLowerCase()
    .replace(/[–—]/g, "-")
    .replace(/\s*-\s*/g, "-")
    .replace(/\s+/g, " ");
  while (rest !== "") {
    // Days reach to where a time begins.
    const at = rest.search(timeBegins);
    const named = rest
      .slice(0, at < 0 ? undefined : at)
      .replace(/\bto\b/g, "-")
      .replace(/\s*-\s*/g, "-");
    const days = daysOf(named.replace(/[\s,.:(]+$/, "").replace(/\./g, ""));
    if (days === undefined) return t.noDay;
    if (at < 0) return t.noTime;
    rest = rest.slice(at);
    for (let found = times.exec(rest); found !== null; found = times.exec(rest)) {
      const [written, part, from, to] = found;
      const span =
        part === undefined
          ? spanOf(from?.trim() ?? "", to?.trim() ?? "")
          : (parts.get(part) ?? parts.get(part.replace(/s$/, "")));
      if (span === undefined) return t.noClock;
      stretches.push({ days, span, written, isLoose: part === "am" || part === "pm" });
      rest = rest.slice(written.length).replace(/^\)/, "").replace(between, "");
    }
    if (stretches.length === 0 || stretches.at(-1)?.days !== days) return t.noClock;
  }
  return stretches;
}

function rounded({ start, end }: Span, rounding: Rounding): Span {
  const [up, down] = [(at: number) => Math.ceil(at / grid) * grid, (at: number) => Math.floor(at / grid) * grid];
  return rounding === "inward" ? { start: up(start), end: down(end) } : { start: down(start), end: up(end) };
}

const time = (minutes: number) => ({ hours: Math.floor(minutes / hour), minutes: minutes % hour });

/** Windows of a day at most. */
function windowsOf(day: number, span: Span): readonly WeeklyWindow[] {
  const windows: WeeklyWindow[] = [];
  for (let start = span.start; start < span.end;) {
    const end = Math.min(span.end, start + dayMinutes);
    const midnight = (Math.floor(start / dayMinutes) + 1) * dayMinutes;
    windows.push(
      create(WeeklyWindowSchema, {
        dayOfWeek: (((day + Math.floor(start / dayMinutes)) % dayNames.length) + 1) as DayOfWeek,
        startTime: time(start % dayMinutes),
        endTime: end === midnight ? { hours: 24, minutes: 0 } : time(end % dayMinutes),
      }),
    );
    start = end;
  }
  return windows;
}

const inWords = ({ dayOfWeek, startTime, endTime }: WeeklyWindow) => {
  const at = (clock_: WeeklyWindow["startTime"]) =>
    timeField({ hours: clock_?.hours ?? 0, minutes: clock_?.minutes ?? 0 });
  return texts.week.other(texts.week.days[dayOfWeek - 1] ?? "", at(startTime), at(endTime));
};

export function readWeek(text: string, rounding: Rounding): ReadWeek {
  const windows: WeeklyWindow[] = [];
  const faults: string[] = [];
  const notes: string[] = [];
  const entries = splitList(text);
  if (isTooMany(entries)) return { windows, faults: [t.tooManyEntries], notes };
  for (const entry of entries) {
    const stretches = isTooLong(entry) ? t.tooLong : stretchesOf(entry);
    if (typeof stretches === "string") {
      faults.push(`${quote(entry)} ${stretches}`);
      continue;
    }
    for (const { days, span, written, isLoose } of stretches) {
      const kept = rounded(span, rounding);
      const made = days.flatMap((day) => windowsOf(day, kept));
      windows.push(...made);
      if (made.length === 0) notes.push(t.noHalfHour(quote(written)));
      else if (isLoose || kept.start !== span.start || kept.end !== span.end) {
        notes.push(t.readAs(quote(written), made.map(inWords).join(", ")));
      }
    }
  }
  return { windows, faults, notes };
}
