// One opportunity, to read.
import { MatchingService } from "#protos/brokerage/matching/v1/matching_service_pb";
import type { Opportunity } from "#protos/brokerage/matching/v1/opportunity_pb";

import type { Answer, Visit } from "../../server/page.ts";
import { organisationNames } from "../../services/organisations.ts";
import { accessNeeds, languages } from "../../services/vocabulary.ts";
import { texts } from "../../texts/en-GB/index.ts";
import {
  barredLists,
  checkLevels,
  licenceKinds,
  opportunityStates,
  sharings,
  workforces,
} from "../../texts/en-GB/words.ts";
import { dayText, momentText } from "../shared/dates.ts";
import { section } from "../shared/sections.ts";
import type { Section } from "../shared/sections.ts";
import { districtName, nameIn } from "../shared/terms.ts";
import { scheduleFacts } from "./schedule.ts";

const t = texts.opportunities;

const defaultSkillLevel = 1;

export async function showOpportunity(visit: Visit): Promise<Answer> {
  const name = `centres/${visit.param("centre")}/opportunities/${visit.param("opportunity")}`;
  const opportunity = await visit.clients.opportunities.getOpportunity({ name });
  const [organisations, skills, causes, districts] = await Promise.all([
    organisationNames(visit.clients, [opportunity.organisation]),
    visit.reference.skills(),
    visit.reference.causes(),
    visit.reference.districts(),
  ]);
  const organisation = organisations.get(opportunity.organisation) ?? "";
  return {
    view: "pages/opportunities/view.njk",
    model: {
      breadcrumbs: [{ text: t.title, href: "/opportunities" }, { text: opportunity.title }],
      name,
      mayMatch: visit.may(MatchingService.method.matchVolunteers),
      displayTitle: opportunity.title,
      organisation,
      state: opportunityStates[opportunity.state],
      sections: sectionsOf(opportunity, skills, causes, districts),
    },
  };
}

type Names = ReadonlyMap<string, string>;

function sectionsOf(opportunity: Opportunity, skills: Names, causes: Names, districts: Names): readonly Section[] {
  const { place } = opportunity;
  const where = opportunity.remote
    ? [t.fromHome]
    : [place?.postcode ?? "", districtName(districts, place?.district ?? "", texts.lists.outside)];
  return [
    section(t.view.about, [
      [t.view.description, opportunity.description.split("\n")],
      [t.view.place, where],
      [t.places, t.placesFilled(opportunity.placesFilled, opportunity.places ?? 1)],
    ]),
    section(t.view.when, scheduleFacts(opportunity.schedule)),
    section(t.view.needs, [
      [t.view.skills, opportunity.skills.map((skill) => skillText(skill, skills))],
      [t.view.check, checkText(opportunity)],
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

function skillText(wanted: Opportunity["skills"][number], skills: Names): string {
  const { skill, level, required } = wanted;
  const need = required ? t.view.required : t.view.helpful;
  return `${nameIn(skills, skill)} (${need}, ${t.view.level(level ?? defaultSkillLevel)})`;
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
