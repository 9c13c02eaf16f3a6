// Taking a referral's steps, from wherever they are offered, and coming back there. Of two who act at once one is told what
// the other did, and keeps what was typed.
import type { Referral } from "#protos/brokerage/matching/v1/referral_pb";

import { FormErrors, addFaults } from "../../forms/form.ts";
import type { Form } from "../../forms/form.ts";
import { requestId } from "../../forms/request-id.ts";
import { NotFound } from "../../server/page.ts";
import type { Answer, Visit } from "../../server/page.ts";
import type { Clients } from "../../services/clients.ts";
import { failureOf } from "../../services/failure.ts";
import type { Failure } from "../../services/failure.ts";
import { pageOf } from "../../services/names.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { backTo, nameOf } from "../shared/referrals/address.ts";
import { centresOf, personOf } from "../shared/referrals/card.ts";
import { readReferral } from "../shared/referrals/read.ts";
import { isLost, lacksText } from "../shared/referrals/refused.ts";
import { asksOf, isStepId, stepsOf } from "../shared/referrals/stages.ts";
import type { StepId } from "../shared/referrals/stages.ts";
import { waitingOf } from "../shared/referrals/waiting.ts";
import { lastText } from "./history.ts";
import { checkAnswers, questionPage, readAnswers } from "./question.ts";
import type { Answers } from "./question.ts";
import { referralPage } from "./view.ts";

const t = texts.referrals;

interface Taken {
  readonly name: string;
  readonly etag: string;
  readonly requestId: string;
  readonly note: string;
}

function call({ referrals }: Clients, id: StepId, taken: Taken, { reason, declinedBy, means }: Answers) {
  switch (id) {
    case "offer":
      return referrals.offerReferral(taken);
    case "consent":
      return referrals.recordConsent({ ...taken, means });
    case "introduce":
      return referrals.introduceVolunteer(taken);
    case "acknowledge":
      return referrals.acknowledgeReferral(taken);
    case "place":
      return referrals.placeVolunteer(taken);
    case "end":
      return referrals.endPlacement({ ...taken, reason });
    case "decline":
      return referrals.declineReferral({ ...taken, reason, declinedBy });
  }
}

function stepOf(visit: Visit): StepId {
  const id = visit.param("step");
  if (!isStepId(id)) throw new NotFound();
  return id;
}

/** The page of a step's question; without a question, or for those who may not take it now, the referral's own. */
export async function askReferralStep(visit: Visit): Promise<Answer> {
  const id = stepOf(visit);
  const name = nameOf(visit);
  const referral = await readReferral(visit, name);
  const isAsked = asksOf(id) !== undefined && stepsOf(visit.session.caller, referral).includes(id);
  if (!isAsked) return { redirect: pageOf(name) };
  return questionPage(visit, id, referral, backTo(visit.query("back"), name), new FormErrors());
}

export async function takeReferralStep(visit: Visit): Promise<Answer> {
  const id = stepOf(visit);
  const name = nameOf(visit);
  const { form } = visit;
  const back = backTo(form.text("back"), name);
  const answers = readAnswers(form);
  const note = form.text("note");
  const errors = checkAnswers(id, answers, note);
  if (!errors.empty) return askedAgain(visit, id, await readReferral(visit, name), back, errors);
  const taken = { name, etag: form.text("etag"), requestId: requestId(form), note };
  try {
    return await done(visit, id, await call(visit.clients, id, taken, answers), back);
  } catch (error) {
    const failure = failureOf(error);
    if (failure?.kind === "invalid") return atFault(visit, id, await readReferral(visit, name), back, failure);
    if (failure?.kind !== "not-allowed" && failure?.kind !== "changed") throw error;
    return refused(visit, await readReferral(visit, name), back, failure);
  }
}

/** Says what happened and what comes next; whoever introduced a volunteer to a role of theirs is shown how to reach them. */
async function done(visit: Visit, id: StepId, referral: Referral, back: string): Promise<Answer> {
  const centreName = await centresOf(visit, [referral]);
  const { text } = waitingOf(referral, visit.session.caller.centre, centreName);
  const said = `${t.steps[id].done(personOf(referral, centreName))} ${text}`.trim();
  const flash = { kind: "success", text: said } as const;
  if (referral.contact === undefined) return { redirect: back, flash };
  return referralPage(visit, referral, { back, contact: referral.contact, flash });
}

/** What keeps the step from being taken, with what was typed still there. */
async function refused(visit: Visit, referral: Referral, back: string, failure: Failure): Promise<Answer> {
  const note = visit.form.text("note");
  const { caller } = visit.session;
  const text = isLost(failure)
    ? t.quicker(lastText(referral, caller, await centresOf(visit, [referral])))
    : lacksText(failure);
  if (note === "") return { redirect: back, flash: { kind: "notice", text } };
  const flash = { kind: "notice", text: `${text} ${t.kept}` } as const;
  return referralPage(visit, referral, { back, ...typedIn(visit.form), flash, status: 409 });
}

/** What is wrong with what was typed. */
function atFault(visit: Visit, id: StepId, referral: Referral, back: string, failure: Failure): Promise<Answer> {
  const errors = new FormErrors();
  addFaults(errors, failure, {
    note: { field: "note", label: t.note },
    means: { field: "means", label: t.means },
    reason: { field: "reason", label: t.reason },
    declined_by: { field: "declined_by", label: t.declinedBy },
  });
  return askedAgain(visit, id, referral, back, errors);
}

/** What was typed and chosen beside a step's button. */
const typedIn = (form: Form) => ({ note: form.text("note"), means: form.text("means") });

/** Shows the faults where the step is asked about, with what was typed still there. */
function askedAgain(visit: Visit, id: StepId, referral: Referral, back: string, errors: FormErrors): Promise<Answer> {
  if (asksOf(id) !== undefined) return questionPage(visit, id, referral, back, errors);
  return referralPage(visit, referral, { back, ...typedIn(visit.form), errors, status: 422 });
}

/** A note alone: it may follow on whatever others did. */
export async function addNote(visit: Visit): Promise<Answer> {
  const name = nameOf(visit);
  const note = visit.form.text("note");
  const errors = new FormErrors();
  if (note === "") errors.add("note", t.noteMissing);
  try {
    if (errors.empty) {
      await visit.clients.referrals.addNote({ name, note, requestId: requestId(visit.form) });
      return { redirect: pageOf(name), flash: { kind: "success", text: t.noteAdded } };
    }
  } catch (error) {
    const failure = failureOf(error);
    if (failure?.kind === "not-allowed") errors.add("note", lacksText(failure));
    else if (failure?.kind === "invalid") addFaults(errors, failure, { note: { field: "note", label: t.note } });
    else throw error;
  }
  return referralPage(visit, await readReferral(visit, name), { note, errors, status: 422 });
}

/** How to reach the volunteer, for whoever asks: that they were shown it is kept. */
export async function showContact(visit: Visit): Promise<Answer> {
  const name = nameOf(visit);
  const referral = await visit.clients.referrals.getReferral({ name });
  if (referral.contact === undefined)
    return { redirect: pageOf(name), flash: { kind: "notice", text: t.contact.none } };
  return referralPage(visit, referral, { contact: referral.contact });
}
