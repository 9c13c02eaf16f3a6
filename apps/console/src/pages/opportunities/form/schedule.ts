// When a role happens, as the form has it.
import { create } from "@bufbuild/protobuf";
import { DurationSchema } from "@bufbuild/protobuf/wkt";

import { RecurrenceSchema, ScheduleSchema, SessionSchema } from "#protos/brokerage/matching/v1/opportunity_pb";
import type { Recurrence, Schedule, Session } from "#protos/brokerage/matching/v1/opportunity_pb";

import type { Form, FormErrors } from "../../../forms/form.ts";
import { readRows } from "../../../forms/rows.ts";
import type { Row } from "../../../forms/rows.ts";
import { texts } from "../../../texts/en-GB/index.ts";
import { durationText } from "../../shared/dates.ts";
import { londonFields, londonMoment, parseDay, parseLength, parseTime } from "../../shared/times.ts";
import { checkWeek, readWeek, weekOf, windowsOfWeek } from "../../shared/week-form.ts";
import type { TypedWeek } from "../../shared/week-form.ts";
import { checkRepeat, noRepeat, readRepeat, ruleOf, typedRule } from "./repeat.ts";
import type { TypedRepeat } from "./repeat.ts";

const t = texts.opportunityForm;

export const sessionFields = ["day", "time", "length"] as const;
export type SessionRow = Row<(typeof sessionFields)[number]>;

const mostSessions = 500;
const secondsInMinute = 60;

export type ScheduleKind = "" | "weekly" | "dated" | "flexible";
export const scheduleKinds = ["", "weekly", "dated", "flexible"] as const;

export interface TypedSchedule {
  readonly kind: ScheduleKind;
  /** For "weekly", all of it; for "flexible", when it may be. */
  readonly week: TypedWeek;
  readonly sessions: readonly SessionRow[];
  readonly repeat: TypedRepeat;
  readonly minutesPerWeek: string;
  readonly block: string;
}

export function readSchedule(form: Form): TypedSchedule {
  return {
    kind: scheduleKinds.find((kind) => kind === form.text("schedule")) ?? "",
    week: readWeek(form, "week"),
    sessions: readRows(form, "session", sessionFields, mostSessions + 1),
    repeat: readRepeat(form),
    minutesPerWeek: form.text("minutes_per_week"),
    block: form.text("block"),
  };
}

const lengthField = (minutes: number | undefined) => (minutes === undefined ? "" : durationText(minutes));
const minutesOf = (duration: Session["duration"]) => Number((duration?.seconds ?? 0n) / BigInt(secondsInMinute));

function sessionRow({ startTime, duration }: Session): SessionRow {
  return { ...londonFields(startTime), length: lengthField(minutesOf(duration)) };
}

export function typedSchedule(schedule: Schedule | undefined): TypedSchedule {
  const kind = schedule?.kind;
  const dated = kind?.case === "dated" ? kind.value : undefined;
  const flexible = kind?.case === "flexible" ? kind.value : undefined;
  const windows = kind?.case === "weekly" || kind?.case === "flexible" ? kind.value.windows : [];
  return {
    kind: kind?.case ?? "",
    week: weekOf(windows),
    sessions: (dated?.sessions ?? []).map(sessionRow),
    repeat: dated?.recurrence === undefined ? noRepeat : typedRepeat(dated.recurrence),
    minutesPerWeek: lengthField(flexible?.minutesPerWeek),
    block: lengthField(flexible?.minimumBlockMinutes),
  };
}

function typedRepeat({ dtstart, duration, rrule, exdates }: Recurrence): TypedRepeat {
  const { day, time } = londonFields(dtstart);
  return {
    ...typedRule(rrule),
    day,
    time,
    length: lengthField(minutesOf(duration)),
    without: exdates.map((exdate) => ({ day: londonFields(exdate).day })),
  };
}

export function checkSchedule(typed: TypedSchedule, errors: FormErrors): void {
  if (typed.kind === "weekly" || typed.kind === "flexible") checkWeek("week", typed.week, errors);
  if (typed.kind === "weekly" && windowsOfWeek(typed.week).length === 0) errors.add("week", t.weekMissing);
  if (typed.kind === "flexible") {
    if (parseLength(typed.minutesPerWeek) === undefined) errors.add("minutes_per_week", t.minutesWrong);
    if (typed.block !== "" && parseLength(typed.block) === undefined) errors.add("block", t.blockWrong);
  }
  if (typed.kind !== "dated") return;
  if (typed.sessions.length === 0 && typed.repeat.frequency === "") errors.add("session-0-day", t.sessionsMissing);
  typed.sessions.forEach(({ day, time, length }, index) => {
    if (parseDay(day) === undefined) errors.add(`session-${index}-day`, t.dayWrong);
    if (parseTime(time) === undefined) errors.add(`session-${index}-time`, t.timeWrong);
    if (parseLength(length) === undefined) errors.add(`session-${index}-length`, t.lengthWrong);
  });
  checkRepeat(typed.repeat, errors);
}

const durationOf = (length: string) =>
  create(DurationSchema, { seconds: BigInt((parseLength(length) ?? 0) * secondsInMinute) });

function momentOf(day: string, time: string) {
  const [date, clock] = [parseDay(day), parseTime(time)];
  return date === undefined || clock === undefined ? undefined : londonMoment(date, clock);
}

const withStart = (key: "startTime" | "dtstart", day: string, time: string) => {
  const moment = momentOf(day, time);
  return moment === undefined ? {} : { [key]: moment };
};

export function scheduleOf(typed: TypedSchedule): Schedule | undefined {
  switch (typed.kind) {
    case "weekly":
      return create(ScheduleSchema, { kind: { case: "weekly", value: { windows: windowsOfWeek(typed.week) } } });
    case "flexible": {
      const block = parseLength(typed.block);
      const value = {
        minutesPerWeek: parseLength(typed.minutesPerWeek) ?? 0,
        windows: windowsOfWeek(typed.week),
        ...(block === undefined ? {} : { minimumBlockMinutes: block }),
      };
      return create(ScheduleSchema, { kind: { case: "flexible", value } });
    }
    case "dated": {
      const sessions = typed.sessions.map(({ day, time, length }) =>
        create(SessionSchema, { ...withStart("startTime", day, time), duration: durationOf(length) }),
      );
      const recurrence = recurrenceOf(typed.repeat);
      const value = { sessions, ...(recurrence === undefined ? {} : { recurrence }) };
      return create(ScheduleSchema, { kind: { case: "dated", value } });
    }
    default:
      return undefined;
  }
}

function recurrenceOf(repeat: TypedRepeat): Recurrence | undefined {
  if (repeat.frequency === "") return undefined;
  return create(RecurrenceSchema, {
    ...withStart("dtstart", repeat.day, repeat.time),
    duration: durationOf(repeat.length),
    rrule: ruleOf(repeat),
    exdates: repeat.without.flatMap(({ day }) => momentOf(day, repeat.time) ?? []),
    timeZone: "Europe/London",
  });
}
