// A recurrence rule in words, of the parts of RFC 5545 that the contract allows.
import { texts } from "../../texts/en-GB/index.ts";
import { dateText } from "./dates.ts";

import { create } from "@bufbuild/protobuf";
import { DateSchema } from "#protos/brokerage/common/v1/date_time_pb";

const t = texts.opportunities.repeat;
const dayCodes = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

type Frequency = keyof typeof t.every;

const isFrequency = (text: string): text is Frequency => text in t.every;

/** "Every 2 weeks on Tuesday and Thursday until 31 December 2027"; the rule itself when it says something else. */
export function ruleText(rule: string): string {
  const parts = new Map(rule.split(";").map((part) => part.split("=", 2) as [string, string | undefined]));
  const frequency = parts.get("FREQ") ?? "";
  if (!isFrequency(frequency)) return rule;
  const interval = Number(parts.get("INTERVAL") ?? "1");
  const words: string[] = [interval === 1 ? t.every[frequency] : t.everyN[frequency](interval)];
  const days = (parts.get("BYDAY") ?? "").split(",").filter((day) => day !== "");
  if (days.length > 0) words.push(t.on(joined(days.map(dayText))));
  const until = parts.get("UNTIL");
  if (until !== undefined) words.push(t.until(untilText(until)));
  const count = parts.get("COUNT");
  if (count !== undefined) words.push(t.times(Number(count)));
  return words.join(" ");
}

/** "Tuesday" for TU, "the second Tuesday" for 2TU, "the last Friday" for -1FR. */
function dayText(code: string): string {
  const day = texts.week.days[dayCodes.indexOf(code.slice(-2))] ?? code;
  const count = code.slice(0, -2).replace("+", "");
  if (count === "") return day;
  const nth = (t.nth as Readonly<Record<string, string>>)[count.replace("-", "")] ?? count;
  if (!count.startsWith("-")) return `${t.the} ${nth} ${day}`;
  return `${t.the} ${count === "-1" ? t.last : t.fromLast(nth)} ${day}`;
}

function joined(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} ${t.and} ${last}`;
}

function untilText(until: string): string {
  const part = (start: number, end: number) => Number(until.slice(start, end));
  return dateText(create(DateSchema, { year: part(0, 4), month: part(4, 6), day: part(6, 8) }));
}
