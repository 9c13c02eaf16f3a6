// What a referral waits for, and on whom.
import { Referral_Stage } from "#protos/brokerage/matching/v1/referral_pb";
import type { Referral } from "#protos/brokerage/matching/v1/referral_pb";

import type { Term } from "../../../services/filter.ts";
import { centreOf } from "../../../services/names.ts";
import { texts } from "../../../texts/en-GB/index.ts";

const t = texts.referrals.waiting;
const { SHORTLISTED, OFFERED, CONSENTED, INTRODUCED, ACKNOWLEDGED, PLACED } = Referral_Stage;

type Waited = Pick<Referral, "stage" | "volunteer" | "opportunity">;

export interface Waiting {
  readonly on: "us" | "centre" | "volunteer" | "organisation" | "nobody";
  readonly text: string;
}

/** The stages at which it may be on a centre to go on. */
export const waitsOnCentre: readonly Term[] = [
  { field: "live", op: "=", value: "true" },
  ...[OFFERED, INTRODUCED, ACKNOWLEDGED, PLACED].map(
    (stage) => ({ field: "stage", op: "!=", value: Referral_Stage[stage] }) as const,
  ),
];

/** Whether it is on `centre` to go on. */
export const waitsOn = (referral: Waited, centre: string) => waitingOf(referral, centre, (name) => name).on === "us";

/** As someone of `centre` is told it; `nameOf` answers what a centre is called. */
export function waitingOf(referral: Waited, centre: string, nameOf: (centre: string) => string): Waiting {
  const volunteers = centreOf(referral.volunteer);
  const roles = centreOf(referral.opportunity);
  const told = (words: { us: string; centre: (name: string) => string }, by: string) =>
    by === centre ? words.us : words.centre(nameOf(by));
  switch (referral.stage) {
    case SHORTLISTED:
      return { on: volunteers === centre ? "us" : "centre", text: told(t.ask, volunteers) };
    case OFFERED:
      return { on: "volunteer", text: told(t.answer, volunteers) };
    case CONSENTED:
      return introduction(volunteers, roles, centre, nameOf);
    case INTRODUCED:
      return { on: "organisation", text: told(t.hear, roles) };
    case ACKNOWLEDGED:
      return { on: "organisation", text: told(t.decide, roles) };
    default:
      return { on: "nobody", text: t.nothing };
  }
}

/** Either centre may introduce. */
function introduction(volunteers: string, roles: string, centre: string, nameOf: (centre: string) => string): Waiting {
  const both = volunteers === roles ? [roles] : [roles, volunteers];
  const others = both.filter((one) => one !== centre).map(nameOf);
  const [first = "", second] = others;
  if (others.length === both.length) {
    return { on: "centre", text: t.introduce.centre(second === undefined ? first : t.or(first, second)) };
  }
  return { on: "us", text: others.length === 0 ? t.introduce.us : t.introduce.either(first) };
}
