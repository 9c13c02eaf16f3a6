// Writing a record and changing it with one form, which loses nothing that was typed.
import { randomUUID } from "node:crypto";

import type { Difference } from "../../forms/conflict.ts";
import { FormErrors } from "../../forms/form.ts";
import type { FieldMap, Form } from "../../forms/form.ts";
import { requestId } from "../../forms/request-id.ts";
import type { Answer, Redirect, Visit } from "../../server/page.ts";
import { failureOf } from "../../services/failure.ts";
import { pageOf } from "../../services/names.ts";
import { addUnchosen } from "./choices.ts";
import { sayRefusal } from "./refusal.ts";

/** A stored record as whoever changes it has seen it. */
export interface Seen {
  readonly name: string;
  readonly etag: string;
}

/** What a form is shown with besides what was typed. */
export interface Shown {
  readonly errors?: FormErrors;
  readonly status?: number;
  readonly requestId?: string;
  /** The record that is changed; none: a new one is written. */
  readonly stored?: Seen;
  readonly conflict?: readonly Difference[];
}

/** A part of a kind of record that is changed. */
export interface Changed<Typed, Stored extends Seen> {
  readonly read: (form: Form) => Typed;
  readonly typedOf: (stored: Stored) => Typed;
  /** What can be told without asking a service. */
  readonly check: (typed: Typed) => FormErrors;
  /** Where the service's faults belong. */
  readonly fields: FieldMap;
  readonly texts: { readonly saved: string; readonly incomplete: string };
  readonly nameOf: (visit: Visit) => string;
  readonly get: (visit: Visit, name: string) => Promise<Stored>;
  /** Ends the visit of someone who may not change it: see own.ts. */
  readonly requireChange: (visit: Visit, stored: Stored) => void;
  readonly update: (visit: Visit, typed: Typed, seen: Seen) => Promise<unknown>;
  readonly differences: (visit: Visit, typed: Typed, theirs: Stored) => Promise<readonly Difference[]>;
  readonly page: (visit: Visit, typed: Typed, shown: Shown) => Promise<Answer>;
}

/** A kind of record that is written. */
export interface Written<Typed, Stored extends Seen> extends Changed<Typed, Stored> {
  readonly texts: Changed<Typed, Stored>["texts"] & { readonly sentBefore: string };
  /** Makes it, and says so. */
  readonly create: (visit: Visit, typed: Typed, id: string) => Promise<Redirect>;
}

/** Without a script, looking something up or adding a row sends the whole form and shows it again. */
const isSave = ({ form }: Visit) => ["save", "submit"].includes(form.text("intent"));

export function showNew<Typed, Stored extends Seen>(visit: Visit, of: Written<Typed, Stored>): Promise<Answer> {
  return of.page(visit, of.read(visit.form), { requestId: randomUUID() });
}

export async function createNew<Typed, Stored extends Seen>(visit: Visit, of: Written<Typed, Stored>): Promise<Answer> {
  const typed = of.read(visit.form);
  const id = requestId(visit.form);
  if (!isSave(visit)) return of.page(visit, typed, { requestId: id });
  const errors = of.check(typed);
  await addUnchosen(visit, visit.form, errors);
  if (!errors.empty) return of.page(visit, typed, { requestId: id, errors });
  try {
    return await of.create(visit, typed, id);
  } catch (error) {
    if (failureOf(error)?.reason !== "REQUEST_ID_REUSED") return refused(visit, of, typed, error, { requestId: id });
    errors.add("", of.texts.sentBefore);
    return of.page(visit, typed, { errors, requestId: randomUUID() });
  }
}

export async function showEdit<Typed, Stored extends Seen>(visit: Visit, of: Changed<Typed, Stored>): Promise<Answer> {
  const stored = await of.get(visit, of.nameOf(visit));
  of.requireChange(visit, stored);
  return of.page(visit, of.typedOf(stored), { stored });
}

export async function saveEdit<Typed, Stored extends Seen>(visit: Visit, of: Changed<Typed, Stored>): Promise<Answer> {
  const stored = { name: of.nameOf(visit), etag: visit.form.text("etag") };
  const typed = of.read(visit.form);
  if (!isSave(visit)) return of.page(visit, typed, { stored });
  const errors = of.check(typed);
  await addUnchosen(visit, visit.form, errors);
  if (!errors.empty) return of.page(visit, typed, { stored, errors });
  try {
    await of.update(visit, typed, stored);
    return { redirect: pageOf(stored.name), flash: { kind: "success", text: of.texts.saved } };
  } catch (error) {
    if (failureOf(error)?.reason !== "ETAG_MISMATCH") return refused(visit, of, typed, error, { stored });
    const theirs = await of.get(visit, stored.name);
    const conflict = await of.differences(visit, typed, theirs);
    return of.page(visit, typed, { stored: theirs, status: 409, conflict });
  }
}

/** The form again, with what the service found. */
function refused<Typed, Stored extends Seen>(
  visit: Visit,
  of: Changed<Typed, Stored>,
  typed: Typed,
  error: unknown,
  shown: Shown,
): Promise<Answer> {
  const errors = new FormErrors();
  const status = sayRefusal(errors, failureOf(error), of.fields, of.texts.incomplete);
  if (status === undefined) throw error;
  return of.page(visit, typed, { ...shown, errors, status });
}
