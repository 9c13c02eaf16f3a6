// The usual week in a form: parts of days that are ticked, and other times, kept to the half hour.
import { create } from "@bufbuild/protobuf";

import { WeeklyWindowSchema } from "#protos/brokerage/common/v1/availability_pb";
import type { WeeklyWindow } from "#protos/brokerage/common/v1/availability_pb";
import type { DayOfWeek } from "#protos/brokerage/common/v1/date_time_pb";

import type { Form, FormErrors } from "../../forms/form.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { timeText } from "./dates.ts";
import { parseTime, timeField } from "./times.ts";
import { cellId, dayParts, weekTable, windowsOf } from "./week.ts";
import { chosenNumber } from "./options.ts";

const t = texts.week;

export interface TypedWeek {
  /** Cells of the table: "2-morning". */
  readonly ticked: readonly string[];
  /** Times that the table has no cell for: "2 09:30 13:00". */
  readonly others: readonly string[];
  /** A further time that is not complete yet. */
  readonly more: { readonly day: string; readonly start: string; readonly end: string };
}

const nothing = { day: "", start: "", end: "" };

/** A time as the form's value; undefined when it is none. */
function otherOf(day: string, start: string, end: string): string | undefined {
  const [from, to] = [parseTime(start), parseTime(end)];
  if (!/^[1-7]$/.test(day) || from === undefined || to === undefined) return undefined;
  return `${day} ${timeField(from)} ${timeField(to)}`;
}

export function readWeek(form: Form, name: string): TypedWeek {
  const more = {
    day: form.text(`${name}_day`),
    start: form.text(`${name}_start`),
    end: form.text(`${name}_end`),
  };
  const added = otherOf(more.day, more.start, more.end);
  const sent = form.all(`${name}_other`).filter((value) => windowOf(value) !== undefined);
  return {
    ticked: form.all(name),
    others: added === undefined || sent.includes(added) ? sent : [...sent, added],
    more: added === undefined ? more : nothing,
  };
}

/** The week of a record: windows that are whole cells are ticked, all others are kept as they are. */
export function weekOf(windows: readonly WeeklyWindow[]): TypedWeek {
  const ticked: string[] = [];
  const others: string[] = [];
  for (const window of windows) {
    const cells = cellsOf(window);
    if (cells === undefined) others.push(valueOf(window));
    else ticked.push(...cells);
  }
  return { ticked: [...new Set(ticked)], others: [...new Set(others)], more: nothing };
}

const valueOf = ({ dayOfWeek, startTime, endTime }: WeeklyWindow) =>
  `${dayOfWeek} ${timeText(startTime)} ${timeText(endTime)}`;

/** The cells that a window fills exactly. */
function cellsOf({ dayOfWeek, startTime, endTime }: WeeklyWindow): readonly string[] | undefined {
  const first = dayParts.findIndex(({ start }) => timeText(startTime) === timeField({ hours: start, minutes: 0 }));
  const last = dayParts.findIndex(({ end }) => timeText(endTime) === timeField({ hours: end, minutes: 0 }));
  if (first < 0 || last < first) return undefined;
  return dayParts.slice(first, last + 1).map(({ id }) => cellId(dayOfWeek, id));
}

function windowOf(value: string): WeeklyWindow | undefined {
  const [day = "", start = "", end = ""] = value.split(" ");
  const [startTime, endTime] = [parseTime(start), parseTime(end)];
  if (!/^[1-7]$/.test(day) || startTime === undefined || endTime === undefined) return undefined;
  return create(WeeklyWindowSchema, { dayOfWeek: chosenNumber<DayOfWeek>(day), startTime, endTime });
}

export function windowsOfWeek({ ticked, others }: TypedWeek): WeeklyWindow[] {
  return [...windowsOf(ticked), ...others.flatMap((value) => windowOf(value) ?? [])];
}

export function checkWeek(name: string, { more }: TypedWeek, errors: FormErrors): void {
  if (more.day !== "" || more.start !== "" || more.end !== "") errors.add(`${name}_day`, t.moreWrong);
}

/** What the component views/components/week.njk shows. */
export function weekModel(typed: TypedWeek) {
  return {
    ...weekTable(typed.ticked),
    others: typed.others.map((value) => {
      const [day = "", start = "", end = ""] = value.split(" ");
      return { value, text: t.other(t.days[Number(day) - 1] ?? "", start, end), checked: true };
    }),
    more: typed.more,
    dayOptions: [
      { value: "", text: t.choose },
      ...t.days.map((text, index) => ({ value: String(index + 1), text })),
    ].map((option) => ({ ...option, selected: option.value === typed.more.day })),
  };
}
