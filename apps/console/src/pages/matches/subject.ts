// Whom or what a list of matches is for: a role, or a volunteer.
import { Role } from "#protos/brokerage/common/v1/access_pb";
import { Opportunity_State } from "#protos/brokerage/matching/v1/opportunity_pb";
import type { Opportunity } from "#protos/brokerage/matching/v1/opportunity_pb";
import { Volunteer_State } from "#protos/brokerage/matching/v1/volunteer_pb";
import type { Volunteer } from "#protos/brokerage/matching/v1/volunteer_pb";

import type { Visit } from "../../server/page.ts";
import type { Caller } from "../../services/access.ts";
import { centreOf, pageOf } from "../../services/names.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { opportunityStates, volunteerStates } from "../../texts/en-GB/words.ts";
import type { StateWord } from "../../texts/en-GB/words.ts";

const t = texts.matches;

export type Kind = "opportunity" | "volunteer";

export const addresses = {
  opportunity: "/centres/:centre/opportunities/:opportunity/matches",
  volunteer: "/centres/:centre/volunteers/:volunteer/matches",
} as const;

const collections = { opportunity: "opportunities", volunteer: "volunteers" } as const;
const lists = { opportunity: texts.opportunities.title, volunteer: texts.volunteers.title } as const;

/** As the address says it, without asking anyone. */
export interface Subject {
  readonly kind: Kind;
  /** The record's name. */
  readonly name: string;
  /** The page of its matches. */
  readonly path: string;
}

export function subjectOf(visit: Visit): Subject {
  const kind = visit.param("opportunity") === "" ? "volunteer" : "opportunity";
  const name = `centres/${visit.param("centre")}/${collections[kind]}/${visit.param(kind)}`;
  return { kind, name, path: `${pageOf(name)}/matches` };
}

/** What pages show of a subject. */
export interface Shown {
  readonly title: string;
  readonly state: StateWord;
  /** Why nothing can match now; empty when something can. */
  readonly idle: string;
}

export async function readSubject(visit: Visit, { kind, name }: Subject): Promise<Shown> {
  const { opportunities, volunteers } = visit.clients;
  return kind === "opportunity"
    ? shownRole(await opportunities.getOpportunity({ name }))
    : shownVolunteer(await volunteers.getVolunteer({ name }));
}

export function shownRole({ title, state }: Opportunity): Shown {
  const word = opportunityStates[state];
  const idle = state === Opportunity_State.OPEN ? "" : t.opportunity.idle(word.text.toLowerCase());
  return { title, state: word, idle };
}

export function shownVolunteer({ displayName, state }: Volunteer): Shown {
  const word = volunteerStates[state];
  const matched = state === Volunteer_State.SEARCHING || state === Volunteer_State.PLACED;
  const idle = matched ? "" : t.volunteer.idle(displayName, word.text.toLowerCase());
  return { title: displayName, state: word, idle };
}

/** The centre to ask as: the lead administrator sees what the record's own centre does. */
export function parentFor(caller: Caller, name: string): string {
  return caller.role === Role.LEAD_ADMIN ? centreOf(name) : caller.centre;
}

/** Whether the record is another centre's: then only the own ones of the other side may be asked about. */
export function isForeign(caller: Caller, name: string): boolean {
  return caller.role !== Role.LEAD_ADMIN && centreOf(name) !== caller.centre;
}

interface Crumb {
  readonly text: string;
  readonly href?: string;
}

/** The way to a page about a subject; `last` is the page itself. */
export function crumbsTo({ kind, name, path }: Subject, { title }: Shown, last?: string): readonly Crumb[] {
  const own = { text: t[kind].crumb, href: path };
  return [
    { text: lists[kind], href: `/${collections[kind]}` },
    { text: title, href: pageOf(name) },
    ...(last === undefined ? [{ text: own.text }] : [own, { text: last }]),
  ];
}
