// Parts of forms that a script asks for while someone types. What they type is posted, so that no log has it.
import { ReferenceService } from "#protos/brokerage/registry/v1/reference_service_pb";

import { NotFound, post } from "../../server/page.ts";
import type { Answer, Feature, Visit } from "../../server/page.ts";
import { isChoiceField, readChoices } from "../shared/choices.ts";
import { placeText } from "../shared/place.ts";
import { isDetails, readSkills, withDetails } from "../shared/skills.ts";

const { method } = ReferenceService;

async function choices(visit: Visit): Promise<Answer> {
  const field = visit.param("field");
  if (!isChoiceField(field)) throw new NotFound();
  const read = await readChoices(visit, field, visit.form.all(field), visit.form.text(`${field}_term`));
  const details = visit.form.text(`${field}_details`);
  const model = { choices: isDetails(details) ? withDetails(read, details, readSkills(visit.form)) : read };
  return { view: "pages/reference/choices.njk", model };
}

async function place(visit: Visit): Promise<Answer> {
  const text = await placeText(visit.reference, visit.form.text("postcode"));
  return { view: "pages/reference/place.njk", model: { text } };
}

export const reference: Feature = {
  routes: [
    post("/reference/choices/:field", [method.resolveTerm, method.listSkills, method.listCauses], choices),
    post("/reference/place", [method.resolvePlace, method.listDistricts], place),
  ],
};
