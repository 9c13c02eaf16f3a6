// When a role happens, of the columns of a row: every week, on dates, or some time every week.
import { create } from "@bufbuild/protobuf";

import { FlexibleScheduleSchema, ScheduleSchema } from "#protos/brokerage/matching/v1/opportunity_pb";
import type { Schedule } from "#protos/brokerage/matching/v1/opportunity_pb";

import { texts } from "../../../texts/en-GB/index.ts";
import type { Row } from "../cells/row.ts";
import { leftOutOf, parseMinutes, parseRecurrence, parseSession } from "../cells/sessions.ts";
import { readWeek } from "../cells/week.ts";

const t = texts.import.cells;

const dated = ["sessions", "recurrence", "left_out"] as const;
const flexible = ["flexible_time", "flexible_block", "flexible_windows"] as const;

/** Undefined: it was not said. Of several kinds, each one after the first is at fault. */
export function readSchedule(row: Row): Schedule | undefined {
  const kinds = [["weekly"], dated, flexible].flatMap((columns) => columns.find((column) => row.has(column)) ?? []);
  for (const column of kinds.slice(1)) row.fault(column, t.schedules);
  switch (kinds[0]) {
    case "weekly":
      return create(ScheduleSchema, { kind: { case: "weekly", value: { windows: windowsOf(row, "weekly") } } });
    case "sessions":
    case "recurrence":
    case "left_out":
      return datedOf(row);
    case undefined:
      return undefined;
    default:
      return flexibleOf(row);
  }
}

/** A role's times grow to the half hour, so that whoever covers what is recorded covers what was asked. */
function windowsOf(row: Row, column: string) {
  const { windows, faults, notes } = readWeek(row.cell(column), "outward");
  for (const fault of faults) row.fault(column, fault);
  for (const note of notes) row.note(column, note);
  return windows;
}

function datedOf(row: Row): Schedule {
  const recurrence = row.read("recurrence", parseRecurrence);
  if (row.has("left_out") && !row.has("recurrence")) row.fault("left_out", t.leftOutOfNothing);
  const exdates = recurrence === undefined ? [] : row.list("left_out", (text) => leftOutOf(recurrence, text));
  const value = {
    sessions: [...row.list("sessions", parseSession)],
    ...(recurrence === undefined ? {} : { recurrence: { ...recurrence, exdates: [...exdates] } }),
  };
  return create(ScheduleSchema, { kind: { case: "dated", value } });
}

function flexibleOf(row: Row): Schedule {
  if (!row.has("flexible_time")) row.fault("flexible_time", t.besideFlexible);
  const minutes = row.read("flexible_time", (text) => parseMinutes(text, true)) ?? 0;
  const block = row.read("flexible_block", (text) => parseMinutes(text, true));
  const value = create(FlexibleScheduleSchema, {
    minutesPerWeek: minutes,
    ...(block === undefined ? {} : { minimumBlockMinutes: block }),
    windows: windowsOf(row, "flexible_windows"),
  });
  return create(ScheduleSchema, { kind: { case: "flexible", value } });
}
