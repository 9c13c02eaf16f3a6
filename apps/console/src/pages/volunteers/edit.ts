// Changing who a volunteer is and how to reach them. What someone else changed meanwhile is shown, never overwritten.
import type { Volunteer } from "#protos/brokerage/matching/v1/volunteer_pb";
import { VolunteerService } from "#protos/brokerage/matching/v1/volunteer_service_pb";

import { differences } from "../../forms/conflict.ts";
import type { Difference } from "../../forms/conflict.ts";
import { FormErrors, addFaults } from "../../forms/form.ts";
import type { FieldMap } from "../../forms/form.ts";
import type { Answer, Visit } from "../../server/page.ts";
import { failureOf } from "../../services/failure.ts";
import { centreOf, pageOf } from "../../services/names.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { requireChange } from "../shared/own.ts";
import { nameOf } from "./address.ts";

const t = texts.volunteers.edit;

/** The fields of the form, in its order: label, and path of the record. The postcode is the address's and the home's. */
const fields = {
  display_name: { label: t.displayName, path: "display_name" },
  given_name: { label: texts.volunteers.register.givenName, path: "contact.given_name" },
  family_name: { label: texts.volunteers.register.familyName, path: "contact.family_name" },
  email: { label: texts.volunteers.register.email, path: "contact.email" },
  phone: { label: texts.volunteers.register.phone, path: "contact.phone" },
  postcode: { label: texts.volunteers.register.postcode, path: "contact.postcode" },
  address: { label: texts.volunteers.profile.address, path: "contact.address_lines" },
  notes: { label: texts.volunteers.profile.notes, path: "notes" },
} as const;

type FieldId = keyof typeof fields;
type Values = Readonly<Record<FieldId, string>>;

const ids = Object.keys(fields) as FieldId[];
const labels = Object.fromEntries(ids.map((id) => [id, fields[id].label]));
const valuesBy = (value: (id: FieldId) => string) => Object.fromEntries(ids.map((id) => [id, value(id)])) as Values;

const fieldMap: FieldMap = {
  ...Object.fromEntries(ids.map((id) => [`volunteer.${fields[id].path}`, { field: id, label: fields[id].label }])),
  "volunteer.home": { field: "postcode", label: fields.postcode.label },
  "volunteer.contact": { field: "phone", label: texts.volunteers.register.reach },
};

function valuesOf({ displayName, contact, home, notes }: Volunteer): Values {
  return {
    display_name: displayName,
    given_name: contact?.givenName ?? "",
    family_name: contact?.familyName ?? "",
    email: contact?.email ?? "",
    phone: contact?.phone ?? "",
    postcode: contact?.postcode || (home?.postcode ?? ""),
    address: contact?.addressLines.join("\n") ?? "",
    notes,
  };
}

export async function showEdit(visit: Visit): Promise<Answer> {
  const volunteer = await visit.clients.volunteers.getVolunteer({ name: nameOf(visit) });
  requireChange(visit, VolunteerService.method.updateVolunteer, volunteer.name, centreOf(volunteer.name));
  return formPage(volunteer, valuesOf(volunteer), new FormErrors(), 200);
}

export async function edit(visit: Visit): Promise<Answer> {
  const name = nameOf(visit);
  const typed = valuesBy((id) => visit.form.text(id));
  const etag = visit.form.text("etag");
  try {
    await save(visit, name, etag, typed);
    return { redirect: pageOf(name), flash: { kind: "success", text: t.saved } };
  } catch (error) {
    const failure = failureOf(error);
    const errors = new FormErrors();
    if (failure?.kind === "changed") {
      const theirs = await visit.clients.volunteers.getVolunteer({ name });
      return formPage(theirs, typed, errors, 409, differences(labels, typed, valuesOf(theirs)));
    }
    if (failure?.kind === "invalid") addFaults(errors, failure, fieldMap);
    else if (failure?.kind === "unavailable" || failure?.kind === "busy") errors.add("", texts.errors.unavailable.form);
    else throw error;
    return formPage({ name, etag }, typed, errors, failure.kind === "invalid" ? 422 : 503);
  }
}

async function save(visit: Visit, name: string, etag: string, typed: Values): Promise<void> {
  await visit.clients.volunteers.updateVolunteer({
    volunteer: {
      name,
      etag,
      displayName: typed.display_name,
      contact: {
        givenName: typed.given_name,
        familyName: typed.family_name,
        email: typed.email,
        phone: typed.phone,
        postcode: typed.postcode,
        addressLines: linesOf(typed.address),
      },
      notes: typed.notes,
      ...(typed.postcode === "" ? {} : { home: { postcode: typed.postcode } }),
    },
    updateMask: { paths: [...ids.map((id) => fields[id].path), ...(typed.postcode === "" ? [] : ["home"])] },
  });
}

/** Lines without those that are empty. */
const linesOf = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** The form, guarded by the etag of the record that whoever fills it in has seen. */
function formPage(
  seen: { readonly name: string; readonly etag: string },
  values: Values,
  errors: FormErrors,
  status: number,
  conflict: readonly Difference[] = [],
): Answer {
  const href = pageOf(seen.name);
  const breadcrumbs = [
    { text: texts.volunteers.title, href: "/volunteers" },
    { text: t.back, href },
    { text: t.title },
  ];
  const model = { breadcrumbs, href, etag: seen.etag, values, labels, errors, conflict };
  return { view: "pages/volunteers/edit.njk", model, status };
}
