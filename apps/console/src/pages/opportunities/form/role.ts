// The form of an opportunity: what was typed, what is wrong with it, and the role that it describes.
import { create } from "@bufbuild/protobuf";

import type { BarredList, CheckLevel, EligibilityBasis, Workforce } from "#protos/brokerage/common/v1/check_pb";
import type { LicenceKind } from "#protos/brokerage/common/v1/licence_pb";
import { Sharing } from "#protos/brokerage/common/v1/sharing_pb";
import { OpportunitySchema } from "#protos/brokerage/matching/v1/opportunity_pb";
import type { Opportunity } from "#protos/brokerage/matching/v1/opportunity_pb";

import { FormErrors } from "../../../forms/form.ts";
import type { FieldMap, Form } from "../../../forms/form.ts";
import { texts } from "../../../texts/en-GB/index.ts";
import { readSkills, typedSkill, wantedSkills } from "../../shared/skills.ts";
import type { TypedSkill } from "../../shared/skills.ts";
import { checkSchedule, readSchedule, scheduleOf, typedSchedule } from "./schedule.ts";
import type { TypedSchedule } from "./schedule.ts";
import { chosenNumber } from "../../shared/options.ts";

const t = texts.opportunityForm;

const basisPoints = 100;

/** The form as it was typed. Values of enums are their numbers. */
export interface TypedRole {
  readonly title: string;
  readonly organisation: readonly string[];
  readonly organisationTerm: string;
  readonly description: string;
  readonly where: string;
  readonly postcode: string;
  /** "51.1 0.9": of a place that is known by its coordinates alone. */
  readonly coordinates: string;
  readonly places: string;
  readonly schedule: TypedSchedule;
  /** Per cent. */
  readonly coverage: string;
  readonly skills: readonly TypedSkill[];
  readonly skillsTerm: string;
  readonly causes: readonly string[];
  readonly causesTerm: string;
  readonly languages: readonly string[];
  readonly languagesTerm: string;
  readonly minimumAge: string;
  readonly maximumAge: string;
  readonly guardianConsent: boolean;
  readonly checkLevel: string;
  readonly workforces: readonly string[];
  readonly barredLists: readonly string[];
  readonly basis: readonly string[];
  readonly licences: readonly string[];
  readonly accessSupport: readonly string[];
  readonly sharing: string;
}

export function readRole(form: Form): TypedRole {
  return {
    title: form.text("title"),
    organisation: form.all("organisation"),
    organisationTerm: form.text("organisation_term"),
    description: form.text("description"),
    where: form.text("where"),
    postcode: form.text("postcode"),
    coordinates: form.text("coordinates"),
    places: form.text("places"),
    schedule: readSchedule(form),
    coverage: form.text("coverage"),
    skills: readSkills(form),
    skillsTerm: form.text("skills_term"),
    causes: form.all("causes"),
    causesTerm: form.text("causes_term"),
    languages: form.all("languages"),
    languagesTerm: form.text("languages_term"),
    minimumAge: form.text("minimum_age"),
    maximumAge: form.text("maximum_age"),
    guardianConsent: form.has("guardian_consent"),
    checkLevel: form.text("check_level"),
    workforces: form.all("workforces"),
    barredLists: form.all("barred_lists"),
    basis: form.all("basis"),
    licences: form.all("licences"),
    accessSupport: form.all("access_support"),
    sharing: form.text("sharing"),
  };
}

const numberField = (number: number | undefined) => (number === undefined ? "" : String(number));
const valueFields = (values: readonly number[]) => values.map(String);

export function typedRole(role: Opportunity): TypedRole {
  const { place, requiredCheck: check } = role;
  const byCoordinates = place !== undefined && place.postcode === "";
  return {
    title: role.title,
    organisation: role.organisation === "" ? [] : [role.organisation],
    organisationTerm: "",
    description: role.description,
    where: role.remote ? "remote" : place === undefined ? "" : "place",
    postcode: place?.postcode ?? "",
    coordinates: byCoordinates ? `${place.latitude} ${place.longitude}` : "",
    places: numberField(role.places),
    schedule: typedSchedule(role.schedule),
    coverage: numberField(role.minimumCoverageBp === undefined ? undefined : role.minimumCoverageBp / basisPoints),
    skills: role.skills.map(typedSkill),
    skillsTerm: "",
    causes: role.causes,
    causesTerm: "",
    languages: role.languages,
    languagesTerm: "",
    minimumAge: numberField(role.minimumAge),
    maximumAge: numberField(role.maximumAge),
    guardianConsent: role.guardianConsent,
    checkLevel: numberField(check?.level),
    workforces: valueFields(check?.workforces ?? []),
    barredLists: valueFields(check?.barredLists ?? []),
    basis: valueFields(check?.eligibilityBasis ?? []),
    licences: valueFields(role.licences),
    accessSupport: role.accessSupport,
    sharing: String(role.sharing === Sharing.COUNTY ? Sharing.COUNTY : Sharing.CENTRE),
  };
}

const isWhole = (text: string) => /^\d{1,6}$/.test(text);

/** What can be told without asking a service. */
export function checkRole(typed: TypedRole): FormErrors {
  const errors = new FormErrors();
  if (typed.title === "") errors.add("title", t.titleMissing);
  for (const [field, value] of [
    ["places", typed.places],
    ["minimum_age", typed.minimumAge],
    ["maximum_age", typed.maximumAge],
  ] as const) {
    if (value !== "" && !isWhole(value)) errors.add(field, t.numberWrong);
  }
  const share = Number(typed.coverage);
  if (typed.coverage !== "" && !(share >= 0 && share <= 100)) errors.add("coverage", t.coverageWrong);
  if (typed.where === "place" && typed.postcode === "" && typed.coordinates === "") {
    errors.add("postcode", t.postcodeMissing);
  }
  checkSchedule(typed.schedule, errors);
  return errors;
}

const values = <Value extends number>(texts: readonly string[]) => texts.map(chosenNumber<Value>);
const optional = <Key extends string>(key: Key, text: string, factor = 1) =>
  text === "" || Number.isNaN(Number(text))
    ? {}
    : ({ [key]: Math.round(Number(text) * factor) } as Record<Key, number>);

function placeOf(typed: TypedRole) {
  if (typed.where !== "place") return {};
  if (typed.postcode !== "") return { place: { postcode: typed.postcode } };
  const [latitude, longitude] = typed.coordinates.split(" ").map(Number);
  return latitude === undefined || longitude === undefined ? {} : { place: { latitude, longitude } };
}

function checkOf(typed: TypedRole) {
  if (typed.checkLevel === "" || typed.checkLevel === "0") return {};
  return {
    requiredCheck: {
      level: chosenNumber<CheckLevel>(typed.checkLevel),
      workforces: values<Workforce>(typed.workforces),
      barredLists: values<BarredList>(typed.barredLists),
      eligibilityBasis: values<EligibilityBasis>(typed.basis),
    },
  };
}

export function roleOf(typed: TypedRole): Opportunity {
  const schedule = scheduleOf(typed.schedule);
  return create(OpportunitySchema, {
    title: typed.title,
    organisation: typed.organisation[0] ?? "",
    description: typed.description,
    remote: typed.where === "remote",
    ...placeOf(typed),
    ...optional("places", typed.places),
    ...(schedule === undefined ? {} : { schedule }),
    ...optional("minimumCoverageBp", typed.coverage, basisPoints),
    skills: wantedSkills(typed.skills),
    causes: [...typed.causes],
    languages: [...typed.languages],
    ...optional("minimumAge", typed.minimumAge),
    ...optional("maximumAge", typed.maximumAge),
    guardianConsent: typed.guardianConsent,
    ...checkOf(typed),
    licences: values<LicenceKind>(typed.licences),
    accessSupport: [...typed.accessSupport],
    sharing: Number(typed.sharing) === Sharing.COUNTY ? Sharing.COUNTY : Sharing.CENTRE,
  });
}

/** Where the service's faults belong: by path of the record, which is `prefix` in the request. */
export function fieldMap(prefix: string): FieldMap {
  return Object.fromEntries(
    Object.entries(fieldsByPath).map(([path, [field, label]]) => [`${prefix}.${path}`, { field, label }]),
  );
}

const fieldsByPath: Readonly<Record<string, readonly [field: string, label: string]>> = {
  title: ["title", t.roleTitle],
  organisation: ["organisation-term", t.organisation],
  description: ["description", t.description],
  place: ["postcode", t.postcode],
  remote: ["where", t.where],
  places: ["places", t.places],
  schedule: ["schedule", t.when],
  "schedule.weekly": ["week", t.week],
  "schedule.flexible": ["minutes_per_week", t.minutesPerWeek],
  "schedule.flexible.windows": ["week", t.week],
  "schedule.flexible.minimum_block_minutes": ["block", t.block],
  "schedule.dated": ["session-0-day", t.sessions],
  "schedule.dated.recurrence": ["repeat", t.repeat],
  "schedule.dated.recurrence.rrule": ["rule", t.rule],
  "schedule.dated.recurrence.dtstart": ["first_day", t.firstDay],
  "schedule.dated.recurrence.duration": ["each_length", t.eachLength],
  minimum_coverage_bp: ["coverage", t.coverage],
  skills: ["skills-term", t.skills],
  causes: ["causes-term", t.causes],
  languages: ["languages-term", t.languages],
  minimum_age: ["minimum_age", t.minimumAge],
  maximum_age: ["maximum_age", t.maximumAge],
  guardian_consent: ["guardian_consent", t.guardian],
  required_check: ["check_level", t.check],
  "required_check.barred_lists": ["barred_lists", t.barredLists],
  "required_check.eligibility_basis": ["basis", t.basis],
  licences: ["licences", t.licences],
  access_support: ["access_support", t.accessSupport],
  sharing: ["sharing", t.sharing],
};
