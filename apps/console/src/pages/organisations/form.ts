// The form of an organisation: what was typed, what is wrong with it, and the organisation that it describes.
import { create } from "@bufbuild/protobuf";

import { PlaceSchema } from "#protos/brokerage/common/v1/place_pb";
import { Organisation_Kind, OrganisationSchema } from "#protos/brokerage/registry/v1/organisation_pb";
import type { Organisation } from "#protos/brokerage/registry/v1/organisation_pb";

import { FormErrors } from "../../forms/form.ts";
import type { FieldMap, Form } from "../../forms/form.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { chosenNumber } from "../shared/options.ts";

const t = texts.organisations;

/** The form as it was typed. */
export interface TypedOrganisation {
  readonly displayName: string;
  /** The number of its kind. */
  readonly kind: string;
  readonly accountableBody: readonly string[];
  readonly accountableBodyTerm: string;
  /** One on each line. */
  readonly identifiers: string;
  readonly income: string;
  readonly website: string;
  readonly description: string;
  /** One on each line: a postcode, or latitude and longitude. */
  readonly places: string;
  readonly districts: readonly string[];
  readonly causes: readonly string[];
  readonly causesTerm: string;
  readonly person: string;
  readonly email: string;
  readonly phone: string;
}

/** The fields of the record that the form writes. */
export const writtenPaths = [
  "display_name",
  "kind",
  "accountable_body",
  "identifiers",
  "income",
  "website",
  "description",
  "places",
  "districts_served",
  "causes",
  "contact",
] as const;

export function readOrganisation(form: Form): TypedOrganisation {
  return {
    displayName: form.text("display_name"),
    kind: form.text("kind"),
    accountableBody: form.all("accountable_body"),
    accountableBodyTerm: form.text("accountable_body_term"),
    identifiers: form.text("identifiers"),
    income: form.text("income"),
    website: form.text("website"),
    description: form.text("description"),
    places: form.text("places"),
    districts: form.all("districts"),
    causes: form.all("causes"),
    causesTerm: form.text("causes_term"),
    person: form.text("person"),
    email: form.text("email"),
    phone: form.text("phone"),
  };
}

export function typedOrganisation(organisation: Organisation): TypedOrganisation {
  const { contact, income } = organisation;
  return {
    displayName: organisation.displayName,
    kind: String(organisation.kind),
    accountableBody: organisation.accountableBody === "" ? [] : [organisation.accountableBody],
    accountableBodyTerm: "",
    identifiers: organisation.identifiers.join("\n"),
    income: income === undefined ? "" : String(income),
    website: organisation.website,
    description: organisation.description,
    places: organisation.places
      .map(({ postcode, latitude, longitude }) => (postcode === "" ? `${latitude}, ${longitude}` : postcode))
      .join("\n"),
    districts: organisation.districtsServed,
    causes: organisation.causes,
    causesTerm: "",
    person: contact?.personName ?? "",
    email: contact?.email ?? "",
    phone: contact?.phone ?? "",
  };
}

export const isUnconstituted = ({ kind }: TypedOrganisation) => Number(kind) === Organisation_Kind.UNCONSTITUTED_GROUP;

const incomeOf = ({ income }: TypedOrganisation) => income.replace(/[£,\s]/g, "");

/** What can be told without asking a service. */
export function checkOrganisation(typed: TypedOrganisation): FormErrors {
  const errors = new FormErrors();
  if (typed.displayName === "") errors.add("display_name", t.nameMissing);
  if (typed.kind === "") errors.add("kind", t.kindMissing);
  if (isUnconstituted(typed) && typed.accountableBody.length === 0) {
    errors.add("accountable_body-term", t.bodyMissing);
  }
  if (!/^\d{0,13}$/.test(incomeOf(typed))) errors.add("income", t.incomeWrong);
  return errors;
}

const linesOf = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

function placeOf(line: string) {
  const [, latitude, longitude] = /^(-?\d+(?:\.\d+)?)[,\s]+(-?\d+(?:\.\d+)?)$/.exec(line) ?? [];
  if (latitude === undefined || longitude === undefined) return create(PlaceSchema, { postcode: line });
  return create(PlaceSchema, { latitude: Number(latitude), longitude: Number(longitude) });
}

export function organisationOf(typed: TypedOrganisation): Organisation {
  const income = incomeOf(typed);
  return create(OrganisationSchema, {
    displayName: typed.displayName,
    kind: chosenNumber<Organisation_Kind>(typed.kind),
    // Only a group that is not constituted has one.
    accountableBody: isUnconstituted(typed) ? (typed.accountableBody[0] ?? "") : "",
    identifiers: linesOf(typed.identifiers).map((line) => line.toUpperCase()),
    ...(income === "" ? {} : { income: BigInt(income) }),
    website: typed.website,
    description: typed.description,
    places: linesOf(typed.places).map(placeOf),
    districtsServed: [...typed.districts],
    causes: [...typed.causes],
    contact: { personName: typed.person, email: typed.email, phone: typed.phone },
  });
}

/** Where the service's faults belong. */
export const fieldMap: FieldMap = {
  "organisation.display_name": { field: "display_name", label: t.name },
  "organisation.kind": { field: "kind", label: t.kind },
  "organisation.accountable_body": { field: "accountable_body-term", label: t.body },
  "organisation.identifiers": { field: "identifiers", label: t.identifiers },
  "organisation.income": { field: "income", label: t.income },
  "organisation.website": { field: "website", label: t.website },
  "organisation.description": { field: "description", label: t.description },
  "organisation.places": { field: "places", label: t.places },
  "organisation.districts_served": { field: "districts", label: t.districts },
  "organisation.causes": { field: "causes-term", label: t.causes },
  "organisation.contact.person_name": { field: "person", label: t.person },
  "organisation.contact.email": { field: "email", label: t.email },
  "organisation.contact.phone": { field: "phone", label: t.phone },
};
