// A volunteer's record as titled lists of what is known.
import { AvailabilityException_Kind } from "#protos/brokerage/matching/v1/volunteer_pb";
import type { Volunteer } from "#protos/brokerage/matching/v1/volunteer_pb";

import { accessNeeds, languages } from "../../services/vocabulary.ts";
import { texts } from "../../texts/en-GB/index.ts";
import {
  barredLists,
  checkLevels,
  consentPurposes,
  licenceKinds,
  sharings,
  workforces,
} from "../../texts/en-GB/words.ts";
import { dateText, dayText, momentText } from "../shared/dates.ts";
import { section } from "../shared/sections.ts";
import { districtText } from "../shared/place.ts";
import { milesText, nameIn } from "../shared/terms.ts";
import { weekInWords } from "../shared/week.ts";

const t = texts.volunteers.profile;

const defaultLevel = 3;

export interface Tables {
  readonly skills: ReadonlyMap<string, string>;
  readonly causes: ReadonlyMap<string, string>;
  readonly districts: ReadonlyMap<string, string>;
}

export function sectionsOf(volunteer: Volunteer, tables: Tables) {
  const { contact, home, availability } = volunteer;
  const away = availability?.exceptions ?? [];
  const exceptions = (kind: AvailabilityException_Kind) =>
    away.filter((one) => one.kind === kind).map((one) => `${momentText(one.startTime)} – ${momentText(one.endTime)}`);
  return [
    section(t.contact, [
      [t.givenName, contact?.givenName],
      [t.familyName, contact?.familyName],
      [t.email, contact?.email],
      [t.phone, contact?.phone],
      [t.address, contact?.addressLines.join(", ")],
      [t.postcode, contact?.postcode],
      [t.birth, dateText(volunteer.dateOfBirth)],
    ]),
    section(t.place, [
      [t.home, [home?.postcode ?? "", districtText(tables.districts, home)]],
      [t.travel, volunteer.travelRadiusM === undefined ? t.remoteOnly : milesText(volunteer.travelRadiusM)],
      [t.limit, volunteer.placementLimit === undefined ? undefined : String(volunteer.placementLimit)],
      [t.remote, volunteer.acceptsRemote ? t.yes : t.no],
    ]),
    section(t.abilities, [
      [
        texts.volunteers.skills,
        volunteer.skills.map(
          ({ skill, level }) => `${nameIn(tables.skills, skill)} (${t.level(level ?? defaultLevel)})`,
        ),
      ],
      [t.causes, volunteer.causes.map((cause) => nameIn(tables.causes, cause))],
      [t.languages, volunteer.languages.map((code) => nameIn(languages, code))],
      [
        t.licences,
        volunteer.licences.map(({ kind, expireDate }) =>
          [licenceKinds[kind], ...(expireDate === undefined ? [] : [t.until(dateText(expireDate))])].join(", "),
        ),
      ],
      [t.checks, volunteer.checks.map(checkText)],
      [t.access, volunteer.accessNeeds.map((need) => nameIn(accessNeeds, need))],
    ]),
    section(t.week, [
      ...weekInWords(availability?.weekly ?? []).map(({ day, times }) => [day, times] as const),
      [t.away, exceptions(AvailabilityException_Kind.AWAY)],
      [t.extra, exceptions(AvailabilityException_Kind.EXTRA)],
    ]),
    section(t.record, [
      [t.sharing, sharings[volunteer.sharing]],
      [
        t.consents,
        volunteer.consents.map(({ purpose, givenTime, withdrawnTime }) =>
          t.consented(consentPurposes[purpose], dayText(givenTime), dayText(withdrawnTime)),
        ),
      ],
      [t.notes, volunteer.notes],
      [t.breakUntil, dateText(volunteer.breakUntilDate)],
      [t.contacted, dayText(volunteer.lastContactTime)],
      [t.created, dayText(volunteer.createTime)],
      [t.changed, momentText(volunteer.updateTime)],
    ]),
  ].filter(({ rows }) => rows.length > 0);
}

function checkText(check: Volunteer["checks"][number]): string {
  return [
    checkLevels[check.level],
    ...check.workforces.map((workforce) => workforces[workforce]),
    ...check.barredLists.map((list) => barredLists[list]),
    ...(check.issueDate === undefined ? [] : [t.issued(dateText(check.issueDate))]),
    ...(check.expireDate === undefined ? [] : [t.until(dateText(check.expireDate))]),
    ...(check.updateService ? [t.updateService] : []),
    ...(check.seenBy === "" ? [] : [t.seenBy(check.seenBy)]),
  ].join(", ");
}
