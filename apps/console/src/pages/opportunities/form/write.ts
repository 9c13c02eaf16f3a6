// Writing an opportunity and changing it: one form, which loses nothing that was typed.
import { randomUUID } from "node:crypto";

import type { Opportunity } from "#protos/brokerage/matching/v1/opportunity_pb";
import { OpportunityService } from "#protos/brokerage/matching/v1/opportunity_service_pb";

import { FormErrors } from "../../../forms/form.ts";
import type { Difference } from "../../../forms/conflict.ts";
import { requestId, stepId } from "../../../forms/request-id.ts";
import type { Answer, Visit } from "../../../server/page.ts";
import { failureOf } from "../../../services/failure.ts";
import type { Failure } from "../../../services/failure.ts";
import { centreOf, pageOf } from "../../../services/names.ts";
import type { Flash } from "../../../session/store.ts";
import { texts } from "../../../texts/en-GB/index.ts";
import { refusalText, sayRefusal } from "../../shared/refusal.ts";
import { nameOf } from "../address.ts";
import { differencesOf } from "./differences.ts";
import { roleModel } from "./model.ts";
import { mayPreview, readPreview } from "./preview.ts";
import { checkRole, fieldMap, readRole, roleOf, typedRole } from "./role.ts";
import type { TypedRole } from "./role.ts";

const t = texts.opportunityForm;

/** What a form is shown with besides what was typed. */
interface Shown {
  readonly errors?: FormErrors;
  readonly status?: number;
  readonly requestId?: string;
  /** The stored role that is changed, as whoever changes it has seen it; none: a new one is written. */
  readonly stored?: { readonly name: string; readonly etag: string };
  readonly conflict?: readonly Difference[];
}

const isSave = (intent: string) => intent === "save" || intent === "submit";

export function showNew(visit: Visit): Promise<Answer> {
  return formPage(visit, readRole(visit.form), { requestId: randomUUID() });
}

export async function create(visit: Visit): Promise<Answer> {
  const typed = readRole(visit.form);
  const shown = { requestId: requestId(visit.form) };
  const intent = visit.form.text("intent");
  // Without a script, looking something up or adding a row sends the whole form and shows it again.
  if (!isSave(intent)) return formPage(visit, typed, shown);
  const errors = checkRole(typed);
  if (!errors.empty) return formPage(visit, typed, { ...shown, errors });
  try {
    const opportunity = roleOf(typed);
    const parent = visit.session.caller.centre;
    const made = await visit.clients.opportunities.createOpportunity({ parent, opportunity, ...shown });
    const flash = intent === "submit" ? await submit(visit, made, shown.requestId) : done(t.savedDraft);
    return { redirect: pageOf(made.name), flash };
  } catch (error) {
    const failure = failureOf(error);
    if (failure?.reason === "REQUEST_ID_REUSED") {
      errors.add("", t.sentBefore);
      return formPage(visit, typed, { errors, requestId: randomUUID() });
    }
    return refused(visit, typed, failure, error, shown);
  }
}

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

export async function showEdit(visit: Visit): Promise<Answer> {
  const stored = await visit.clients.opportunities.getOpportunity({ name: nameOf(visit) });
  return formPage(visit, typedRole(stored), { stored });
}

export async function edit(visit: Visit): Promise<Answer> {
  const stored = { name: nameOf(visit), etag: visit.form.text("etag") };
  const typed = readRole(visit.form);
  if (!isSave(visit.form.text("intent"))) return formPage(visit, typed, { stored });
  const errors = checkRole(typed);
  if (!errors.empty) return formPage(visit, typed, { stored, errors });
  const mine = roleOf(typed);
  try {
    await visit.clients.opportunities.updateOpportunity({
      opportunity: { ...mine, ...stored },
      updateMask: { paths: ["*"] },
    });
    return { redirect: pageOf(stored.name), flash: done(t.saved) };
  } catch (error) {
    const failure = failureOf(error);
    if (failure?.reason !== "ETAG_MISMATCH") return refused(visit, typed, failure, error, { stored });
    const theirs = await visit.clients.opportunities.getOpportunity({ name: stored.name });
    const conflict = await differencesOf(visit, mine, theirs);
    return formPage(visit, typed, { stored: theirs, status: 409, conflict });
  }
}

/** The form again, with what the service found. */
function refused(
  visit: Visit,
  typed: TypedRole,
  failure: Failure | undefined,
  error: unknown,
  shown: Shown,
): Promise<Answer> {
  const errors = new FormErrors();
  const status = sayRefusal(errors, failure, fieldMap("opportunity"), texts.opportunities.steps.incomplete);
  if (status === undefined) throw error;
  return formPage(visit, typed, { ...shown, errors, status });
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
