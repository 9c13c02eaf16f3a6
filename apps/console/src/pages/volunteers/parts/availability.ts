// When a volunteer is free: the usual week, and what is not as every week.
import { create } from "@bufbuild/protobuf";
import type { Timestamp } from "@bufbuild/protobuf/wkt";

import {
  AvailabilityExceptionSchema,
  AvailabilityException_Kind,
  AvailabilitySchema,
} from "#protos/brokerage/matching/v1/volunteer_pb";
import type { AvailabilityException } from "#protos/brokerage/matching/v1/volunteer_pb";

import { readRows, rowsToShow } from "../../../forms/rows.ts";
import type { Row } from "../../../forms/rows.ts";
import { texts } from "../../../texts/en-GB/index.ts";
import { choose, chosenNumber } from "../../shared/options.ts";
import { londonFields, londonMoment, parseDay, parseTime } from "../../shared/times.ts";
import { checkWeek, readWeek, weekModel, weekOf, windowsOfWeek } from "../../shared/week-form.ts";
import type { TypedWeek } from "../../shared/week-form.ts";
import type { Part } from "./part.ts";

const t = texts.volunteerParts;

const rowFields = ["kind", "from", "from_time", "to", "to_time"] as const;
type ExceptionRow = Row<(typeof rowFields)[number]>;

const mostExceptions = 201;
const minuteSeconds = 60n;
const midnight = "00:00";
const kinds = [
  { value: "", text: texts.week.choose },
  { value: String(AvailabilityException_Kind.AWAY), text: t.away },
  { value: String(AvailabilityException_Kind.EXTRA), text: t.extra },
];

interface Typed {
  readonly week: TypedWeek;
  readonly exceptions: readonly ExceptionRow[];
}

/** Whole days are shown without times, the last one included. */
function rowOf({ kind, startTime, endTime }: AvailabilityException): ExceptionRow {
  const [from, to] = [londonFields(startTime), londonFields(endTime)];
  if (from.time !== midnight || to.time !== midnight || endTime === undefined) {
    return { kind: String(kind), from: from.day, from_time: from.time, to: to.day, to_time: to.time };
  }
  const last = londonFields({ ...endTime, seconds: endTime.seconds - minuteSeconds });
  return { kind: String(kind), from: from.day, from_time: "", to: last.day, to_time: "" };
}

/** A moment of a row; a day without a time begins at its start, or ends at its end. */
function momentOf(day: string, time: string, whole: string): Timestamp | undefined {
  const [date, clock] = [parseDay(day), parseTime(time === "" ? whole : time)];
  return date === undefined || clock === undefined ? undefined : londonMoment(date, clock);
}

const startOf = ({ from, from_time }: ExceptionRow) => momentOf(from, from_time, midnight);
const endOf = ({ from, to, to_time }: ExceptionRow) => momentOf(to === "" ? from : to, to_time, "24:00");

function exceptionOf(row: ExceptionRow): AvailabilityException {
  const [startTime, endTime] = [startOf(row), endOf(row)];
  return create(AvailabilityExceptionSchema, {
    kind: chosenNumber<AvailabilityException_Kind>(row.kind),
    ...(startTime === undefined ? {} : { startTime }),
    ...(endTime === undefined ? {} : { endTime }),
  });
}

export const availability: Part<Typed> = {
  id: "availability",
  title: t.availability,
  paths: ["availability"],
  read: (form) => ({
    week: readWeek(form, "free"),
    exceptions: readRows(form, "exception", rowFields, mostExceptions),
  }),
  typedOf: ({ availability: free }) => ({
    week: weekOf(free?.weekly ?? []),
    exceptions: (free?.exceptions ?? []).map(rowOf),
  }),
  check: ({ week, exceptions }, errors) => {
    checkWeek("free", week, errors);
    exceptions.forEach((row, index) => {
      const at = `exception-${index}`;
      const [start, end] = [startOf(row), endOf(row)];
      if (row.kind === "") errors.add(`${at}-kind`, t.kindMissing);
      if (start === undefined) errors.add(`${at}-from`, t.momentWrong);
      else if (end === undefined) errors.add(`${at}-to`, t.momentWrong);
      else if (end.seconds <= start.seconds) errors.add(`${at}-to`, t.endBeforeStart);
    });
  },
  apply: (typed, volunteer) => ({
    ...volunteer,
    availability: create(AvailabilitySchema, {
      weekly: windowsOfWeek(typed.week),
      exceptions: typed.exceptions.map(exceptionOf),
    }),
  }),
  model: (_visit, typed) =>
    Promise.resolve({
      week: weekModel(typed.week),
      exceptions: rowsToShow(typed.exceptions, rowFields).map((row) => ({ ...row, kinds: choose(kinds, row.kind) })),
    }),
  fields: {
    "volunteer.availability": { field: "free", label: t.week },
    "volunteer.availability.exceptions": { field: "exception-0-kind", label: t.exceptions },
  },
};
