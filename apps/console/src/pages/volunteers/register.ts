// Registering a volunteer in one form, which loses nothing that was typed.
import { randomUUID } from "node:crypto";

import type { Volunteer } from "#protos/brokerage/matching/v1/volunteer_pb";

import { FormErrors, addFaults } from "../../forms/form.ts";
import { requestId, stepId } from "../../forms/request-id.ts";
import type { Answer, Visit } from "../../server/page.ts";
import { failureOf } from "../../services/failure.ts";
import type { Failure } from "../../services/failure.ts";
import { pageOf } from "../../services/names.ts";
import type { Flash } from "../../session/store.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { addUnchosen, choicesInForm } from "../shared/choices.ts";
import { choose } from "../shared/options.ts";
import { placeText } from "../shared/place.ts";
import { weekTable } from "../shared/week.ts";
import { check, distances, fieldMap, readRegistration, volunteerOf } from "./registration.ts";
import type { Registration } from "./registration.ts";

const t = texts.volunteers.register;

const duplicatesNamed = 5;

export function showRegistration(visit: Visit): Promise<Answer> {
  return formPage(visit, readRegistration(visit.form), randomUUID());
}

export async function register(visit: Visit): Promise<Answer> {
  const typed = readRegistration(visit.form);
  const id = requestId(visit.form);
  const intent = visit.form.text("intent");
  // Without a script, looking something up sends the whole form and shows it again.
  if (intent !== "save" && intent !== "enquiry") return formPage(visit, typed, id);
  const errors = check(typed, intent === "save");
  await addUnchosen(visit, visit.form, errors);
  if (!errors.empty) return formPage(visit, typed, id, errors);
  let volunteer: Volunteer;
  try {
    volunteer = await visit.clients.volunteers.createVolunteer({
      parent: visit.session.caller.centre,
      volunteer: volunteerOf(typed, Date.now()),
      requestId: id,
    });
  } catch (error) {
    const failure = failureOf(error);
    if (failure === undefined) throw error;
    return await refused(visit, typed, id, failure);
  }
  const duplicates = await nameDuplicates(visit, volunteer.possibleDuplicates);
  const flash = intent === "save" ? await startMatching(visit, volunteer, id) : savedEnquiry(volunteer);
  return { redirect: pageOf(volunteer.name), flash: withDuplicates(flash, duplicates) };
}

/** The form again, with what the service found. */
function refused(visit: Visit, typed: Registration, id: string, failure: Failure): Promise<Answer> {
  const errors = new FormErrors();
  if (failure.kind === "invalid" && failure.reason === "REQUEST_ID_REUSED") {
    errors.add("", t.sentBefore);
    return formPage(visit, typed, randomUUID(), errors);
  }
  if (failure.kind === "invalid") {
    addFaults(errors, failure, fieldMap);
    return formPage(visit, typed, id, errors);
  }
  if (failure.kind === "unavailable" || failure.kind === "busy") {
    errors.add("", texts.errors.unavailable.form);
    return formPage(visit, typed, id, errors, 503);
  }
  errors.add("", failure.message);
  return formPage(visit, typed, id, errors, 409);
}

async function startMatching(visit: Visit, volunteer: Volunteer, id: string): Promise<Flash> {
  const { name, displayName } = volunteer;
  const { volunteers } = visit.clients;
  try {
    await volunteers.registerVolunteer({ name, requestId: stepId(id, "register") });
    await volunteers.activateVolunteer({ name, requestId: stepId(id, "activate") });
  } catch (error) {
    if (failureOf(error) === undefined) throw error;
    return { kind: "notice", text: t.unfinished };
  }
  return { kind: "success", text: t.savedSearching(displayName) };
}

const savedEnquiry = ({ displayName }: Volunteer): Flash => ({ kind: "success", text: t.savedEnquiry(displayName) });

async function nameDuplicates(visit: Visit, names: readonly string[]) {
  const found = await Promise.allSettled(
    names.slice(0, duplicatesNamed).map((name) => visit.clients.volunteers.getVolunteer({ name })),
  );
  return found.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
}

function withDuplicates(flash: Flash, duplicates: readonly Volunteer[]): Flash {
  if (duplicates.length === 0) return flash;
  const links = duplicates.map(({ name, displayName }) => ({ href: pageOf(name), text: displayName }));
  return { kind: "notice", text: `${flash.text} ${t.duplicates}`, links };
}

async function formPage(
  visit: Visit,
  typed: Registration,
  id: string,
  errors = new FormErrors(),
  status = errors.empty ? 200 : 422,
): Promise<Answer> {
  const [skills, causes, place] = await Promise.all([
    choicesInForm(visit, "skills", typed.skills, typed.skillsTerm),
    choicesInForm(visit, "causes", typed.causes, typed.causesTerm),
    placeText(visit.reference, typed.postcode).catch(() => ""),
  ]);
  const distance = distances.map((miles) => ({ value: String(miles), text: t.miles(miles) }));
  const model = {
    breadcrumbs: [{ text: texts.volunteers.title, href: "/volunteers" }, { text: t.title }],
    typed,
    errors,
    requestId: id,
    skills,
    causes,
    place,
    distances: choose([{ value: "", text: t.notSaid }, ...distance], typed.travel),
    week: weekTable(typed.free),
  };
  return { view: "pages/volunteers/register.njk", model, status };
}
