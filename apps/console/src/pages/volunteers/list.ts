// The list of volunteers: found as one types, read page by page.
import type { Date as CalendarDate } from "#protos/brokerage/common/v1/date_time_pb";
import { Volunteer_State } from "#protos/brokerage/matching/v1/volunteer_pb";
import type { Volunteer } from "#protos/brokerage/matching/v1/volunteer_pb";
import { VolunteerService } from "#protos/brokerage/matching/v1/volunteer_service_pb";

import type { Answer, Visit } from "../../server/page.ts";
import { pageOf } from "../../services/names.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { volunteerStates } from "../../texts/en-GB/words.ts";
import { dateText, isoText, londonDay, shortDayText } from "../shared/dates.ts";
import { endsSoon } from "../shared/due.ts";
import { readPage, search } from "../shared/listing.ts";
import type { List, Listed } from "../shared/listing.ts";
import { choose, enumOptions } from "../shared/options.ts";
import { districtText } from "../shared/place.ts";
import { districtOptions, listRequest, volunteerSearch, whoseOptions } from "../shared/records.ts";
import { nameIn } from "../shared/terms.ts";

const t = texts.volunteers;

const skillsShown = 3;

const stateOptions = enumOptions(Volunteer_State, volunteerStates);

const list: List<Volunteer> = {
  ...volunteerSearch,
  read: async (visit, terms, pageToken) => {
    const { ends } = terms;
    const due = ends === "break" || ends === "paper" ? endsSoon(ends, Date.now()) : [];
    const request = listRequest(visit.session.caller, terms, terms["name"] ?? "", pageToken, due);
    const answer = await visit.clients.volunteers.listVolunteers(request);
    return { items: answer.volunteers, nextPageToken: answer.nextPageToken };
  },
};

async function resultsModel(visit: Visit, listed: Listed<Volunteer>) {
  const ends = listed.terms["ends"] ?? "";
  const [districts, skills] = await Promise.all([visit.reference.districts(), visit.reference.skills()]);
  const rows = listed.items.map((volunteer) => ({
    name: volunteer.displayName,
    href: pageOf(volunteer.name),
    state: volunteerStates[volunteer.state],
    district: districtText(districts, volunteer.home),
    skills: skillsText(volunteer, skills),
    when: ends === "" ? shortDayText(volunteer.updateTime) : dateText(endOf(volunteer, ends)),
  }));
  const searched = ["name", "state", "ends", "district"].some((term) => (listed.terms[term] ?? "") !== "");
  const whenTitle = ends === "" ? t.changed : t.ends.title;
  return { rows, address: listed.address, pages: listed.pages, searched, whenTitle };
}

/** The day that put the volunteer on the list of what ends. */
function endOf(volunteer: Volunteer, ends: string): CalendarDate | undefined {
  if (ends === "break") return volunteer.breakUntilDate;
  const today = londonDay(Date.now());
  return [...volunteer.checks, ...volunteer.licences]
    .flatMap(({ expireDate }) => (expireDate === undefined || isoText(expireDate) < today ? [] : [expireDate]))
    .sort((one, other) => isoText(one).localeCompare(isoText(other)))[0];
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
    districts: choose(districtOptions(await visit.reference.districts()), listed.terms["district"] ?? ""),
    whose: choose(whoseOptions(visit.session.caller), listed.terms["whose"] ?? ""),
    ends: choose(
      [
        { value: "", text: t.ends.any },
        { value: "paper", text: t.ends.paper },
        { value: "break", text: t.ends.break },
      ],
      listed.terms["ends"] ?? "",
    ),
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
