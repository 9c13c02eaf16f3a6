// Adding a centre, and straight on to the credential of whoever will look after it.
import { randomUUID } from "node:crypto";

import { Role } from "#protos/brokerage/common/v1/access_pb";
import { CentreService } from "#protos/brokerage/registry/v1/centre_service_pb";

import { FormErrors } from "../../forms/form.ts";
import { requestId } from "../../forms/request-id.ts";
import type { Answer, Visit } from "../../server/page.ts";
import { failureOf } from "../../services/failure.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { sayRefusal } from "../shared/refusal.ts";
import { addition, all } from "./address.ts";
import { centrePage, top } from "./crumbs.ts";
import { checkCentre, fieldMap, formModel, readCentre } from "./form.ts";

const t = texts.centre;

const isId = (text: string) => /^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(text);

export function showAddition(visit: Visit): Promise<Answer> {
  return formPage(visit, randomUUID(), new FormErrors(), 200);
}

export async function add(visit: Visit): Promise<Answer> {
  const typed = readCentre(visit.form);
  const centreId = visit.form.text("centre_id");
  const id = requestId(visit.form);
  const errors = checkCentre(typed);
  if (!isId(centreId)) errors.add("centre_id", centreId === "" ? t.idMissing : t.idWrong);
  if (!errors.empty) return formPage(visit, id, errors, 422);
  try {
    const centre = { displayName: typed.displayName, districts: [...typed.districts] };
    const { name } = await visit.clients.centres.createCentre({ centreId, centre, requestId: id });
    const page = centrePage(visit, name);
    if (!visit.may(CentreService.method.createCredential)) {
      return { redirect: page, flash: { kind: "success", text: t.added } };
    }
    const redirect = `${page}/credentials/new?role=${Role.CENTRE_ADMIN}`;
    return { redirect, flash: { kind: "success", text: t.addedNext } };
  } catch (error) {
    const failure = failureOf(error);
    if (failure?.reason === "ALREADY_EXISTS") {
      errors.add("centre_id", t.idTaken);
      return formPage(visit, id, errors, 409);
    }
    if (failure?.reason === "REQUEST_ID_REUSED") {
      errors.add("", t.sentBefore);
      return formPage(visit, randomUUID(), errors, 422);
    }
    const status = sayRefusal(errors, failure, fieldMap);
    if (status === undefined) throw error;
    return formPage(visit, id, errors, status);
  }
}

async function formPage(visit: Visit, id: string, errors: FormErrors, status: number): Promise<Answer> {
  const shown = { heading: t.add, action: addition, href: all, errors, save: t.addIt, conflict: [] };
  const model = {
    ...(await formModel(visit, readCentre(visit.form), shown)),
    breadcrumbs: [top(visit), { text: t.add }],
    requestId: id,
    isNew: true,
    centreId: visit.form.text("centre_id"),
  };
  return { view: "pages/centre/form.njk", model, status };
}
