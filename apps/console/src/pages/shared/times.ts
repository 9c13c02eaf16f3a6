// Dates, times and lengths as a form has them, and the moments that they are on the London clock.
import { create } from "@bufbuild/protobuf";
import { TimestampSchema } from "@bufbuild/protobuf/wkt";
import type { Timestamp } from "@bufbuild/protobuf/wkt";

import { DateSchema } from "#protos/brokerage/common/v1/date_time_pb";
import type { Date as CalendarDate } from "#protos/brokerage/common/v1/date_time_pb";

export interface Clock {
  readonly hours: number;
  readonly minutes: number;
}

const two = (number: number) => String(number).padStart(2, "0");

const minuteMs = 60_000;
const hourMinutes = 60;

/** The date of "2027-03-01", as a browser's own field sends it, or of "1/3/2027", as people type it. */
export function parseDay(text: string): CalendarDate | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  const typed = /^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})$/.exec(text);
  const [year, month, day] = iso !== null ? iso.slice(1).map(Number) : (typed ?? []).slice(1).map(Number).reverse();
  if (year === undefined || month === undefined || day === undefined || year < 1) return undefined;
  const real = new Date(Date.UTC(year, month - 1, day));
  if (real.getUTCMonth() !== month - 1 || real.getUTCDate() !== day) return undefined;
  return create(DateSchema, { year, month, day });
}

/** "2027-03-01"; empty for none. */
export function dayField(date: CalendarDate | undefined): string {
  return date === undefined ? "" : `${String(date.year).padStart(4, "0")}-${two(date.month)}-${two(date.day)}`;
}

/** The time of "9:30" or "24:00". */
export function parseTime(text: string): Clock | undefined {
  const [, hours, minutes] = /^(\d{1,2})[:.](\d{2})$/.exec(text) ?? [];
  const clock = { hours: Number(hours ?? "x"), minutes: Number(minutes ?? "x") };
  const real = clock.minutes < hourMinutes && (clock.hours < 24 || (clock.hours === 24 && clock.minutes === 0));
  return real ? clock : undefined;
}

export const timeField = ({ hours, minutes }: Clock) => `${two(hours)}:${two(minutes)}`;

/** Of a length: a year. */
const mostMinutes = 366 * 24 * hourMinutes;

/** Minutes of "2 hours 30 minutes", "2h30", "2:30", "90 min" or "2.5", which is hours. */
export function parseLength(text: string): number | undefined {
  const minutes = minutesOf(text);
  return minutes === undefined || minutes > mostMinutes ? undefined : minutes;
}

function minutesOf(text: string): number | undefined {
  const clock = /^(\d{1,3}):([0-5]\d)$/.exec(text) ?? /^(\d{1,3})\s*h\s*([0-5]\d)$/i.exec(text);
  if (clock !== null) return Number(clock[1]) * hourMinutes + Number(clock[2]);
  const words = /^(?:(\d+(?:\.\d+)?)\s*h(?:ours?|rs?)?)?\s*(?:(\d+)\s*m(?:in(?:ute)?s?)?)?$/i.exec(text);
  if (words !== null && text !== "") return Math.round(Number(words[1] ?? 0) * hourMinutes) + Number(words[2] ?? 0);
  return /^\d+(\.\d+)?$/.test(text) ? Math.round(Number(text) * hourMinutes) : undefined;
}

const clockOfLondon = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** What the London clock and calendar show at a moment, as fields of a form. */
export function londonFields(moment: Timestamp | undefined): { readonly day: string; readonly time: string } {
  if (moment === undefined) return { day: "", time: "" };
  const parts = clockOfLondon.formatToParts(new Date(Number(moment.seconds) * 1000));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? "";
  return {
    day: `${part("year")}-${part("month")}-${part("day")}`,
    time: `${part("hour")}:${part("minute")}`,
  };
}

const timestamp = (ms: number) => create(TimestampSchema, { seconds: BigInt(ms / 1000) });

/**
 * The moment at which the London clock shows this: of two, the first; where the clock skips it, the moment of the change,
 * as the services have it. 24:00 is the midnight after.
 */
export function londonMoment(date: CalendarDate, { hours, minutes }: Clock): Timestamp {
  const shown = Date.UTC(date.year, date.month - 1, date.day, hours, minutes);
  for (const ahead of [hourMinutes * minuteMs, 0]) {
    const moment = timestamp(shown - ahead);
    const { day, time } = londonFields(moment);
    if (Date.parse(`${day}T${time}Z`) === shown) return moment;
  }
  return timestamp(shown - minutes * minuteMs);
}
