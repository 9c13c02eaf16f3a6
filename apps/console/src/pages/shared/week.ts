// The week: as a table of parts of days that can be ticked, and as windows in words.
import { create } from "@bufbuild/protobuf";

import { WeeklyWindowSchema } from "#protos/brokerage/common/v1/availability_pb";
import type { WeeklyWindow } from "#protos/brokerage/common/v1/availability_pb";
import type { DayOfWeek } from "#protos/brokerage/common/v1/date_time_pb";

import { texts } from "../../texts/en-GB/index.ts";
import { timeText } from "./dates.ts";

const t = texts.week;

/** The parts of a day, each ending where the next begins. Hours. */
export const dayParts = [
  { id: "morning", text: t.morning, start: 8, end: 12 },
  { id: "midday", text: t.midday, start: 12, end: 14 },
  { id: "afternoon", text: t.afternoon, start: 14, end: 17 },
  { id: "evening", text: t.evening, start: 17, end: 21 },
] as const;

const shortLength = 3;

export const cellId = (day: number, part: string) => `${day}-${part}`;

/** The table, one row for each day, with what is ticked. */
export function weekTable(ticked: readonly string[]) {
  return {
    parts: dayParts.map(({ text, start, end }) => ({ text, hours: `${start}–${end}` })),
    days: t.days.map((text, index) => ({
      text,
      short: text.slice(0, shortLength),
      cells: dayParts.map((part) => {
        const value = cellId(index + 1, part.id);
        return { value, label: `${text} ${part.text}`, checked: ticked.includes(value) };
      }),
    })),
  };
}

/** The windows of the ticked parts; parts that follow each other are one. */
export function windowsOf(ticked: readonly string[]): WeeklyWindow[] {
  return t.days.flatMap((_text, index) => {
    const stretches: { start: number; end: number }[] = [];
    for (const { id, start, end } of dayParts) {
      if (!ticked.includes(cellId(index + 1, id))) continue;
      const last = stretches.at(-1);
      if (last?.end === start) last.end = end;
      else stretches.push({ start, end });
    }
    return stretches.map(({ start, end }) =>
      create(WeeklyWindowSchema, {
        dayOfWeek: (index + 1) as DayOfWeek,
        startTime: { hours: start },
        endTime: { hours: end },
      }),
    );
  });
}

/** One line for each day that has windows: "Tuesday", "09:00 to 12:00, 14:00 to 17:00". */
export function weekInWords(windows: readonly WeeklyWindow[]) {
  return t.days
    .map((day, index) => ({
      day,
      times: windows
        .filter((window) => window.dayOfWeek === ((index + 1) as DayOfWeek))
        .map(({ startTime, endTime }) => `${timeText(startTime)} ${t.to} ${timeText(endTime)}`)
        .sort()
        .join(", "),
    }))
    .filter(({ times }) => times !== "");
}
