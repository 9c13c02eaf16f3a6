// Dates and times as people read them, on the London clock.
import type { Timestamp } from "@bufbuild/protobuf/wkt";

import type { Date as CalendarDate, TimeOfDay } from "#protos/brokerage/common/v1/date_time_pb";

const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "Europe/London" });
const shortDay = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "Europe/London" });
const moment = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "Europe/London" });

const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "short", timeZone: "Europe/London" });

const toDate = (timestamp: Timestamp) => new Date(Number(timestamp.seconds) * 1000);

/** "3 December 2026"; empty when there is none. */
export function dayText(timestamp: Timestamp | undefined): string {
  return timestamp === undefined ? "" : day.format(toDate(timestamp));
}

/** "3 Dec 2026", for tables. */
export function shortDayText(timestamp: Timestamp | undefined): string {
  return timestamp === undefined ? "" : shortDay.format(toDate(timestamp));
}

/** "3 December 2026 at 19:00". */
export function momentText(timestamp: Timestamp | undefined): string {
  return timestamp === undefined ? "" : moment.format(toDate(timestamp));
}

/** "3 December 2026"; empty when there is none. */
export function dateText(date: CalendarDate | undefined): string {
  return date === undefined ? "" : day.format(new Date(Date.UTC(date.year, date.month - 1, date.day, 12)));
}

/** "09:30". */
export function timeText(time: TimeOfDay | undefined): string {
  const digits = (number: number) => String(number).padStart(2, "0");
  return `${digits(time?.hours ?? 0)}:${digits(time?.minutes ?? 0)}`;
}

/** "1 hour 30 minutes". */
export function durationText(minutes: number): string {
  const unit = (number: number, word: string) => (number === 0 ? [] : [`${number} ${word}${number === 1 ? "" : "s"}`]);
  return [...unit(Math.floor(minutes / 60), "hour"), ...unit(minutes % 60, "minute")].join(" ");
}

const isoDay = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/London" });

/** The London day of a moment in milliseconds, as "2026-12-03". */
export const londonDay = (ms: number) => isoDay.format(ms);

const hourMs = 3_600_000;

/** The London day so many days after that of a moment; a day may have 23 hours, or 25. */
export const londonDayAfter = (ms: number, days: number) =>
  new Date(Date.parse(londonDay(ms)) + days * 24 * hourMs).toISOString().slice(0, "2026-12-03".length);

/** When a London day begins, in milliseconds: at midnight UTC, or an hour before. */
export function beginOfLondonDay(date: string): number {
  const midnight = Date.parse(date);
  return londonDay(midnight - hourMs) === date ? midnight - hourMs : midnight;
}

/** A date as "2026-12-03". */
export const isoText = (date: CalendarDate) =>
  [String(date.year).padStart(4, "0"), ...[date.month, date.day].map((part) => String(part).padStart(2, "0"))].join(
    "-",
  );

/** "19:00" of a moment in milliseconds. */
export const clockText = (ms: number) => clock.format(ms);
