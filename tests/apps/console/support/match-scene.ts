// People and roles whose lists are known: all speak a language that nobody of the demonstration does.
import { DayOfWeek } from "#protos/brokerage/common/v1/date_time_pb";
import { Sharing } from "#protos/brokerage/common/v1/sharing_pb";

import type { Clients } from "../../../../apps/console/src/services/clients.ts";
import type { County } from "./county.ts";

const ashford = "centres/ashford";
const language = "kw";
const church = { latitude: 51.1463, longitude: 0.8706 };
const degreesApart = 0.002;
const peopleCount = 24;
const levels = 5;
const monday = { dayOfWeek: DayOfWeek.MONDAY, startTime: { hours: 9 }, endTime: { hours: 12 } };

export interface MatchScene {
  /** All 24 fit: those further away are the more skilled ones. */
  readonly guide: string;
  /** Asks for a skill that nobody has. */
  readonly treasurer: string;
  /** The nearest first. */
  readonly people: readonly string[];
  /** Weighs nothing but closeness. */
  readonly nearest: string;
}

export async function makeMatchScene(county: County): Promise<MatchScene> {
  const clients = county.as(county.lead);
  const organisation = await anOrganisation(clients);
  const role = { organisation, place: church, languages: [language], sharing: Sharing.COUNTY };
  const wanted = { level: levels, importance: 5 };
  const weekly = { case: "weekly" as const, value: { windows: [monday] } };
  const guide = {
    ...role,
    title: "Tower guide",
    schedule: { kind: weekly },
    skills: [{ ...wanted, skill: "skills/first-aid" }],
  };
  const treasurer = {
    ...role,
    title: "Bell treasurer",
    skills: [{ ...wanted, skill: "skills/bookkeeping", required: true }],
  };
  const nearest = await clients.matching.createWeightSet({ weightSet: { displayName: "Nearest", location: 100 } });
  return {
    guide: await openRole(clients, guide),
    treasurer: await openRole(clients, treasurer),
    people: await makePeople(county),
    nearest: nearest.name,
  };
}

/** An organisation that the matching service has heard of. */
export async function anOrganisation({ opportunities }: Clients): Promise<string> {
  const open = await opportunities.listOpportunities({ parent: "centres/-", pageSize: 1, filter: "state=OPEN" });
  return open.opportunities[0]?.organisation ?? "";
}

type Role = Parameters<Clients["opportunities"]["createOpportunity"]>[0]["opportunity"];

export async function openRole({ opportunities }: Clients, opportunity: NonNullable<Role>): Promise<string> {
  const { name } = await opportunities.createOpportunity({ parent: ashford, opportunity });
  await opportunities.submitOpportunity({ name });
  await opportunities.approveOpportunity({ name });
  return name;
}

async function makePeople(county: County): Promise<string[]> {
  const names: string[] = [];
  for (let index = 0; index < peopleCount; ++index) names.push(await addPerson(county, personName(index), index));
  return names;
}

/** Someone who fits: the further away, so many steps of 200 m, the more skilled. */
export async function addPerson(
  county: County,
  displayName: string,
  steps: number,
  centre: string = ashford,
): Promise<string> {
  const { volunteers } = county.as(county.lead);
  const { name } = await volunteers.createVolunteer({
    parent: centre,
    volunteer: {
      displayName,
      contact: { phone: "01233 000000" },
      home: { latitude: church.latitude + steps * degreesApart, longitude: church.longitude },
      travelRadiusM: 10_000,
      languages: [language],
      skills: [{ skill: "skills/first-aid", level: 1 + Math.floor((steps * levels) / peopleCount) }],
      availability: { weekly: [monday] },
    },
  });
  await volunteers.registerVolunteer({ name });
  await volunteers.activateVolunteer({ name });
  return name;
}

/** "Ringer 10" is the nearest. */
export const personName = (index: number) => `Ringer ${index + 10}`;
