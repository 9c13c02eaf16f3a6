// Anyone by name, with what they are to this role or this volunteer: a match, or what stands between.
import type { Answer, Visit } from "../../server/page.ts";
import { failureOf } from "../../services/failure.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { opportunityStates, volunteerStates } from "../../texts/en-GB/words.ts";
import type { StateWord } from "../../texts/en-GB/words.ts";
import { Role } from "#protos/brokerage/common/v1/access_pb";
import { readPage, search } from "../shared/listing.ts";
import type { List, Listed } from "../shared/listing.ts";
import { shareText } from "../shared/percent.ts";
import { listRequest } from "../shared/records.ts";
import { pairPath } from "./pair-address.ts";
import { conditionsOf } from "./pair-words.ts";
import { crumbsTo, isForeign, readSubject, subjectOf } from "./subject.ts";
import type { Subject } from "./subject.ts";

const t = texts.matches;

interface Found {
  readonly name: string;
  readonly title: string;
  readonly state: StateWord;
}

/** Whom the caller may ask about, by the words that were typed; nobody before anything is typed. */
function listOf(subject: Subject): List<Found> {
  return {
    path: `${subject.path}/why-not`,
    defaults: { text: "" },
    read: async (visit, terms, pageToken) => {
      const text = terms["text"] ?? "";
      if (text === "") return { items: [], nextPageToken: "" };
      const { caller } = visit.session;
      const whose = caller.role === Role.LEAD_ADMIN ? "all" : isForeign(caller, subject.name) ? "own" : "shared";
      return subject.kind === "opportunity"
        ? findVolunteers(visit, listRequest(caller, { whose }, text, pageToken))
        : findRoles(visit, listRequest(caller, { whose }, text, pageToken));
    },
  };
}

type Request = ReturnType<typeof listRequest>;

async function findVolunteers(visit: Visit, request: Request) {
  const { volunteers, nextPageToken } = await visit.clients.volunteers.listVolunteers(request);
  const items = volunteers.map(({ name, displayName, state }) => ({
    name,
    title: displayName,
    state: volunteerStates[state],
  }));
  return { items, nextPageToken };
}

async function findRoles(visit: Visit, request: Request) {
  const { opportunities, nextPageToken } = await visit.clients.opportunities.listOpportunities(request);
  const items = opportunities.map(({ name, title, state }) => ({ name, title, state: opportunityStates[state] }));
  return { items, nextPageToken };
}

async function rowOf(visit: Visit, subject: Subject, found: Found) {
  const [opportunity, volunteer] =
    subject.kind === "opportunity" ? [subject.name, found.name] : [found.name, subject.name];
  return {
    title: found.title,
    state: found.state,
    href: pairPath(opportunity, volunteer),
    verdict: await verdictOf(visit, opportunity, volunteer),
  };
}

/** In a few words; empty when it cannot be told, for the pair's own page says why. */
async function verdictOf(visit: Visit, opportunity: string, volunteer: string): Promise<string> {
  try {
    const { conditions, scoreMillionths } = await visit.clients.matching.explainMatch({ opportunity, volunteer });
    if (scoreMillionths !== undefined) return t.pairPage.match(shareText(scoreMillionths));
    return conditionsOf(conditions)
      .filter(({ holds }) => !holds)
      .map(({ label }) => label)
      .join(", ");
  } catch (error) {
    if (failureOf(error) === undefined) throw error;
    return "";
  }
}

async function resultsModel(visit: Visit, subject: Subject, listed: Listed<Found>) {
  return {
    side: t[subject.kind],
    rows: await Promise.all(listed.items.map((found) => rowOf(visit, subject, found))),
    text: listed.terms["text"],
    address: listed.address,
    pages: listed.pages,
  };
}

export async function showWhyNot(visit: Visit): Promise<Answer> {
  const subject = subjectOf(visit);
  const [shown, listed] = await Promise.all([readSubject(visit, subject), readPage(visit, listOf(subject))]);
  const model = {
    ...(await resultsModel(visit, subject, listed)),
    breadcrumbs: crumbsTo(subject, shown, t.whyNot.crumb),
    heading: t[subject.kind].missing,
    subjectTitle: shown.title,
    path: subject.path,
  };
  return { view: "pages/matches/why-not.njk", model };
}

export function lookUp(visit: Visit): Promise<Answer> {
  const subject = subjectOf(visit);
  return search(visit, listOf(subject), async (listed) => ({
    view: "pages/matches/why-not-results.njk",
    model: await resultsModel(visit, subject, listed),
  }));
}
