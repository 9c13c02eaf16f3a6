// Changing a centre's name and districts.
import { CentreService } from "#protos/brokerage/registry/v1/centre_service_pb";

import type { Difference } from "../../forms/conflict.ts";
import { FormErrors } from "../../forms/form.ts";
import type { Answer, Visit } from "../../server/page.ts";
import { failureOf } from "../../services/failure.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { requireChange } from "../shared/own.ts";
import { sayRefusal } from "../shared/refusal.ts";
import { section, sectionDifferences } from "../shared/sections.ts";
import { nameIn } from "../shared/terms.ts";
import { nameOf } from "./address.ts";
import { centrePage, crumbs } from "./crumbs.ts";
import { checkCentre, fieldMap, formModel, readCentre } from "./form.ts";
import type { TypedCentre } from "./form.ts";

const t = texts.centre;

export async function showEdit(visit: Visit): Promise<Answer> {
  const centre = await visit.clients.centres.getCentre({ name: nameOf(visit) });
  requireChange(visit, CentreService.method.updateCentre, centre.name, centre.name);
  return formPage(visit, centre, centre, new FormErrors(), 200);
}

export async function edit(visit: Visit): Promise<Answer> {
  const stored = { name: nameOf(visit), etag: visit.form.text("etag") };
  const typed = readCentre(visit.form);
  const errors = checkCentre(typed);
  if (!errors.empty) return formPage(visit, stored, typed, errors, 422);
  try {
    const centre = { ...stored, displayName: typed.displayName, districts: [...typed.districts] };
    await visit.clients.centres.updateCentre({ centre, updateMask: { paths: ["display_name", "districts"] } });
    return { redirect: centrePage(visit, stored.name), flash: { kind: "success", text: t.saved } };
  } catch (error) {
    const failure = failureOf(error);
    if (failure?.reason === "ETAG_MISMATCH") {
      const theirs = await visit.clients.centres.getCentre({ name: stored.name });
      return formPage(visit, theirs, typed, errors, 409, await differencesOf(visit, typed, theirs));
    }
    const status = sayRefusal(errors, failure, fieldMap);
    if (status === undefined) throw error;
    return formPage(visit, stored, typed, errors, status);
  }
}

async function differencesOf(visit: Visit, mine: TypedCentre, theirs: TypedCentre): Promise<readonly Difference[]> {
  const names = await visit.reference.districts();
  const facts = ({ displayName, districts }: TypedCentre) => [
    section(t.about, [
      [t.name, displayName],
      [t.districts, districts.map((name) => nameIn(names, name)).sort()],
    ]),
  ];
  return sectionDifferences(facts(mine), facts(theirs));
}

async function formPage(
  visit: Visit,
  stored: { readonly name: string; readonly etag: string },
  typed: TypedCentre,
  errors: FormErrors,
  status: number,
  conflict: readonly Difference[] = [],
): Promise<Answer> {
  const href = centrePage(visit, stored.name);
  const save = conflict.length > 0 ? t.saveMine : t.save;
  const model = {
    ...(await formModel(visit, typed, { heading: t.edit, action: `${href}/edit`, href, errors, save, conflict })),
    breadcrumbs: await crumbs(visit, stored.name, t.edit),
    etag: stored.etag,
  };
  return { view: "pages/centre/form.njk", model, status };
}
