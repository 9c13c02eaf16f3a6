// How far a volunteer travels, and how much they take on.

import { texts } from "../../../texts/en-GB/index.ts";
import { choose } from "../../shared/options.ts";
import { milesText } from "../../shared/terms.ts";
import { dayField, londonFields, londonMoment, parseDay } from "../../shared/times.ts";
import { distances, metresInMile } from "../registration.ts";
import type { Part } from "./part.ts";

const t = texts.volunteerParts;

interface Typed {
  /** Metres. */
  readonly travel: string;
  readonly remote: boolean;
  readonly limit: string;
  readonly birth: string;
  readonly contacted: string;
}

const noon = { hours: 12, minutes: 0 };

/** A day's noon; of a day that is today or later, now: what happened cannot lie ahead. */
export function momentOn(day: string, nowMs: number) {
  const date = parseDay(day);
  if (date === undefined) return undefined;
  const moment = londonMoment(date, noon);
  const now = BigInt(Math.floor(nowMs / 1000));
  return { ...moment, seconds: moment.seconds < now ? moment.seconds : now };
}

export const travel: Part<Typed> = {
  id: "travel",
  title: t.travel,
  paths: ["travel_radius_m", "accepts_remote", "placement_limit", "date_of_birth", "last_contact_time"],
  read: (form) => ({
    travel: form.text("travel"),
    remote: form.has("remote"),
    limit: form.text("limit"),
    birth: form.text("birth"),
    contacted: form.text("contacted"),
  }),
  typedOf: (volunteer) => ({
    travel: volunteer.travelRadiusM === undefined ? "" : String(volunteer.travelRadiusM),
    remote: volunteer.acceptsRemote,
    limit: volunteer.placementLimit === undefined ? "" : String(volunteer.placementLimit),
    birth: dayField(volunteer.dateOfBirth),
    contacted: londonFields(volunteer.lastContactTime).day,
  }),
  check: ({ limit, birth, contacted }, errors) => {
    if (limit !== "" && !/^\d{1,2}$/.test(limit)) errors.add("limit", t.limitWrong);
    if (birth !== "" && parseDay(birth) === undefined) errors.add("birth", t.dateWrong);
    if (contacted !== "" && parseDay(contacted) === undefined) errors.add("contacted", t.dateWrong);
  },
  apply: (typed, volunteer) => {
    const { travelRadiusM: _radius, placementLimit: _limit, dateOfBirth: _birth, lastContactTime, ...rest } = volunteer;
    const birth = parseDay(typed.birth);
    // The moment stays as it was recorded while its day does.
    const same = londonFields(lastContactTime).day === typed.contacted;
    const contacted = same ? lastContactTime : momentOn(typed.contacted, Date.now());
    return {
      ...rest,
      acceptsRemote: typed.remote,
      ...(typed.travel === "" ? {} : { travelRadiusM: Number(typed.travel) }),
      ...(typed.limit === "" ? {} : { placementLimit: Number(typed.limit) }),
      ...(birth === undefined ? {} : { dateOfBirth: birth }),
      ...(contacted === undefined ? {} : { lastContactTime: contacted }),
    };
  },
  model: (_visit, typed) => {
    const offered = distances.map((miles) => ({
      value: String(Math.round(miles * metresInMile)),
      text: texts.volunteers.register.miles(miles),
    }));
    const isOffered = typed.travel === "" || offered.some(({ value }) => value === typed.travel);
    const recorded = { value: typed.travel, text: t.asRecorded(milesText(Number(typed.travel))) };
    const all = [{ value: "", text: t.noTravel }, ...offered, ...(isOffered ? [] : [recorded])];
    return Promise.resolve({ distances: choose(all, typed.travel) });
  },
  fields: {
    "volunteer.travel_radius_m": { field: "travel", label: t.distance },
    "volunteer.accepts_remote": { field: "remote", label: t.remote },
    "volunteer.placement_limit": { field: "limit", label: t.limit },
    "volunteer.date_of_birth": { field: "birth", label: t.birth },
    "volunteer.last_contact_time": { field: "contacted", label: t.contacted },
  },
};
