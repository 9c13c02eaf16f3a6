// The list of opportunities: found as one types, read page by page.
import { Opportunity_State } from "#protos/brokerage/matching/v1/opportunity_pb";
import type { Opportunity } from "#protos/brokerage/matching/v1/opportunity_pb";
import { OpportunityService } from "#protos/brokerage/matching/v1/opportunity_service_pb";

import type { Answer, Visit } from "../../server/page.ts";
import { pageOf } from "../../services/names.ts";
import { organisationNames } from "../../services/organisations.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { opportunityStates } from "../../texts/en-GB/words.ts";
import { shortDayText } from "../shared/dates.ts";
import { soonBefore } from "../shared/due.ts";
import { readPage, search } from "../shared/listing.ts";
import type { List, Listed } from "../shared/listing.ts";
import { choose, enumOptions } from "../shared/options.ts";
import { districtText } from "../shared/place.ts";
import { districtOptions, listRequest, opportunitySearch, whoseOptions } from "../shared/records.ts";

const t = texts.opportunities;

const stateOptions = enumOptions(Opportunity_State, opportunityStates);

const list: List<Opportunity> = {
  ...opportunitySearch,
  read: async (visit, terms, pageToken) => {
    const due = {
      field: "expire_time",
      op: "<",
      value: terms["due"] === "soon" ? soonBefore(Date.now()) : "",
    } as const;
    const offeredBy = { field: "organisation", op: "=", value: terms["organisation"] ?? "" } as const;
    const request = listRequest(visit.session.caller, terms, terms["title"] ?? "", pageToken, [due, offeredBy]);
    // Deleted ones are listed when they are asked for.
    const showDeleted = terms["state"] === "DELETED";
    const answer = await visit.clients.opportunities.listOpportunities({ ...request, showDeleted });
    return { items: answer.opportunities, nextPageToken: answer.nextPageToken };
  },
};

async function resultsModel(visit: Visit, listed: Listed<Opportunity>) {
  const [districts, organisations] = await Promise.all([
    visit.reference.districts(),
    organisationNames(
      visit.clients,
      listed.items.map(({ organisation }) => organisation),
    ),
  ]);
  const rows = listed.items.map((opportunity) => ({
    title: opportunity.title,
    href: pageOf(opportunity.name),
    organisation: organisations.get(opportunity.organisation) ?? "",
    state: opportunityStates[opportunity.state],
    where: opportunity.remote ? t.fromHome : districtText(districts, opportunity.place),
    places: t.placesFilled(opportunity.placesFilled, opportunity.places ?? 1),
    expires: shortDayText(opportunity.expireTime),
  }));
  const searched = ["title", "state", "due", "district", "organisation"].some((term) => listed.terms[term] !== "");
  return { rows, address: listed.address, pages: listed.pages, searched };
}

/** Whose roles alone are looked at, in words; undefined when every organisation's are. */
async function aboutText(visit: Visit, organisation: string): Promise<string | undefined> {
  if (organisation === "") return undefined;
  const names = await organisationNames(visit.clients, [organisation]);
  return texts.lists.about(names.get(organisation) ?? t.aboutUnknown);
}

export async function showOpportunities(visit: Visit): Promise<Answer> {
  const listed = await readPage(visit, list);
  const { organisation = "" } = listed.terms;
  const model = {
    ...(await resultsModel(visit, listed)),
    organisation,
    aboutText: await aboutText(visit, organisation),
    path: opportunitySearch.path,
    titleTerm: listed.terms["title"],
    states: choose([{ value: "", text: texts.lists.anyState }, ...stateOptions], listed.terms["state"] ?? ""),
    districts: choose(districtOptions(await visit.reference.districts()), listed.terms["district"] ?? ""),
    whose: choose(whoseOptions(visit.session.caller), listed.terms["whose"] ?? ""),
    dues: choose(
      [
        { value: "", text: t.dueAny },
        { value: "soon", text: t.dueSoon },
      ],
      listed.terms["due"] ?? "",
    ),
    mayWrite: visit.may(OpportunityService.method.createOpportunity),
  };
  return { view: "pages/opportunities/list.njk", model };
}

export function searchOpportunities(visit: Visit): Promise<Answer> {
  return search(visit, list, async (listed) => ({
    view: "pages/opportunities/results.njk",
    model: await resultsModel(visit, listed),
  }));
}
