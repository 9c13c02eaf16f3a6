// Registering an organisation and changing it: one form, which loses nothing that was typed.
import { randomUUID } from "node:crypto";

import type { Organisation } from "#protos/brokerage/registry/v1/organisation_pb";

import type { Difference } from "../../forms/conflict.ts";
import { FormErrors } from "../../forms/form.ts";
import { requestId } from "../../forms/request-id.ts";
import type { Answer, Visit } from "../../server/page.ts";
import { failureOf } from "../../services/failure.ts";
import type { Failure } from "../../services/failure.ts";
import { pageOf } from "../../services/names.ts";
import { organisationNames } from "../../services/organisations.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { organisationKinds } from "../../texts/en-GB/words.ts";
import { choicesInForm } from "../shared/choices.ts";
import { numberOptions, tableOptions, tick } from "../shared/options.ts";
import { normalPostcode } from "../shared/place.ts";
import { sayRefusal } from "../shared/refusal.ts";
import { sectionDifferences } from "../shared/sections.ts";
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

/** What a form is shown with besides what was typed. */
interface Shown {
  readonly errors?: FormErrors;
  readonly status?: number;
  readonly requestId?: string;
  /** The stored organisation that is changed, as whoever changes it has seen it; none: a new one is registered. */
  readonly stored?: { readonly name: string; readonly etag: string };
  readonly conflict?: readonly Difference[];
}

export function showNew(visit: Visit): Promise<Answer> {
  return formPage(visit, readOrganisation(visit.form), { requestId: randomUUID() });
}

export async function register(visit: Visit): Promise<Answer> {
  const typed = readOrganisation(visit.form);
  const shown = { requestId: requestId(visit.form) };
  // Without a script, looking something up sends the whole form and shows it again.
  if (visit.form.text("intent") !== "save") return formPage(visit, typed, shown);
  const errors = checkOrganisation(typed);
  if (!errors.empty) return formPage(visit, typed, { ...shown, errors });
  try {
    const organisation = organisationOf(typed);
    const made = await visit.clients.organisations.createOrganisation({ organisation, ...shown });
    return { redirect: pageOf(made.name), flash: { kind: "success", text: t.registered } };
  } catch (error) {
    const failure = failureOf(error);
    if (failure?.reason === "REQUEST_ID_REUSED") {
      errors.add("", t.sentBefore);
      return formPage(visit, typed, { errors, requestId: randomUUID() });
    }
    return refused(visit, typed, failure, error, shown);
  }
}

export async function showEdit(visit: Visit): Promise<Answer> {
  const stored = await visit.clients.organisations.getOrganisation({ name: nameOf(visit) });
  return formPage(visit, typedOrganisation(stored), { stored });
}

export async function edit(visit: Visit): Promise<Answer> {
  const stored = { name: nameOf(visit), etag: visit.form.text("etag") };
  const typed = readOrganisation(visit.form);
  if (visit.form.text("intent") !== "save") return formPage(visit, typed, { stored });
  const errors = checkOrganisation(typed);
  if (!errors.empty) return formPage(visit, typed, { stored, errors });
  const mine = organisationOf(typed);
  try {
    await visit.clients.organisations.updateOrganisation({
      organisation: { ...mine, ...stored },
      updateMask: { paths: [...writtenPaths] },
    });
    return { redirect: pageOf(stored.name), flash: { kind: "success", text: t.saved } };
  } catch (error) {
    const failure = failureOf(error);
    if (failure?.reason !== "ETAG_MISMATCH") return refused(visit, typed, failure, error, { stored });
    const theirs = await visit.clients.organisations.getOrganisation({ name: stored.name });
    return formPage(visit, typed, {
      stored: theirs,
      status: 409,
      conflict: await differencesOf(visit, mine, theirs),
    });
  }
}

/** The form again, with what the service found. */
function refused(
  visit: Visit,
  typed: TypedOrganisation,
  failure: Failure | undefined,
  error: unknown,
  shown: Shown,
): Promise<Answer> {
  const errors = new FormErrors();
  const status = sayRefusal(errors, failure, fieldMap);
  if (status === undefined) throw error;
  return formPage(visit, typed, { ...shown, errors, status });
}

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
