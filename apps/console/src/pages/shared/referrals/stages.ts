// The steps of a referral, and who may take them: docs/api.md has the table.
import type { DescMethod } from "@bufbuild/protobuf";

import { Role } from "#protos/brokerage/common/v1/access_pb";
import { Referral_Stage } from "#protos/brokerage/matching/v1/referral_pb";
import type { Referral } from "#protos/brokerage/matching/v1/referral_pb";
import { ReferralService } from "#protos/brokerage/matching/v1/referral_service_pb";

import { mayCall } from "../../../services/access.ts";
import type { Caller } from "../../../services/access.ts";
import { centreOf } from "../../../services/names.ts";

const { method } = ReferralService;
const { SHORTLISTED, OFFERED, CONSENTED, INTRODUCED, ACKNOWLEDGED, PLACED } = Referral_Stage;

export interface ReferralStep {
  readonly method: DescMethod;
  readonly from: readonly Referral_Stage[];
  /** Whose step it is: the volunteer's centre's, the role's, or either's. */
  readonly by: "volunteer" | "role" | "either";
  /** What is asked first, on a page of its own: why, and who said no. */
  readonly asks?: "reason" | "no";
}

export const steps = {
  offer: { method: method.offerReferral, from: [SHORTLISTED], by: "volunteer" },
  consent: { method: method.recordConsent, from: [OFFERED], by: "volunteer" },
  introduce: { method: method.introduceVolunteer, from: [CONSENTED], by: "either" },
  acknowledge: { method: method.acknowledgeReferral, from: [INTRODUCED], by: "role" },
  place: { method: method.placeVolunteer, from: [ACKNOWLEDGED], by: "role" },
  end: { method: method.endPlacement, from: [PLACED], by: "either", asks: "reason" },
  decline: {
    method: method.declineReferral,
    from: [SHORTLISTED, OFFERED, CONSENTED, INTRODUCED, ACKNOWLEDGED],
    by: "either",
    asks: "no",
  },
} as const satisfies Readonly<Record<string, ReferralStep>>;

export type StepId = keyof typeof steps;

export const stepIds = Object.keys(steps) as readonly StepId[];

/** What a step asks first, if anything. */
export const asksOf = (id: StepId): ReferralStep["asks"] => (steps[id] as ReferralStep).asks;

export const isStepId = (id: string): id is StepId => Object.hasOwn(steps, id);

export const liveStages = [SHORTLISTED, OFFERED, CONSENTED, INTRODUCED, ACKNOWLEDGED, PLACED] as const;

export const isLive = (stage: Referral_Stage) => (liveStages as readonly Referral_Stage[]).includes(stage);

type Pair = Pick<Referral, "volunteer" | "opportunity">;

/** Whether the caller acts for a side's centre; the lead administrator does for every one. */
function actsFor(caller: Caller, { volunteer, opportunity }: Pair, side: ReferralStep["by"]): boolean {
  if (caller.role === Role.LEAD_ADMIN) return true;
  const isOf = (name: string) => centreOf(name) === caller.centre;
  if (side === "either") return isOf(volunteer) || isOf(opportunity);
  return isOf(side === "role" ? opportunity : volunteer);
}

/** The steps that the caller may take now, the next one first. */
export function stepsOf(caller: Caller, referral: Pair & Pick<Referral, "stage">): readonly StepId[] {
  return stepIds.filter((id) => {
    const step: ReferralStep = steps[id];
    return step.from.includes(referral.stage) && mayCall(caller, step.method) && actsFor(caller, referral, step.by);
  });
}

export function mayShortlist(caller: Caller, pair: Pair): boolean {
  return mayCall(caller, method.shortlistVolunteer) && actsFor(caller, pair, "either");
}

export function mayNote(caller: Caller, pair: Pair): boolean {
  return mayCall(caller, method.addNote) && actsFor(caller, pair, "either");
}

/** Whether contact details are there to be shown at this stage. */
export const revealsContact = (stage: Referral_Stage) => stage >= INTRODUCED && stage <= PLACED;

/** Whether reading the referral by its name would answer the caller contact details, and write that down. */
export function mayBeShownContact(caller: Caller, referral: Pair & Pick<Referral, "stage">): boolean {
  return (
    caller.role >= Role.CASEWORKER &&
    mayCall(caller, method.getReferral) &&
    revealsContact(referral.stage) &&
    actsFor(caller, referral, "role")
  );
}
