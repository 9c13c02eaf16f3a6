// Why a referral ends, asked on a page of its own.
import { randomUUID } from "node:crypto";

import { IntroductionConsent_Means, Referral_Reason, Referral_Side } from "#protos/brokerage/matching/v1/referral_pb";
import type { Referral } from "#protos/brokerage/matching/v1/referral_pb";

import { FormErrors } from "../../forms/form.ts";
import type { Form } from "../../forms/form.ts";
import { requestId } from "../../forms/request-id.ts";
import type { Page, Visit } from "../../server/page.ts";
import { pageOf } from "../../services/names.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { referralReasons, referralSides } from "../../texts/en-GB/referral-words.ts";
import { choose, chosenNumber, tick } from "../shared/options.ts";
import { centresOf, personOf } from "../shared/referrals/card.ts";
import { asksOf } from "../shared/referrals/stages.ts";
import type { StepId } from "../shared/referrals/stages.ts";

const t = texts.referrals;
const {
  NOT_INTERESTED,
  NO_TIME,
  TOO_FAR,
  NOT_SUITABLE,
  CIRCUMSTANCES,
  FOUND_ANOTHER,
  NO_RESPONSE,
  MADE_IN_ERROR,
  COMPLETED,
  STOPPED,
  OTHER,
} = Referral_Reason;

/** Why either side may want no more of it. */
const common = [NO_TIME, TOO_FAR, NOT_SUITABLE, CIRCUMSTANCES, FOUND_ANOTHER];

/** What a reason may be chosen from, the commonest first. */
export const reasonsTo = {
  end: [COMPLETED, STOPPED, ...common, MADE_IN_ERROR, OTHER],
  decline: [NOT_INTERESTED, ...common, NO_RESPONSE, MADE_IN_ERROR, OTHER],
};

export interface Answers {
  readonly reason: Referral_Reason;
  readonly declinedBy: Referral_Side;
  readonly means: IntroductionConsent_Means;
}

export function readAnswers(form: Form): Answers {
  return {
    reason: chosenNumber<Referral_Reason>(form.text("reason")),
    declinedBy: chosenNumber<Referral_Side>(form.text("declined_by")),
    means: chosenNumber<IntroductionConsent_Means>(form.text("means")),
  };
}

/** What is missing of what the step needs to know. */
export function checkAnswers(id: StepId, { reason, declinedBy, means }: Answers, note: string): FormErrors {
  const errors = new FormErrors();
  if (id === "consent" && means === IntroductionConsent_Means.UNSPECIFIED) errors.add("means", t.meansMissing);
  const asks = asksOf(id);
  if (asks === undefined) return errors;
  if (asks === "no" && declinedBy === Referral_Side.UNSPECIFIED) errors.add("declined_by", t.declinedByMissing);
  if (reason === Referral_Reason.UNSPECIFIED) errors.add("reason", t.reasonMissing);
  if (reason === OTHER && note === "") errors.add("note", t.noteWanted);
  return errors;
}

export async function questionPage(
  visit: Visit,
  id: StepId,
  referral: Referral,
  back: string,
  errors: FormErrors,
): Promise<Page> {
  const { form } = visit;
  const person = personOf(referral, await centresOf(visit, [referral]));
  const path = pageOf(referral.name);
  const isEnd = id === "end";
  const { button, title, text } = t.steps[isEnd ? "end" : "decline"];
  const reasons = reasonsTo[isEnd ? "end" : "decline"].map((one) => ({
    value: String(one),
    text: referralReasons[one],
  }));
  const sides = [Referral_Side.VOLUNTEER, Referral_Side.ORGANISATION];
  return {
    view: "pages/referrals/question.njk",
    status: errors.empty ? 200 : 422,
    model: {
      breadcrumbs: [{ text: t.title, href: "/referrals" }, { text: t.one, href: path }, { text: title }],
      heading: title,
      pair: t.pair(person, referral.title),
      text,
      button,
      action: `${path}/steps/${id}`,
      // Someone who is asked again has seen the referral as it was at first.
      etag: form.has("etag") ? form.text("etag") : referral.etag,
      requestId: form.has("request_id") ? requestId(form) : randomUUID(),
      back,
      reasons: choose([{ value: "", text: t.reasonChoose }, ...reasons], form.text("reason")),
      sides: asksOf(id) === "no" ? tick(sideOptions(sides), [form.text("declined_by")]) : [],
      note: form.text("note"),
      errors,
    },
  };
}

const sideOptions = (sides: readonly Referral_Side[]) =>
  sides.map((side) => ({ value: String(side), text: referralSides[side] }));
