// Making a credential, whose secret is shown once, and revoking one.
import { randomUUID } from "node:crypto";

import { Role } from "#protos/brokerage/common/v1/access_pb";
import { Credential_State } from "#protos/brokerage/registry/v1/centre_pb";
import { CentreService } from "#protos/brokerage/registry/v1/centre_service_pb";

import { FormErrors } from "../../forms/form.ts";
import type { FieldMap } from "../../forms/form.ts";
import { requestId } from "../../forms/request-id.ts";
import { NotFound } from "../../server/page.ts";
import type { Answer, Visit } from "../../server/page.ts";
import { failureOf } from "../../services/failure.ts";
import { centreOf } from "../../services/names.ts";
import { allScopes } from "../../services/scopes.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { roles } from "../../texts/en-GB/words.ts";
import { chosenNumber, numberOptions, tableOptions, tick } from "../shared/options.ts";
import { requireChange } from "../shared/own.ts";
import { sayRefusal } from "../shared/refusal.ts";
import type { StepsOf } from "../shared/steps.ts";
import { londonMoment, parseDay } from "../shared/times.ts";
import { nameOf } from "./address.ts";
import { centrePage, crumbs, top } from "./crumbs.ts";

const t = texts.centre;

interface Typed {
  readonly displayName: string;
  /** The number of its role. */
  readonly role: string;
  readonly scopes: readonly string[];
  readonly until: string;
}

const fieldMap: FieldMap = {
  "credential.display_name": { field: "display_name", label: t.displayName },
  "credential.role": { field: "role", label: t.role },
  "credential.scopes": { field: "scopes", label: t.scopes },
  "credential.expire_time": { field: "until", label: t.until },
};

const endOfDay = { hours: 24, minutes: 0 };

function read({ form }: Visit): Typed {
  return {
    displayName: form.text("display_name"),
    role: form.text("role"),
    scopes: form.all("scopes"),
    until: form.text("until"),
  };
}

/** Nobody gives more than they have; what is the lead's alone is given in the lead centre alone. */
function rolesToGive(visit: Visit, centre: string) {
  const { caller } = visit.session;
  const whole = caller.role === Role.LEAD_ADMIN && centre === caller.centre;
  return numberOptions(roles).filter(({ value }) => {
    const role = Number(value) as Role;
    if (role === Role.PUBLIC) return false;
    return whole || (role < Role.LEAD_ADMIN && role <= caller.role);
  });
}

/** The page's address may name the role that is chosen at first. */
export async function showNew(visit: Visit): Promise<Answer> {
  const centre = nameOf(visit);
  requireChange(visit, CentreService.method.createCredential, centre, centre);
  // Whoever may make some for another centre is told at once when there is no such one.
  if (centre !== visit.session.caller.centre) await visit.clients.centres.getCentre({ name: centre });
  const typed = { ...read(visit), role: visit.query("role") };
  return formPage(visit, typed, randomUUID(), new FormErrors(), 200);
}

export async function make(visit: Visit): Promise<Answer> {
  const parent = nameOf(visit);
  const typed = read(visit);
  const id = requestId(visit.form);
  const errors = new FormErrors();
  const day = parseDay(typed.until);
  if (typed.displayName === "") errors.add("display_name", t.displayNameMissing);
  if (!rolesToGive(visit, parent).some(({ value }) => value === typed.role)) errors.add("role", t.roleMissing);
  if (typed.until !== "" && day === undefined) errors.add("until", t.untilWrong);
  if (!errors.empty) return formPage(visit, typed, id, errors, 422);
  try {
    const made = await visit.clients.centres.createCredential({
      parent,
      credential: {
        displayName: typed.displayName,
        role: chosenNumber<Role>(typed.role),
        scopes: [...typed.scopes],
        ...(day === undefined ? {} : { expireTime: londonMoment(day, endOfDay) }),
      },
      requestId: id,
    });
    const breadcrumbs = await crumbs(visit, parent, t.madeTitle);
    const model = { breadcrumbs, href: centrePage(visit, parent), made, role: roles[made.role] };
    return { view: "pages/centre/made.njk", model };
  } catch (error) {
    const failure = failureOf(error);
    if (failure?.reason === "SECRET_ALREADY_SHOWN") {
      return { redirect: centrePage(visit, parent), flash: { kind: "notice", text: t.alreadyShown } };
    }
    const status = sayRefusal(errors, failure, fieldMap);
    if (status === undefined) throw error;
    return formPage(visit, typed, failure?.reason === "REQUEST_ID_REUSED" ? randomUUID() : id, errors, status);
  }
}

async function formPage(visit: Visit, typed: Typed, id: string, errors: FormErrors, status: number): Promise<Answer> {
  const centre = nameOf(visit);
  const { scopes } = visit.session.caller;
  const offered = (scopes.length === 0 ? allScopes : scopes).map((scope) => [scope, scope] as const);
  const model = {
    breadcrumbs: await crumbs(visit, centre, t.newTitle),
    action: `${centrePage(visit, centre)}/credentials/new`,
    requestId: id,
    typed,
    roles: tick(rolesToGive(visit, centre), [typed.role]),
    scopes: tick(tableOptions(offered), typed.scopes),
    errors,
  };
  return { view: "pages/centre/credential.njk", model, status };
}

const pageSize = 1000;

export const credentialSteps = (asked: Visit): StepsOf => ({
  list: top(asked),
  incomplete: t.steps.incomplete,
  page: (visit, { centre }) => centrePage(visit, centre),
  read: async (visit) => {
    const parent = nameOf(visit);
    const name = `${parent}/credentials/${visit.param("credential")}`;
    const { credentials } = await visit.clients.centres.listCredentials({ parent, pageSize });
    const credential = credentials.find((one) => one.name === name);
    if (credential === undefined) throw new NotFound();
    const { etag, state, displayName: title } = credential;
    return { name, etag, state, centre: centreOf(name), title };
  },
  steps: {
    revoke: {
      method: CentreService.method.revokeCredential,
      from: [Credential_State.ACTIVE],
      asks: "confirm",
      call: ({ centres }, request) => centres.revokeCredential(request),
      words: t.steps.revoke,
    },
  },
});
