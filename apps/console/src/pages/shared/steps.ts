// Steps of a record from state to state: those that its state and the person's role allow, some after a question.
import type { DescMethod } from "@bufbuild/protobuf";

import type { Date as CalendarDate } from "#protos/brokerage/common/v1/date_time_pb";

import { FormErrors, addFaults } from "../../forms/form.ts";
import { NotFound } from "../../server/page.ts";
import type { Answer, Page, Visit } from "../../server/page.ts";
import { mayChange } from "../../services/access.ts";
import type { Clients } from "../../services/clients.ts";
import { failureOf } from "../../services/failure.ts";
import { pageOf } from "../../services/names.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { choose } from "./options.ts";
import type { Option } from "./options.ts";
import { requireChange } from "./own.ts";
import { refusalText } from "./refusal.ts";
import { parseDay } from "./times.ts";

const t = texts.steps;

export interface Guarded {
  readonly name: string;
  readonly etag: string;
}

/** What was answered to a step's question. */
export interface Given {
  /** The chosen option. */
  readonly choice: string;
  readonly reason: string;
  readonly date: CalendarDate | undefined;
}

export interface Step {
  readonly method: DescMethod;
  readonly from: readonly number[];
  /** What is asked first: whether it is meant, why, or until when. */
  readonly asks?: "confirm" | "reason" | "date";
  /** What is chosen from besides. */
  readonly options?: readonly Option[];
  readonly call: (clients: Clients, request: Guarded, given: Given) => Promise<unknown>;
  readonly words: {
    readonly button: string;
    readonly done: string;
    /** For a step that asks: what it means, and what is asked. */
    readonly text?: string;
    readonly label?: string;
    readonly choice?: string;
    readonly missing?: string;
  };
}

export type Steps = Readonly<Record<string, Step>>;

/** The record that a step is taken from. */
export interface Stepped extends Guarded {
  readonly state: number;
  /** `centres/{centre}`: whose it is. */
  readonly centre: string;
  /** How people call it. */
  readonly title: string;
}

/** Steps of one kind of record. */
export interface StepsOf {
  readonly steps: Steps;
  readonly read: (visit: Visit) => Promise<Stepped>;
  /** Where the list of such records is, and how it is called. */
  readonly list: { readonly text: string; readonly href: string };
  /** Where one goes after a step; none: to the record's own page. */
  readonly page?: (visit: Visit, record: Stepped) => string;
  /** What to say when the record lacks something for a step. */
  readonly incomplete: string;
}

/** For the component views/components/steps.njk. */
export function stepsFor(visit: Visit, { steps }: StepsOf, record: Stepped) {
  const href = pageOf(record.name);
  const allowed = Object.entries(steps).filter(
    ([, { from, method }]) => from.includes(record.state) && mayChange(visit.session.caller, method, record.centre),
  );
  const items = allowed.map(([id, { words, asks }]) => ({
    text: words.button,
    address: `${href}/steps/${id}`,
    asks: asks !== undefined,
  }));
  return { etag: record.etag, items };
}

function stepOf(visit: Visit, { steps }: StepsOf): Step {
  const id = visit.param("step");
  const step = Object.hasOwn(steps, id) ? steps[id] : undefined;
  if (step === undefined) throw new NotFound();
  return step;
}

/** The page of a step's question. */
export async function askStep(visit: Visit, of: StepsOf): Promise<Answer> {
  const step = stepOf(visit, of);
  const record = await of.read(visit);
  requireChange(visit, step.method, record.name, record.centre);
  return question(visit, of, step, record, new FormErrors());
}

export async function takeStep(visit: Visit, of: StepsOf): Promise<Answer> {
  const step = stepOf(visit, of);
  const errors = new FormErrors();
  const typed = visit.form.text("date");
  const given = {
    choice: visit.form.text("choice"),
    reason: visit.form.text("reason"),
    date: typed === "" ? undefined : parseDay(typed),
  };
  if (step.asks === "reason" && given.reason === "") errors.add("reason", step.words.missing ?? t.reasonMissing);
  if (step.asks === "date" && typed !== "" && given.date === undefined) errors.add("date", t.dateWrong);
  const record = await of.read(visit);
  if (!errors.empty) return question(visit, of, step, record, errors);
  const href = pageAfter(visit, of, record);
  try {
    await step.call(visit.clients, { name: record.name, etag: visit.form.text("etag") }, given);
  } catch (error) {
    const failure = failureOf(error);
    if (failure?.kind === "invalid" && step.asks !== undefined) {
      const at = { label: step.words.label ?? step.words.button };
      addFaults(errors, failure, {
        reason: { field: "reason", ...at },
        evidence: { field: "reason", ...at },
        until_date: { field: "date", ...at },
      });
      return question(visit, of, step, record, errors);
    }
    // What was typed is kept, and the record can be looked at before it is sent again.
    if (failure?.kind === "changed" && (given.reason !== "" || typed !== "")) {
      errors.add("", t.changed);
      const now = await of.read(visit);
      return { ...question(visit, of, step, now, errors, now.etag), status: 409 };
    }
    const refused = failure?.kind === "not-allowed" ? refusalText(failure, of.incomplete) : undefined;
    if (refused === undefined) throw error;
    return { redirect: href, flash: { kind: "notice", text: refused } };
  }
  return { redirect: href, flash: { kind: "success", text: step.words.done } };
}

const pageAfter = (visit: Visit, { page }: StepsOf, record: Stepped) => page?.(visit, record) ?? pageOf(record.name);

function question(
  visit: Visit,
  of: StepsOf,
  step: Step,
  record: Stepped,
  errors: FormErrors,
  // Someone who is asked again has seen the record as it was at first.
  etag = visit.form.has("etag") ? visit.form.text("etag") : record.etag,
): Page {
  const href = pageAfter(visit, of, record);
  const { button, text, label } = step.words;
  return {
    view: "pages/shared/step.njk",
    status: errors.empty ? 200 : 422,
    model: {
      breadcrumbs: [of.list, { text: record.title, href }, { text: button }],
      record,
      button,
      text,
      label,
      asks: step.asks,
      options: step.options === undefined ? [] : choose(step.options, visit.form.text("choice")),
      choice: step.words.choice,
      href,
      action: `${pageOf(record.name)}/steps/${visit.param("step")}`,
      etag,
      given: { reason: visit.form.text("reason"), date: visit.form.text("date") },
      errors,
    },
  };
}
