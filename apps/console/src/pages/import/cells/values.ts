// Cells that hold one value: docs/cli.md, "How cells are written".
import { create } from "@bufbuild/protobuf";
import type { Timestamp } from "@bufbuild/protobuf/wkt";

import { DateSchema } from "#protos/brokerage/common/v1/date_time_pb";
import type { Date as CalendarDate } from "#protos/brokerage/common/v1/date_time_pb";

import { texts } from "../../../texts/en-GB/index.ts";
import { londonMoment, parseDay } from "../../shared/times.ts";
import { cellFault } from "./row.ts";

const t = texts.import.cells;

const metresInKilometre = 1000;
const metresInMile = 1609.344;
const mostWhole = 2_147_483_647;
/** Of a sum of money: more than any that a service takes. */
const mostDigits = 15;

export function parseYesNo(text: string): boolean {
  const word = text.toLowerCase();
  if (["yes", "y", "true", "1", "x", "✓"].includes(word)) return true;
  if (["no", "n", "false", "0"].includes(word)) return false;
  throw cellFault(text, t.yesNo);
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** "2025-03-01", "1/3/2025", "1 March 2025", "01-Mar-2025"; a midnight behind it is passed over. */
export function parseDate(text: string): CalendarDate {
  const day = text.replace(/[ T]00:00(:00(\.0+)?)?$/, "");
  const [, date = "", month = "", year = ""] = /^(\d{1,2})[ -]([A-Za-z]{3,9})[ ,-]+(\d{4})$/.exec(day) ?? [];
  const number = months.indexOf(month.slice(0, 3).toLowerCase()) + 1;
  const parsed = number > 0 ? parseDay(`${date}/${number}/${year}`) : parseDay(day);
  if (parsed !== undefined) return create(DateSchema, parsed);
  throw cellFault(text, /\d{1,4}\D\d{1,2}\D\d{4}|\d{4}\D\d/.test(day) ? t.noSuchDay : t.date);
}

/** The beginning of a day in London: what stands for a moment of which only the date is known. */
export const startOf = (date: CalendarDate): Timestamp => londonMoment(date, { hours: 0, minutes: 0 });

export function parseWhole(text: string): number {
  const number = /^\d{1,3}(,\d{3})+$|^\d+$/.test(text) ? Number(text.replaceAll(",", "")) : NaN;
  if (Number.isNaN(number)) throw cellFault(text, t.whole);
  if (number > mostWhole) throw cellFault(text, t.tooLarge);
  return number;
}

const plainDecimal = /^\d+(\.\d+)?$/;

/** Metres of "8", "8.5 km" or "5 miles"; a bare number is in the heading's unit. */
export function parseDistance(text: string, bareIsMiles: boolean): number {
  const [, number = "", unit = ""] = /^([\d.]+)\s*([a-z]*)\.?$/.exec(text.toLowerCase()) ?? [];
  const isMiles = ["miles", "mile", "mi"].includes(unit);
  const isKilometres = ["km", "kms", "k", "kilometres", "kilometers"].includes(unit);
  if (!plainDecimal.test(number) || !(unit === "" || isMiles || isKilometres)) {
    throw cellFault(text, t.distance);
  }
  const metres = Math.round(
    Number(number) * (isMiles || (unit === "" && bareIsMiles) ? metresInMile : metresInKilometre),
  );
  if (metres > mostWhole) throw cellFault(text, t.tooLarge);
  return metres;
}

export function parseDegrees(text: string): number {
  if (!plainDecimal.test(text.replace(/^-/, ""))) throw cellFault(text, t.degrees);
  return Number(text);
}

/** Whole pounds of "£48,500" or "48500.00". */
export function parsePounds(text: string): bigint {
  const amount = text.replace(/^£\s*/, "").replace(/\.00$/, "");
  if (!/^\d{1,3}(,\d{3})+$|^\d+$/.test(amount)) throw cellFault(text, t.pounds);
  const pounds = amount.replaceAll(",", "");
  if (pounds.length > mostDigits) throw cellFault(text, t.tooLarge);
  return BigInt(pounds);
}

/** Basis points of "50%" or "12.5". */
export function parsePercent(text: string): number {
  const number = text.replace(/\s*%$/, "");
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(number) || Number(number) > 100) throw cellFault(text, t.percent);
  return Math.round(Number(number) * 100);
}

const hyphened = (text: string) =>
  text
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, "-");

/** One of a table's words, in any case, with spaces or hyphens. */
export function parseWord<Value>(words: Readonly<Record<string, Value>>, text: string): Value {
  const word = hyphened(text);
  const value = Object.hasOwn(words, word) ? words[word] : undefined;
  if (value === undefined) throw cellFault(text, t.noneOf(Object.keys(words).join(", ")));
  return value;
}
