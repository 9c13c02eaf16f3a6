// A part of a volunteer's record with a form of its own. What someone else changed meanwhile is shown, never overwritten.
import type { Volunteer } from "#protos/brokerage/matching/v1/volunteer_pb";
import { VolunteerService } from "#protos/brokerage/matching/v1/volunteer_service_pb";

import type { Difference } from "../../../forms/conflict.ts";
import { FormErrors } from "../../../forms/form.ts";
import type { FieldMap, Form } from "../../../forms/form.ts";
import type { Answer, Visit } from "../../../server/page.ts";
import { failureOf } from "../../../services/failure.ts";
import { centreOf, pageOf } from "../../../services/names.ts";
import { texts } from "../../../texts/en-GB/index.ts";
import { addUnchosen } from "../../shared/choices.ts";
import { requireChange } from "../../shared/own.ts";
import { sayRefusal } from "../../shared/refusal.ts";
import { sectionDifferences } from "../../shared/sections.ts";
import { nameOf } from "../address.ts";
import { sectionsOf } from "../profile-sections.ts";

const t = texts.volunteerParts;
const { method } = VolunteerService;

export interface Part<Typed> {
  /** Its page's address below the volunteer's, and its template's name. */
  readonly id: string;
  readonly title: string;
  /** The fields of the record that it writes. */
  readonly paths: readonly string[];
  readonly read: (form: Form) => Typed;
  readonly typedOf: (volunteer: Volunteer) => Typed;
  readonly check: (typed: Typed, errors: FormErrors) => void;
  /** The record as it would be. */
  readonly apply: (typed: Typed, volunteer: Volunteer) => Volunteer;
  readonly model: (visit: Visit, typed: Typed, volunteer: Volunteer) => Promise<object>;
  readonly fields: FieldMap;
}

export async function showPart<Typed>(visit: Visit, part: Part<Typed>): Promise<Answer> {
  const stored = await visit.clients.volunteers.getVolunteer({ name: nameOf(visit) });
  requireChange(visit, method.updateVolunteer, stored.name, centreOf(stored.name));
  return formPage(visit, part, stored, part.typedOf(stored), stored.etag);
}

export async function savePart<Typed>(visit: Visit, part: Part<Typed>): Promise<Answer> {
  const typed = part.read(visit.form);
  const etag = visit.form.text("etag");
  const { volunteers } = visit.clients;
  const stored = await volunteers.getVolunteer({ name: nameOf(visit) });
  requireChange(visit, method.updateVolunteer, stored.name, centreOf(stored.name));
  // Without a script, looking something up or adding a row sends the whole form and shows it again.
  if (visit.form.text("intent") !== "save") return formPage(visit, part, stored, typed, etag);
  const errors = new FormErrors();
  part.check(typed, errors);
  await addUnchosen(visit, visit.form, errors);
  if (!errors.empty) return formPage(visit, part, stored, typed, etag, { errors, status: 422 });
  if (stored.etag !== etag) return conflictPage(visit, part, stored, typed);
  try {
    await volunteers.updateVolunteer({
      volunteer: { ...part.apply(typed, stored), etag },
      updateMask: { paths: [...part.paths] },
    });
    return { redirect: pageOf(stored.name), flash: { kind: "success", text: texts.volunteers.edit.saved } };
  } catch (error) {
    const failure = failureOf(error);
    if (failure?.kind === "changed") {
      return conflictPage(visit, part, await volunteers.getVolunteer({ name: stored.name }), typed);
    }
    const status = sayRefusal(errors, failure, part.fields);
    if (status === undefined) throw error;
    return formPage(visit, part, stored, typed, etag, { errors, status });
  }
}

async function conflictPage<Typed>(visit: Visit, part: Part<Typed>, theirs: Volunteer, typed: Typed): Promise<Answer> {
  const [skills, causes, districts] = await Promise.all([
    visit.reference.skills(),
    visit.reference.causes(),
    visit.reference.districts(),
  ]);
  const tables = { skills, causes, districts };
  const conflict = sectionDifferences(sectionsOf(part.apply(typed, theirs), tables), sectionsOf(theirs, tables));
  return formPage(visit, part, theirs, typed, theirs.etag, { conflict, status: 409 });
}

interface Shown {
  readonly errors?: FormErrors;
  readonly conflict?: readonly Difference[];
  readonly status?: number;
}

async function formPage<Typed>(
  visit: Visit,
  part: Part<Typed>,
  volunteer: Volunteer,
  typed: Typed,
  etag: string,
  { errors = new FormErrors(), conflict = [], status = 200 }: Shown = {},
): Promise<Answer> {
  const href = pageOf(volunteer.name);
  return {
    view: "pages/volunteers/parts/part.njk",
    status,
    model: {
      ...(await part.model(visit, typed, volunteer)),
      breadcrumbs: [
        { text: texts.volunteers.title, href: "/volunteers" },
        { text: volunteer.displayName, href },
        { text: part.title },
      ],
      heading: part.title,
      caption: volunteer.displayName,
      fieldsView: `pages/volunteers/parts/${part.id}.njk`,
      action: `${href}/edit/${part.id}`,
      save: conflict.length > 0 ? texts.volunteers.edit.saveMine : t.save,
      href,
      etag,
      typed,
      errors,
      conflict,
    },
  };
}
