// The form of a centre, new or not: its name, its districts and, once, its id.
import type { Difference } from "../../forms/conflict.ts";
import { FormErrors } from "../../forms/form.ts";
import type { FieldMap, Form } from "../../forms/form.ts";
import type { Visit } from "../../server/page.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { tableOptions, tick } from "../shared/options.ts";

const t = texts.centre;

export interface TypedCentre {
  readonly displayName: string;
  readonly districts: readonly string[];
}

export const fieldMap: FieldMap = {
  centre_id: { field: "centre_id", label: t.id },
  "centre.display_name": { field: "display_name", label: t.name },
  "centre.districts": { field: "districts", label: t.districts },
};

export const readCentre = (form: Form): TypedCentre => ({
  displayName: form.text("display_name"),
  districts: form.all("districts"),
});

/** What can be told without asking the registry. */
export function checkCentre({ displayName }: TypedCentre): FormErrors {
  const errors = new FormErrors();
  if (displayName === "") errors.add("display_name", t.nameMissing);
  return errors;
}

interface Shown {
  readonly heading: string;
  readonly action: string;
  /** Where one goes who leaves the form. */
  readonly href: string;
  readonly errors: FormErrors;
  readonly save: string;
  readonly conflict: readonly Difference[];
}

/** What the form shows, new or not. */
export async function formModel(visit: Visit, typed: TypedCentre, shown: Shown) {
  const districts = await visit.reference.districts();
  return {
    ...shown,
    displayName: typed.displayName,
    districts: tick(tableOptions(districts), typed.districts),
  };
}
