// The registration form: what was typed, what is wrong with it, and the volunteer that it describes.
import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";

import { Sharing } from "#protos/brokerage/common/v1/sharing_pb";
import { Consent_Purpose, VolunteerSchema } from "#protos/brokerage/matching/v1/volunteer_pb";
import type { Volunteer } from "#protos/brokerage/matching/v1/volunteer_pb";

import { FormErrors } from "../../forms/form.ts";
import type { FieldMap, Form } from "../../forms/form.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { windowsOf } from "../shared/week.ts";

const t = texts.volunteers.register;

export const metresInMile = 1609.344;
/** The distances to choose from, in miles. */
export const distances = [1, 2, 3, 5, 8, 10, 15, 20, 30, 50] as const;

/** The form as it was typed. */
export interface Registration {
  readonly givenName: string;
  readonly familyName: string;
  readonly email: string;
  readonly phone: string;
  readonly postcode: string;
  readonly birth: { readonly day: string; readonly month: string; readonly year: string };
  readonly travel: string;
  readonly remote: boolean;
  readonly skills: readonly string[];
  readonly causes: readonly string[];
  readonly skillsTerm: string;
  readonly causesTerm: string;
  readonly free: readonly string[];
  readonly consent: boolean;
}

export function readRegistration(form: Form): Registration {
  return {
    givenName: form.text("given_name"),
    familyName: form.text("family_name"),
    email: form.text("email"),
    phone: form.text("phone"),
    postcode: form.text("postcode"),
    birth: { day: form.text("birth-day"), month: form.text("birth-month"), year: form.text("birth-year") },
    travel: form.text("travel"),
    remote: form.has("remote"),
    skills: form.all("skills"),
    causes: form.all("causes"),
    skillsTerm: form.text("skills_term"),
    causesTerm: form.text("causes_term"),
    free: form.all("free"),
    consent: form.has("consent"),
  };
}

const number = (text: string) => (/^\d{1,4}$/.test(text) ? Number(text) : 0);

function birthOf({ birth }: Registration) {
  const { day, month, year } = birth;
  if (day === "" && month === "" && year === "") return undefined;
  return { day: number(day), month: number(month), year: number(year) };
}

function isRealDate(date: { day: number; month: number; year: number }): boolean {
  const { day, month, year } = date;
  const real = new Date(Date.UTC(year, month - 1, day));
  return year >= 1900 && real.getUTCMonth() === month - 1 && real.getUTCDate() === day;
}

/** What can be told without asking a service. `forMatching`: what being matched needs is asked for too. */
export function check(typed: Registration, forMatching: boolean): FormErrors {
  const errors = new FormErrors();
  if (typed.givenName === "" && typed.familyName === "") errors.add("given_name", t.nameMissing);
  if (typed.email === "" && typed.phone === "" && typed.postcode === "") errors.add("email", t.reachMissing);
  const birth = birthOf(typed);
  if (birth !== undefined && !isRealDate(birth)) errors.add("birth-day", t.birthWrong);
  if (forMatching && !typed.remote) {
    if (typed.postcode === "") errors.add("postcode", t.placeMissing);
    if (typed.travel === "") errors.add("travel", t.travelMissing);
  }
  return errors;
}

export function volunteerOf(typed: Registration, now: number): Volunteer {
  const birth = birthOf(typed);
  const consent = { purpose: Consent_Purpose.SHARING, givenTime: timestampFromMs(now) };
  return create(VolunteerSchema, {
    displayName: [typed.givenName, typed.familyName].filter((name) => name !== "").join(" "),
    contact: {
      givenName: typed.givenName,
      familyName: typed.familyName,
      email: typed.email,
      phone: typed.phone,
      postcode: typed.postcode,
    },
    ...(birth === undefined ? {} : { dateOfBirth: birth }),
    ...(typed.postcode === "" ? {} : { home: { postcode: typed.postcode } }),
    ...(typed.travel === "" ? {} : { travelRadiusM: Math.round(Number(typed.travel) * metresInMile) }),
    acceptsRemote: typed.remote,
    skills: typed.skills.map((skill) => ({ skill })),
    causes: [...typed.causes],
    availability: { weekly: windowsOf(typed.free) },
    sharing: typed.consent ? Sharing.COUNTY : Sharing.CENTRE,
    consents: typed.consent ? [consent] : [],
  });
}

/** Where the service's faults belong. */
export const fieldMap: FieldMap = {
  "volunteer.display_name": { field: "given_name", label: t.givenName },
  "volunteer.contact": { field: "email", label: t.reach },
  "volunteer.contact.given_name": { field: "given_name", label: t.givenName },
  "volunteer.contact.family_name": { field: "family_name", label: t.familyName },
  "volunteer.contact.email": { field: "email", label: t.email },
  "volunteer.contact.phone": { field: "phone", label: t.phone },
  "volunteer.contact.postcode": { field: "postcode", label: t.postcode },
  "volunteer.home": { field: "postcode", label: t.postcode },
  "volunteer.date_of_birth": { field: "birth-day", label: t.birth },
  "volunteer.travel_radius_m": { field: "travel", label: t.travel },
  "volunteer.skills": { field: "skills-term", label: t.skills },
  "volunteer.causes": { field: "causes-term", label: t.causes },
  "volunteer.availability": { field: "free", label: t.week },
  "volunteer.sharing": { field: "consent", label: t.sharing },
  "volunteer.consents": { field: "consent", label: t.sharing },
};
