// When a role happens, in words.
import { texts } from "./texts.ts";

interface TimeOfDay {
  readonly hours?: number;
  readonly minutes?: number;
}

interface Window {
  readonly dayOfWeek?: string;
  readonly startTime?: TimeOfDay;
  readonly endTime?: TimeOfDay;
}

export interface Schedule {
  readonly weekly?: { readonly windows?: readonly Window[] };
  readonly dated?: {
    readonly sessions?: readonly { readonly startTime?: string }[];
    readonly recurrence?: { readonly dtstart?: string };
  };
  readonly flexible?: { readonly minutesPerWeek?: number };
}

const shownWindows = 3;

const timeText = ({ hours = 0, minutes = 0 }: TimeOfDay = {}) =>
  `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;

/** `DAY_OF_WEEK_TUESDAY` is "Tuesday". */
function dayText(day = ""): string {
  const name = day.slice(day.lastIndexOf("_") + 1);
  return name.slice(0, 1) + name.slice(1).toLowerCase();
}

function weeklyText(windows: readonly Window[]): string {
  const shown = windows
    .slice(0, shownWindows)
    .map(({ dayOfWeek, startTime, endTime }) =>
      texts.window(dayText(dayOfWeek), timeText(startTime), timeText(endTime)),
    );
  return [...shown, ...(windows.length > shownWindows ? [texts.andMore] : [])].join(", ");
}

const dates = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeZone: "Europe/London" });

function dateText(moment: string | undefined): string {
  const date = new Date(moment ?? "");
  return Number.isNaN(date.getTime()) ? "" : dates.format(date);
}

/** Empty when nothing is said. `now` leaves out what is over. */
export function scheduleText(schedule: Schedule | undefined, now: number): string {
  const { weekly, dated, flexible } = schedule ?? {};
  if (weekly?.windows?.length) return weeklyText(weekly.windows);
  if (flexible?.minutesPerWeek) return texts.flexible(texts.hours(flexible.minutesPerWeek));
  if (dated?.recurrence?.dtstart) {
    const begins = Math.max(now, Date.parse(dated.recurrence.dtstart));
    return Number.isNaN(begins) ? "" : texts.recurring(dateText(new Date(begins).toISOString()));
  }
  const coming = (dated?.sessions ?? [])
    .map(({ startTime }) => startTime ?? "")
    .filter((startTime) => Date.parse(startTime) >= now)
    .sort();
  return coming.length === 0 ? "" : texts.dated(dateText(coming[0]), coming.length - 1);
}
