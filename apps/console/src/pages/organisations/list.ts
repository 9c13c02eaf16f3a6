// The list of organisations: found as one types, by name or identifier, read page by page.
import { Organisation_Kind, Organisation_State } from "#protos/brokerage/registry/v1/organisation_pb";
import type { Organisation } from "#protos/brokerage/registry/v1/organisation_pb";
import { OrganisationService } from "#protos/brokerage/registry/v1/organisation_service_pb";

import type { Answer, Visit } from "../../server/page.ts";
import { centreNames } from "../../services/centres.ts";
import { filterOf, wordTerms } from "../../services/filter.ts";
import { pageOf } from "../../services/names.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { organisationKinds, organisationStates, verificationStages } from "../../texts/en-GB/words.ts";
import { readPage, search } from "../shared/listing.ts";
import type { List, Listed } from "../shared/listing.ts";
import { choose, enumOptions, numberOptions } from "../shared/options.ts";
import { organisationSearch } from "../shared/records.ts";
import { nameIn } from "../shared/terms.ts";

const t = texts.organisations;

const pageSize = 25;

const stateOptions = enumOptions(Organisation_State, organisationStates);
const kindOptions = numberOptions(organisationKinds).map(({ value, text }) => ({
  value: Organisation_Kind[Number(value)] ?? "",
  text,
}));
const whoseOptions = [
  { value: "own", text: t.whose.own },
  { value: "all", text: t.whose.all },
];

/** "GB-CHC-…" is looked for among identifiers. */
const isIdentifier = (text: string) => /^[a-z]{2}-/i.test(text);

const list: List<Organisation> = {
  ...organisationSearch,
  read: async (visit, terms, pageToken) => {
    const name = terms["name"] ?? "";
    const filter = filterOf([
      ...(isIdentifier(name) ? [{ field: "identifier", op: ":", value: name } as const] : wordTerms(name)),
      { field: "kind", op: "=", value: terms["kind"] ?? "" },
      { field: "state", op: "=", value: terms["state"] ?? "" },
      { field: "centre", op: "=", value: terms["whose"] === "own" ? visit.session.caller.centre : "" },
    ]);
    // Deleted ones are listed when they are asked for.
    const showDeleted = terms["state"] === "DELETED";
    const answer = await visit.clients.organisations.listOrganisations({
      pageSize,
      pageToken,
      filter,
      orderBy: "update_time desc",
      showDeleted,
    });
    return { items: answer.organisations, nextPageToken: answer.nextPageToken };
  },
};

async function resultsModel(visit: Visit, listed: Listed<Organisation>) {
  const centres = await centreNames(visit.clients);
  const rows = listed.items.map((organisation) => ({
    name: organisation.displayName,
    href: pageOf(organisation.name),
    kind: organisationKinds[organisation.kind],
    state: organisationStates[organisation.state],
    verified: verificationStages[organisation.verification?.stage ?? 0],
    centre: nameIn(centres, organisation.centre),
  }));
  const searched = ["name", "kind", "state"].some((term) => listed.terms[term] !== "");
  return { rows, address: listed.address, pages: listed.pages, searched };
}

export async function showOrganisations(visit: Visit): Promise<Answer> {
  const listed = await readPage(visit, list);
  const term = (name: string) => listed.terms[name] ?? "";
  const model = {
    ...(await resultsModel(visit, listed)),
    nameTerm: term("name"),
    kinds: choose([{ value: "", text: t.anyKind }, ...kindOptions], term("kind")),
    states: choose([{ value: "", text: texts.lists.anyState }, ...stateOptions], term("state")),
    whose: choose(whoseOptions, term("whose")),
    mayRegister: visit.may(OrganisationService.method.createOrganisation),
  };
  return { view: "pages/organisations/list.njk", model };
}

export function searchOrganisations(visit: Visit): Promise<Answer> {
  return search(visit, list, async (listed) => ({
    view: "pages/organisations/results.njk",
    model: await resultsModel(visit, listed),
  }));
}
