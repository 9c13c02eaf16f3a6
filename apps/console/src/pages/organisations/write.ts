// Registering an organisation and changing it.
import type { Organisation } from "#protos/brokerage/registry/v1/organisation_pb";
import { OrganisationService } from "#protos/brokerage/registry/v1/organisation_service_pb";

import { FormErrors } from "../../forms/form.ts";
import type { Answer, Visit } from "../../server/page.ts";
import { pageOf } from "../../services/names.ts";
import { organisationNames } from "../../services/organisations.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { organisationKinds } from "../../texts/en-GB/words.ts";
import { choicesInForm } from "../shared/choices.ts";
import { numberOptions, tableOptions, tick } from "../shared/options.ts";
import { requireChange } from "../shared/own.ts";
import { normalPostcode } from "../shared/place.ts";
import { sectionDifferences } from "../shared/sections.ts";
import type { Shown, Written } from "../shared/write.ts";
import { nameOf } from "./address.ts";
import {
  checkOrganisation,
  fieldMap,
  organisationOf,
  readOrganisation,
  typedOrganisation,
  writtenPaths,
} from "./form.ts";
import type { TypedOrganisation } from "./form.ts";
import { writtenSections } from "./view-sections.ts";

const t = texts.organisations;
const { method } = OrganisationService;

export const writtenOrganisation: Written<TypedOrganisation, Organisation> = {
  read: readOrganisation,
  typedOf: typedOrganisation,
  check: checkOrganisation,
  fields: fieldMap,
  texts: { saved: t.saved, sentBefore: t.sentBefore, incomplete: t.steps.incomplete },
  nameOf,
  get: ({ clients }, name) => clients.organisations.getOrganisation({ name }),
  requireChange: (visit, { name, centre }) => requireChange(visit, method.updateOrganisation, name, centre),
  create: async ({ clients }, typed, requestId) => {
    const made = await clients.organisations.createOrganisation({ organisation: organisationOf(typed), requestId });
    return { redirect: pageOf(made.name), flash: { kind: "success", text: t.registered } };
  },
  update: ({ clients }, typed, seen) =>
    clients.organisations.updateOrganisation({
      organisation: { ...organisationOf(typed), ...seen },
      updateMask: { paths: [...writtenPaths] },
    }),
  differences: (visit, typed, theirs) => differencesOf(visit, organisationOf(typed), theirs),
  page: formPage,
};

async function differencesOf(visit: Visit, mine: Organisation, theirs: Organisation) {
  const [causes, districts, organisations] = await Promise.all([
    visit.reference.causes(),
    visit.reference.districts(),
    organisationNames(visit.clients, [mine.accountableBody, theirs.accountableBody]),
  ]);
  const tables = { causes, districts, organisations };
  const places = mine.places.map((place) => ({ ...place, postcode: normalPostcode(place.postcode) }));
  return sectionDifferences(writtenSections({ ...mine, places }, tables), writtenSections(theirs, tables));
}

async function formPage(visit: Visit, typed: TypedOrganisation, shown: Shown): Promise<Answer> {
  const { stored, errors = new FormErrors(), conflict = [] } = shown;
  const title = stored === undefined ? t.newTitle : t.editTitle;
  const href = stored === undefined ? "" : pageOf(stored.name);
  const [body, causes, districts] = await Promise.all([
    choicesInForm(visit, "accountable_body", typed.accountableBody, typed.accountableBodyTerm),
    choicesInForm(visit, "causes", typed.causes, typed.causesTerm),
    visit.reference.districts().catch(() => new Map(typed.districts.map((name) => [name, name]))),
  ]);
  const served = [...districts, ["districts/outside", texts.lists.outside] as const];
  return {
    view: "pages/organisations/form.njk",
    status: shown.status ?? (errors.empty ? 200 : 422),
    model: {
      breadcrumbs: [
        { text: t.title, href: "/organisations" },
        ...(stored === undefined ? [] : [{ text: t.name, href }]),
        { text: title },
      ],
      heading: title,
      href,
      action: stored === undefined ? "/organisations/new" : `${href}/edit`,
      etag: stored?.etag,
      requestId: shown.requestId,
      typed,
      errors,
      conflict,
      kinds: tick(numberOptions(organisationKinds), [typed.kind]),
      body,
      causes,
      districts: tick(tableOptions(served), typed.districts),
    },
  };
}
