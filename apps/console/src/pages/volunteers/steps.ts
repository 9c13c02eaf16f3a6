// The steps of a volunteer from state to state.
import { Volunteer_State } from "#protos/brokerage/matching/v1/volunteer_pb";

import { NotFound } from "../../server/page.ts";
import type { Answer, Visit } from "../../server/page.ts";
import type { Clients } from "../../services/clients.ts";
import { failureOf } from "../../services/failure.ts";
import { pageOf } from "../../services/names.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { nameOf } from "./address.ts";

const t = texts.volunteers.steps;
const { ENQUIRY, REGISTERED, SEARCHING, PLACED, ON_BREAK } = Volunteer_State;

type Guarded = { readonly name: string; readonly etag: string };
type StepId = "register" | "activate" | "pause" | "resume" | "leave";

interface Step {
  readonly from: readonly Volunteer_State[];
  readonly call: (clients: Clients, request: Guarded) => Promise<unknown>;
}

const steps: Readonly<Record<StepId, Step>> = {
  register: { from: [ENQUIRY], call: ({ volunteers }, request) => volunteers.registerVolunteer(request) },
  activate: { from: [REGISTERED], call: ({ volunteers }, request) => volunteers.activateVolunteer(request) },
  pause: { from: [SEARCHING], call: ({ volunteers }, request) => volunteers.pauseVolunteer(request) },
  resume: { from: [ON_BREAK], call: ({ volunteers }, request) => volunteers.resumeVolunteer(request) },
  leave: {
    from: [ENQUIRY, REGISTERED, SEARCHING, PLACED, ON_BREAK],
    call: ({ volunteers }, request) => volunteers.markVolunteerLeft(request),
  },
};

const stepIds = Object.keys(steps) as StepId[];

/** The steps that may be taken from a state. */
export function stepsFrom(state: Volunteer_State) {
  return stepIds.filter((id) => steps[id].from.includes(state)).map((id) => ({ id, text: t[id].button }));
}

export async function takeStep(visit: Visit): Promise<Answer> {
  const id = stepIds.find((one) => one === visit.form.text("step"));
  if (id === undefined) throw new NotFound();
  const name = nameOf(visit);
  try {
    await steps[id].call(visit.clients, { name, etag: visit.form.text("etag") });
  } catch (error) {
    if (failureOf(error)?.reason !== "RECORD_INCOMPLETE") throw error;
    return { redirect: pageOf(name), flash: { kind: "notice", text: t.incomplete } };
  }
  return { redirect: pageOf(name), flash: { kind: "success", text: t[id].done } };
}
