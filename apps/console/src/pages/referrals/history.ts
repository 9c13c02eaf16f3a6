// What happened to a referral, in words, as someone of one of its centres is told it.
import { Referral_Reason, Referral_Side } from "#protos/brokerage/matching/v1/referral_pb";
import type { Referral, ReferralEvent } from "#protos/brokerage/matching/v1/referral_pb";

import type { Caller } from "../../services/access.ts";
import { centreOf } from "../../services/names.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { referralReasons, referralSides, referralStages } from "../../texts/en-GB/referral-words.ts";
import { momentText } from "../shared/dates.ts";

const t = texts.referrals;

export interface Told {
  readonly title: string;
  readonly by: string;
  readonly moment: string;
  /** Who said no, and why; empty where nobody did. */
  readonly reason: string;
  readonly note: string;
}

type NameOf = (centre: string) => string;

function byText(by: string, caller: Caller, nameOf: NameOf): string {
  if (by === caller.credential) return t.byYou;
  return centreOf(by) === caller.centre ? t.byColleague : nameOf(centreOf(by));
}

function reasonText({ reason, declinedBy }: ReferralEvent): string {
  if (reason === Referral_Reason.UNSPECIFIED) return "";
  const why = referralReasons[reason];
  return declinedBy === Referral_Side.UNSPECIFIED ? why : `${referralSides[declinedBy]}: ${why}`;
}

/** A note leaves the referral at its stage. */
const isNote = (history: readonly ReferralEvent[], index: number) =>
  index > 0 && history[index]?.stage === history[index - 1]?.stage;

/** Oldest first. */
export function historyOf({ history }: Referral, caller: Caller, nameOf: NameOf): readonly Told[] {
  return history.map((event, index) => ({
    title: isNote(history, index) ? t.note : referralStages[event.stage].text,
    by: byText(event.by, caller, nameOf),
    moment: momentText(event.time),
    reason: reasonText(event),
    note: event.note,
  }));
}

/** What was done last, for whoever wanted to do something at the same moment. */
export function lastText({ history }: Referral, caller: Caller, nameOf: NameOf): string {
  const last = history.at(-1);
  if (last === undefined) return "";
  const [by, moment] = [byText(last.by, caller, nameOf), momentText(last.time)];
  if (isNote(history, history.length - 1)) return t.noteBy(by, moment);
  return t.nowAt(referralStages[last.stage].text, by, moment);
}
