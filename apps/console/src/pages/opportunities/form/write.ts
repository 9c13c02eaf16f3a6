// Writing an opportunity and changing it.
import type { Opportunity } from "#protos/brokerage/matching/v1/opportunity_pb";
import { OpportunityService } from "#protos/brokerage/matching/v1/opportunity_service_pb";

import { FormErrors } from "../../../forms/form.ts";
import { stepId } from "../../../forms/request-id.ts";
import type { Answer, Visit } from "../../../server/page.ts";
import { failureOf } from "../../../services/failure.ts";
import { centreOf, pageOf } from "../../../services/names.ts";
import type { Flash } from "../../../session/store.ts";
import { texts } from "../../../texts/en-GB/index.ts";
import { requireChange } from "../../shared/own.ts";
import { refusalText } from "../../shared/refusal.ts";
import type { Shown, Written } from "../../shared/write.ts";
import { nameOf } from "../address.ts";
import { differencesOf } from "./differences.ts";
import { roleModel } from "./model.ts";
import { mayPreview, readPreview } from "./preview.ts";
import { checkRole, fieldMap, readRole, roleOf, typedRole } from "./role.ts";
import type { TypedRole } from "./role.ts";

const t = texts.opportunityForm;

export const writtenRole: Written<TypedRole, Opportunity> = {
  read: readRole,
  typedOf: typedRole,
  check: checkRole,
  fields: fieldMap("opportunity"),
  texts: { saved: t.saved, sentBefore: t.sentBefore, incomplete: texts.opportunities.steps.incomplete },
  nameOf,
  get: ({ clients }, name) => clients.opportunities.getOpportunity({ name }),
  requireChange: (visit, { name }) =>
    requireChange(visit, OpportunityService.method.updateOpportunity, name, centreOf(name)),
  create: async (visit, typed, requestId) => {
    const request = { parent: visit.session.caller.centre, opportunity: roleOf(typed), requestId };
    const made = await visit.clients.opportunities.createOpportunity(request);
    const isSubmitted = visit.form.text("intent") === "submit";
    const flash = isSubmitted ? await submit(visit, made, requestId) : done(t.savedDraft);
    return { redirect: pageOf(made.name), flash };
  },
  update: ({ clients }, typed, seen) =>
    clients.opportunities.updateOpportunity({
      opportunity: { ...roleOf(typed), ...seen },
      updateMask: { paths: ["*"] },
    }),
  differences: (visit, typed, theirs) => differencesOf(visit, roleOf(typed), theirs),
  page: formPage,
};

const done = (text: string): Flash => ({ kind: "success", text });

async function submit(visit: Visit, { name }: Opportunity, id: string): Promise<Flash> {
  try {
    await visit.clients.opportunities.submitOpportunity({ name, requestId: stepId(id, "submit") });
    return done(t.savedSubmitted);
  } catch (error) {
    const failure = failureOf(error);
    if (failure === undefined) throw error;
    const why = refusalText(failure, texts.opportunities.steps.incomplete);
    return { kind: "notice", text: `${t.savedNotSubmitted}${why ?? texts.errors.unavailable.title}` };
  }
}

async function formPage(visit: Visit, typed: TypedRole, shown: Shown): Promise<Answer> {
  const { stored, errors = new FormErrors(), conflict = [] } = shown;
  const centre = stored === undefined ? visit.session.caller.centre : centreOf(stored.name);
  const asked = visit.form.text("intent") === "preview" && mayPreview(visit);
  const title = stored === undefined ? t.newTitle : t.editTitle;
  const href = stored === undefined ? "" : pageOf(stored.name);
  return {
    view: "pages/opportunities/form/form.njk",
    status: shown.status ?? (errors.empty ? 200 : 422),
    model: {
      ...(await roleModel(visit, typed)),
      breadcrumbs: [
        { text: texts.opportunities.title, href: "/opportunities" },
        ...(stored === undefined ? [] : [{ text: texts.opportunities.role, href }]),
        { text: title },
      ],
      heading: title,
      href,
      action: stored === undefined ? "/opportunities/new" : `${href}/edit`,
      etag: stored?.etag,
      requestId: shown.requestId,
      centre,
      errors,
      conflict,
      maySubmit: stored === undefined && visit.may(OpportunityService.method.submitOpportunity),
      mayPreview: mayPreview(visit),
      preview: asked ? await readPreview(visit, centre, typed) : undefined,
    },
  };
}
