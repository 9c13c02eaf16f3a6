// The list of volunteers: found as one types, read page by page.
import { Volunteer_State } from "#protos/brokerage/matching/v1/volunteer_pb";
import type { Volunteer } from "#protos/brokerage/matching/v1/volunteer_pb";
import { VolunteerService } from "#protos/brokerage/matching/v1/volunteer_service_pb";

import type { Answer, Visit } from "../../server/page.ts";
import { pageOf } from "../../services/names.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { volunteerStates } from "../../texts/en-GB/words.ts";
import { shortDayText } from "../shared/dates.ts";
import { readPage, search } from "../shared/listing.ts";
import type { List, Listed } from "../shared/listing.ts";
import { choose, enumOptions } from "../shared/options.ts";
import { listRequest, whoseOptions } from "../shared/records.ts";
import { districtName, nameIn } from "../shared/terms.ts";

const t = texts.volunteers;

const skillsShown = 3;

const stateOptions = enumOptions(Volunteer_State, volunteerStates);

const list: List<Volunteer> = {
  path: "/volunteers",
  defaults: { name: "", state: "", whose: "own" },
  read: async (visit, terms, pageToken) => {
    const request = listRequest(visit.session.caller, terms, terms["name"] ?? "", pageToken);
    const answer = await visit.clients.volunteers.listVolunteers(request);
    return { items: answer.volunteers, nextPageToken: answer.nextPageToken };
  },
};

async function resultsModel(visit: Visit, listed: Listed<Volunteer>) {
  const [districts, skills] = await Promise.all([visit.reference.districts(), visit.reference.skills()]);
  const rows = listed.items.map((volunteer) => ({
    name: volunteer.displayName,
    href: pageOf(volunteer.name),
    state: volunteerStates[volunteer.state],
    district: districtName(districts, volunteer.home?.district ?? "", texts.lists.outside),
    skills: skillsText(volunteer, skills),
    changed: shortDayText(volunteer.updateTime),
  }));
  const searched = listed.terms["name"] !== "" || listed.terms["state"] !== "";
  return { rows, address: listed.address, pages: listed.pages, searched };
}

function skillsText(volunteer: Volunteer, names: ReadonlyMap<string, string>): string {
  const shown = volunteer.skills.slice(0, skillsShown).map(({ skill }) => nameIn(names, skill));
  const others = volunteer.skills.length - shown.length;
  return [...shown, ...(others > 0 ? [t.more(others)] : [])].join(", ");
}

export async function showVolunteers(visit: Visit): Promise<Answer> {
  const listed = await readPage(visit, list);
  const model = {
    ...(await resultsModel(visit, listed)),
    name: listed.terms["name"],
    states: choose([{ value: "", text: texts.lists.anyState }, ...stateOptions], listed.terms["state"] ?? ""),
    whose: choose(whoseOptions(visit.session.caller), listed.terms["whose"] ?? ""),
    mayRegister: visit.may(VolunteerService.method.createVolunteer),
  };
  return { view: "pages/volunteers/list.njk", model };
}

export function searchVolunteers(visit: Visit): Promise<Answer> {
  return search(visit, list, async (listed) => ({
    view: "pages/volunteers/results.njk",
    model: await resultsModel(visit, listed),
  }));
}
