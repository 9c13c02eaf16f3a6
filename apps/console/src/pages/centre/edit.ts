// Changing a centre's name and districts.
import type { Difference } from "../../forms/conflict.ts";
import { FormErrors } from "../../forms/form.ts";
import type { FieldMap } from "../../forms/form.ts";
import type { Answer, Visit } from "../../server/page.ts";
import { failureOf } from "../../services/failure.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { tableOptions, tick } from "../shared/options.ts";
import { sayRefusal } from "../shared/refusal.ts";
import { section, sectionDifferences } from "../shared/sections.ts";
import { nameIn } from "../shared/terms.ts";
import { nameOf } from "./address.ts";
import { centrePage, crumbs } from "./crumbs.ts";

const t = texts.centre;

interface Typed {
  readonly displayName: string;
  readonly districts: readonly string[];
}

const fieldMap: FieldMap = {
  "centre.display_name": { field: "display_name", label: t.name },
  "centre.districts": { field: "districts", label: t.districts },
};

export async function showEdit(visit: Visit): Promise<Answer> {
  const centre = await visit.clients.centres.getCentre({ name: nameOf(visit) });
  return formPage(visit, centre, centre, new FormErrors(), 200);
}

export async function edit(visit: Visit): Promise<Answer> {
  const stored = { name: nameOf(visit), etag: visit.form.text("etag") };
  const typed = { displayName: visit.form.text("display_name"), districts: visit.form.all("districts") };
  const errors = new FormErrors();
  if (typed.displayName === "") errors.add("display_name", t.nameMissing);
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

async function differencesOf(visit: Visit, mine: Typed, theirs: Typed): Promise<readonly Difference[]> {
  const names = await visit.reference.districts();
  const facts = ({ displayName, districts }: Typed) => [
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
  typed: Typed,
  errors: FormErrors,
  status: number,
  conflict: readonly Difference[] = [],
): Promise<Answer> {
  const districts = await visit.reference.districts();
  const href = centrePage(visit, stored.name);
  const model = {
    breadcrumbs: crumbs(visit, stored.name, t.edit),
    href,
    etag: stored.etag,
    displayName: typed.displayName,
    districts: tick(tableOptions(districts), typed.districts),
    errors,
    conflict,
  };
  return { view: "pages/centre/edit.njk", model, status };
}
