// What repeats, as the form has it. A rule that the form has no fields for is kept and shown as RFC 5545 writes it.
import type { Form, FormErrors } from "../../../forms/form.ts";
import { readRows } from "../../../forms/rows.ts";
import type { Row } from "../../../forms/rows.ts";
import { texts } from "../../../texts/en-GB/index.ts";
import { dayField, parseDay, parseLength, parseTime } from "../../shared/times.ts";

const t = texts.opportunityForm;

export const frequencies = ["", "DAILY", "WEEKLY", "MONTHLY", "rule"] as const;
export type Frequency = (typeof frequencies)[number];

export const dayCodes = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
/** Which of the month's: the first to the fifth, or the last. */
export const counts = ["1", "2", "3", "4", "5", "-1"] as const;

export const withoutFields = ["day"] as const;
const mostWithout = 366;

interface TypedRule {
  readonly frequency: Frequency;
  readonly interval: string;
  /** For weeks: their days. */
  readonly days: readonly string[];
  /** For months: which weekday; without one, the day of the month on which it begins. */
  readonly count: string;
  readonly countDay: string;
  readonly until: string;
  readonly times: string;
  readonly rule: string;
}

export interface TypedRepeat extends TypedRule {
  readonly day: string;
  readonly time: string;
  readonly length: string;
  readonly without: readonly Row<"day">[];
}

const noRule: TypedRule = {
  frequency: "",
  interval: "",
  days: [],
  count: "",
  countDay: "",
  until: "",
  times: "",
  rule: "",
};

export const noRepeat: TypedRepeat = { ...noRule, day: "", time: "", length: "", without: [] };

export function readRepeat(form: Form): TypedRepeat {
  return {
    frequency: frequencies.find((one) => one === form.text("repeat")) ?? "",
    interval: form.text("interval"),
    days: form.all("days"),
    count: form.text("count"),
    countDay: form.text("count_day"),
    until: form.text("until"),
    times: form.text("times"),
    rule: form.text("rule"),
    day: form.text("first_day"),
    time: form.text("first_time"),
    length: form.text("each_length"),
    without: readRows(form, "without", withoutFields, mostWithout + 1),
  };
}

/** The form's fields for a rule; those of "rule" when it says more than they can. */
export function typedRule(rrule: string): TypedRule {
  const parts = new Map(rrule.split(";").map((part) => part.split("=", 2) as [string, string | undefined]));
  const part = (name: string) => parts.get(name) ?? "";
  const until = /^(\d{4})(\d{2})(\d{2})$/.exec(part("UNTIL"));
  const counted = /^(-?[1-5])([A-Z]{2})$/.exec(part("BYDAY"));
  const frequency = part("FREQ");
  const typed: TypedRule = {
    ...noRule,
    frequency: frequencies.find((one) => one === frequency) ?? "rule",
    interval: part("INTERVAL"),
    days:
      frequency === "WEEKLY"
        ? part("BYDAY")
            .split(",")
            .filter((day) => day !== "")
        : [],
    count: frequency === "MONTHLY" ? (counted?.[1] ?? "") : "",
    countDay: frequency === "MONTHLY" ? (counted?.[2] ?? "") : "",
    until: until === null ? "" : until.slice(1).join("-"),
    times: part("COUNT"),
  };
  return sameRule(ruleOf(typed), rrule) ? typed : { ...noRule, frequency: "rule", rule: rrule };
}

const sameRule = (a: string, b: string) => a.split(";").sort().join(";") === b.split(";").sort().join(";");

export function ruleOf(typed: TypedRule): string {
  if (typed.frequency === "rule") return typed.rule;
  const until = parseDay(typed.until);
  const monthly = typed.frequency === "MONTHLY" && typed.count !== "" && typed.countDay !== "";
  return [
    `FREQ=${typed.frequency}`,
    ...(typed.interval === "" ? [] : [`INTERVAL=${typed.interval}`]),
    ...(typed.frequency === "WEEKLY" && typed.days.length > 0 ? [`BYDAY=${typed.days.join(",")}`] : []),
    ...(monthly ? [`BYDAY=${typed.count}${typed.countDay}`] : []),
    ...(until === undefined ? [] : [`UNTIL=${dayField(until).replaceAll("-", "")}`]),
    ...(typed.times === "" ? [] : [`COUNT=${typed.times}`]),
  ].join(";");
}

export function checkRepeat(typed: TypedRepeat, errors: FormErrors): void {
  if (typed.frequency === "") return;
  if (parseDay(typed.day) === undefined) errors.add("first_day", t.dayWrong);
  if (parseTime(typed.time) === undefined) errors.add("first_time", t.timeWrong);
  if (parseLength(typed.length) === undefined) errors.add("each_length", t.lengthWrong);
  if (typed.frequency === "rule" && typed.rule === "") errors.add("rule", t.ruleMissing);
  if (typed.interval !== "" && !/^\d{1,3}$/.test(typed.interval)) errors.add("interval", t.intervalWrong);
  if ((typed.count === "") !== (typed.countDay === "")) errors.add("count", t.countWrong);
  if (typed.until !== "" && parseDay(typed.until) === undefined) errors.add("until", t.dayWrong);
  if (typed.until !== "" && typed.times !== "") errors.add("times", t.untilAndTimes);
  if (typed.times !== "" && !/^\d{1,4}$/.test(typed.times)) errors.add("times", t.timesWrong);
  typed.without.forEach(({ day }, index) => {
    if (parseDay(day) === undefined) errors.add(`without-${index}-day`, t.dayWrong);
  });
}
