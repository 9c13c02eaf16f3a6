// From a list of matches to a referral, with one click.
import { randomUUID } from "node:crypto";

import { ReferralService } from "#protos/brokerage/matching/v1/referral_service_pb";
import type { Referral } from "#protos/brokerage/matching/v1/referral_pb";

import { requestId, stepId } from "../../forms/request-id.ts";
import type { Answer, Visit } from "../../server/page.ts";
import { failureOf } from "../../services/failure.ts";
import { safePath } from "../../session/sign-in-page.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { centresOf, personOf } from "../shared/referrals/card.ts";
import { isLost, lacksText } from "../shared/referrals/refused.ts";
import { waitingOf } from "../shared/referrals/waiting.ts";
import { parentFor, subjectOf } from "./subject.ts";
import type { Subject } from "./subject.ts";

const t = texts.referrals;

interface ListShown {
  readonly weights: string;
  readonly revision: string;
  /** Where the list is found again. */
  readonly back: string;
}

/** What the form of the list's buttons carries; undefined for those who may not shortlist. */
export function shortlistForm(visit: Visit, { path }: Subject, shown: ListShown) {
  if (!visit.may(ReferralService.method.shortlistVolunteer)) return undefined;
  return { ...shown, action: `${path}/shortlist`, requestId: randomUUID() };
}

export async function shortlist(visit: Visit): Promise<Answer> {
  const { kind, name, path } = subjectOf(visit);
  const other = visit.form.text("other");
  const said = safePath(visit.form.text("back"));
  const back = said === "/" ? path : said;
  try {
    const referral = await visit.clients.referrals.shortlistVolunteer({
      parent: parentFor(visit.session.caller, name),
      ...(kind === "opportunity" ? { opportunity: name, volunteer: other } : { opportunity: other, volunteer: name }),
      weightSet: visit.form.text("weights"),
      atLeastAsFresh: visit.form.text("revision"),
      requestId: stepId(requestId(visit.form), other),
    });
    return {
      redirect: back,
      flash: { kind: "success", text: await shortlisted(visit, referral), ...goOn(visit, back) },
    };
  } catch (error) {
    const failure = failureOf(error);
    if (failure?.kind !== "not-allowed" && failure?.kind !== "changed") throw error;
    const text = isLost(failure) ? t.quicker("") : lacksText(failure);
    return { redirect: back, flash: { kind: "notice", text: text.trim() } };
  }
}

/** What happened, and what comes next. */
async function shortlisted(visit: Visit, referral: Referral): Promise<string> {
  const nameOf = await centresOf(visit, [referral]);
  const { text } = waitingOf(referral, visit.session.caller.centre, nameOf);
  return `${t.shortlisted(personOf(referral, nameOf), referral.title)} ${text}`;
}

/** The list goes on where it was left: the one after is at that place now. */
function goOn(visit: Visit, back: string) {
  const place = visit.query("place");
  return /^\d{1,6}$/.test(place) ? { links: [{ href: `${back}#place-${place}`, text: t.goOn }] } : {};
}
