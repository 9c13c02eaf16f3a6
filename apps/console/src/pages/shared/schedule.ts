// When a role happens, in words.
import type { Opportunity, Recurrence, Session } from "#protos/brokerage/matching/v1/opportunity_pb";

import { texts } from "../../texts/en-GB/index.ts";
import { dayText, durationText, momentText } from "./dates.ts";
import type { Fact } from "./sections.ts";
import { weekInWords } from "./week.ts";
import { ruleText } from "./rule.ts";

const t = texts.opportunities;

const sessionsShown = 10;
const defaultBlockMinutes = 60;
const secondsInMinute = 60n;

const minutesOf = (duration: { readonly seconds: bigint } | undefined) =>
  Number((duration?.seconds ?? 0n) / secondsInMinute);

export function scheduleFacts(schedule: Opportunity["schedule"]): readonly Fact[] {
  const kind = schedule?.kind;
  switch (kind?.case) {
    case "weekly":
      return [[t.view.kind, t.view.weekly], ...weekFacts(kind.value.windows)];
    case "flexible": {
      const { minutesPerWeek, minimumBlockMinutes, windows } = kind.value;
      const block = durationText(minimumBlockMinutes ?? defaultBlockMinutes);
      const times: readonly Fact[] = windows.length === 0 ? [[t.view.when, t.view.anyTime]] : weekFacts(windows);
      return [[t.view.kind, t.view.flexible(durationText(minutesPerWeek), block)], ...times];
    }
    case "dated":
      return [
        [t.view.repeats, kind.value.recurrence === undefined ? undefined : recurrenceText(kind.value.recurrence)],
        [t.view.withoutDates, kind.value.recurrence?.exdates.map(dayText)],
        [t.view.dates, sessionLines(kind.value.sessions)],
      ];
    default:
      return [[t.view.kind, t.view.notSaid]];
  }
}

function weekFacts(windows: Parameters<typeof weekInWords>[0]): readonly Fact[] {
  return weekInWords(windows).map(({ day, times }): Fact => [day, times]);
}

function sessionLines(sessions: readonly Session[]): string[] {
  const sorted = [...sessions].sort((a, b) => Number((a.startTime?.seconds ?? 0n) - (b.startTime?.seconds ?? 0n)));
  const lines = sorted
    .slice(0, sessionsShown)
    .map(({ startTime, duration }) => t.view.session(momentText(startTime), durationText(minutesOf(duration))));
  const others = sessions.length - lines.length;
  return others > 0 ? [...lines, t.view.moreSessions(others)] : lines;
}

function recurrenceText(recurrence: Recurrence): string {
  const start = t.repeat.from(momentText(recurrence.dtstart), durationText(minutesOf(recurrence.duration)));
  return `${ruleText(recurrence.rrule)}, ${start}`;
}
