// The weight sets that there are, and making another one.
import { randomUUID } from "node:crypto";

import type { WeightSet } from "#protos/brokerage/matching/v1/weight_set_pb";

import { FormErrors, addFaults } from "../../forms/form.ts";
import type { FieldMap, Form } from "../../forms/form.ts";
import { requestId } from "../../forms/request-id.ts";
import type { Answer, Visit } from "../../server/page.ts";
import { failureOf } from "../../services/failure.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { defaultWeights, titleOf } from "./weights.ts";

const t = texts.matches.weights;
const { parts } = texts.matches;

const basisPointsInPercent = 100;
const wholeNumber = /^\d{1,5}$/;

/** The numbers of the form, in its order, with what they are at first. */
const fields = {
  skills: { label: parts.skills, normal: "40" },
  location: { label: parts.location, normal: "25" },
  availability: { label: parts.availability, normal: "25" },
  causes: { label: parts.causes, normal: "10" },
  alpha: { label: t.alpha, normal: "25" },
} as const;

type FieldId = keyof typeof fields;
type Typed = Readonly<Record<FieldId | "name", string>>;

const ids = Object.keys(fields) as FieldId[];

const fieldMap: FieldMap = {
  "weight_set.display_name": { field: "name", label: t.name },
  "weight_set.alpha_bp": { field: "alpha", label: t.alpha },
  weight_set: { field: "skills", label: t.newOne },
  ...Object.fromEntries(ids.map((id) => [`weight_set.${id}`, { field: id, label: fields[id].label }])),
};

const typedBy = (value: (id: FieldId) => string, name: string) =>
  ({ ...Object.fromEntries(ids.map((id) => [id, value(id)])), name }) as Typed;

export function showWeights(visit: Visit): Promise<Answer> {
  const normal = typedBy((id) => fields[id].normal, "");
  return page(visit, normal, randomUUID(), new FormErrors(), 200);
}

export async function makeWeights(visit: Visit): Promise<Answer> {
  const typed = readTyped(visit.form);
  const id = requestId(visit.form);
  const errors = check(typed);
  if (!errors.empty) return page(visit, typed, id, errors, 422);
  const number = (field: FieldId) => Number(typed[field]);
  try {
    await visit.clients.matching.createWeightSet({
      requestId: id,
      weightSet: {
        displayName: typed.name,
        skills: number("skills"),
        location: number("location"),
        availability: number("availability"),
        causes: number("causes"),
        alphaBp: number("alpha") * basisPointsInPercent,
      },
    });
  } catch (error) {
    const failure = failureOf(error);
    if (failure?.kind !== "invalid") throw error;
    addFaults(errors, failure, fieldMap);
    return page(visit, typed, id, errors, 422);
  }
  return { redirect: "/weights", flash: { kind: "success", text: t.saved(typed.name) } };
}

function readTyped(form: Form): Typed {
  return typedBy((id) => form.text(id), form.text("name"));
}

function check(typed: Typed): FormErrors {
  const errors = new FormErrors();
  if (typed.name === "") errors.add("name", t.nameMissing);
  for (const id of ids) if (!wholeNumber.test(typed[id])) errors.add(id, t.notNumber(fields[id].label));
  return errors;
}

async function page(visit: Visit, typed: Typed, id: string, errors: FormErrors, status: number): Promise<Answer> {
  const { weightSets } = await visit.clients.matching.listWeightSets({ pageSize: 1000 });
  const first = ({ name }: WeightSet) => (name === defaultWeights ? 0 : 1);
  const model = {
    sets: [...weightSets].sort((a, b) => first(a) - first(b)).map(rowOf),
    headings: [t.name, ...ids.map((field) => fields[field].label)],
    fields: ids.map((field) => ({ id: field, label: fields[field].label, value: typed[field] })),
    name: typed.name,
    requestId: id,
    errors,
  };
  return { view: "pages/matches/weights.njk", model, status };
}

function rowOf(set: WeightSet) {
  const alpha = `${(set.alphaBp ?? 0) / basisPointsInPercent}%`;
  return { title: titleOf(set), cells: [set.skills, set.location, set.availability, set.causes, alpha] };
}
