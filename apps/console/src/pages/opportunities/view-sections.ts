// An opportunity as titled lists of what is known.
import type { Opportunity } from "#protos/brokerage/matching/v1/opportunity_pb";

import { accessNeeds, languages } from "../../services/vocabulary.ts";
import { texts } from "../../texts/en-GB/index.ts";
import {
  barredLists,
  checkLevels,
  eligibilityBases,
  licenceKinds,
  sharings,
  workforces,
} from "../../texts/en-GB/words.ts";
import { dayText, momentText } from "../shared/dates.ts";
import { districtText } from "../shared/place.ts";
import { section } from "../shared/sections.ts";
import type { Section } from "../shared/sections.ts";
import { nameIn } from "../shared/terms.ts";
import { scheduleFacts } from "../shared/schedule.ts";

const t = texts.opportunities;

const defaultSkillLevel = 1;
const basisPoints = 100;

type Names = ReadonlyMap<string, string>;

export interface Tables {
  readonly skills: Names;
  readonly causes: Names;
  readonly districts: Names;
}

export function sectionsOf(opportunity: Opportunity, { skills, causes, districts }: Tables): readonly Section[] {
  const { place } = opportunity;
  const where = opportunity.remote ? [t.fromHome] : [place?.postcode ?? "", districtText(districts, place)];
  return [
    section(t.view.about, [
      [t.view.description, opportunity.description.split("\n")],
      [t.view.place, where],
      [t.places, t.placesFilled(opportunity.placesFilled, opportunity.places ?? 1)],
    ]),
    section(t.view.when, [...scheduleFacts(opportunity.schedule), [t.view.coverage, coverageText(opportunity)]]),
    section(t.view.needs, [
      [t.view.skills, opportunity.skills.map((skill) => skillText(skill, skills))],
      [t.view.check, checkText(opportunity)],
      [t.view.basis, opportunity.requiredCheck?.eligibilityBasis.map((basis) => eligibilityBases[basis])],
      [t.view.licences, opportunity.licences.map((kind) => licenceKinds[kind])],
      [t.view.languages, opportunity.languages.map((code) => nameIn(languages, code))],
      [t.view.age, agesText(opportunity)],
    ]),
    section(t.view.offers, [
      [t.view.causes, opportunity.causes.map((cause) => nameIn(causes, cause))],
      [t.view.support, opportunity.accessSupport.map((need) => nameIn(accessNeeds, need))],
    ]),
    section(t.view.record, [
      [t.view.sharing, sharings[opportunity.sharing]],
      [t.view.rejected, opportunity.rejectReason],
      [t.view.confirmed, dayText(opportunity.confirmTime)],
      [t.expires, dayText(opportunity.expireTime)],
      [t.view.changed, momentText(opportunity.updateTime)],
    ]),
  ].filter(({ rows }) => rows.length > 0);
}

function coverageText({ minimumCoverageBp: share }: Opportunity): string {
  return share === undefined ? "" : t.view.coverageShare(share / basisPoints);
}

function skillText(wanted: Opportunity["skills"][number], skills: Names): string {
  const { skill, level, importance, required } = wanted;
  const need = required ? t.view.required : t.view.helpful;
  const facts = [need, t.view.level(level ?? defaultSkillLevel)];
  if (importance !== undefined) facts.push(t.view.importance(importance));
  return `${nameIn(skills, skill)} (${facts.join(", ")})`;
}

function checkText({ requiredCheck: check }: Opportunity): string {
  if (check === undefined) return "";
  return [
    checkLevels[check.level],
    ...check.workforces.map((workforce) => workforces[workforce]),
    ...check.barredLists.map((list) => barredLists[list]),
  ].join(", ");
}

function agesText(opportunity: Opportunity): string[] {
  return [
    ...(opportunity.minimumAge === undefined ? [] : [t.view.ageFrom(opportunity.minimumAge)]),
    ...(opportunity.maximumAge === undefined ? [] : [t.view.ageTo(opportunity.maximumAge)]),
    ...(opportunity.guardianConsent ? [t.view.guardian] : []),
  ];
}
