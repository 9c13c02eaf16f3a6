// A referral in a few lines, with the steps that whoever looks at it may take.
import { randomUUID } from "node:crypto";

import { IntroductionConsent_Means } from "#protos/brokerage/matching/v1/referral_pb";
import type { Referral } from "#protos/brokerage/matching/v1/referral_pb";

import type { Visit } from "../../../server/page.ts";
import { centreNames } from "../../../services/centres.ts";
import { centreOf, pageOf } from "../../../services/names.ts";
import { texts } from "../../../texts/en-GB/index.ts";
import { consentMeans, referralStages } from "../../../texts/en-GB/referral-words.ts";
import type { StateWord } from "../../../texts/en-GB/words.ts";
import { shortDayText } from "../dates.ts";
import { choose } from "../options.ts";
import type { Option } from "../options.ts";
import { nameIn } from "../terms.ts";
import { sinceOf } from "./read.ts";
import { asksOf, stepsOf } from "./stages.ts";
import { waitingOf } from "./waiting.ts";
import type { Waiting } from "./waiting.ts";

const t = texts.referrals;

/** For the macro `stepForm` of components.njk. */
export interface Step {
  readonly button: string;
  readonly action: string;
  /** Whether it is asked about on a page of its own. */
  readonly asks: boolean;
  /** What is chosen from first: how the volunteer agreed. */
  readonly means: readonly Option[];
}

export interface Card {
  readonly id: string;
  readonly person: string;
  readonly role: string;
  readonly href: string;
  readonly stage: StateWord;
  /** "3 Dec 2026": when it came to its stage. */
  readonly since: string;
  readonly waiting: Waiting;
  readonly steps: readonly Step[];
  readonly etag: string;
  readonly requestId: string;
}

/** What centres are called; asked for only when another than the caller's own has part in it. */
export async function centresOf(visit: Visit, referrals: readonly Referral[]): Promise<(centre: string) => string> {
  const { centre, centreName } = visit.session.caller;
  const own = (referral: Referral) =>
    [referral.volunteer, referral.opportunity].every((one) => centreOf(one) === centre);
  const names = referrals.every(own) ? new Map<string, string>() : await centreNames(visit.clients);
  return (name) => (name === centre ? centreName : nameIn(names, name));
}

/** Whom it is about: by name for those who may know it. */
export function personOf({ displayName, volunteer }: Referral, nameOf: (centre: string) => string): string {
  return displayName === "" ? t.unseen(nameOf(centreOf(volunteer))) : displayName;
}

const { TELEPHONE, IN_PERSON, EMAIL, MESSAGE, LETTER } = IntroductionConsent_Means;

/** The commonest first, below an empty one: how someone agreed is never recorded without looking. */
const meansOptions = [
  { value: "", text: t.meansChoose },
  ...[TELEPHONE, IN_PERSON, EMAIL, MESSAGE, LETTER].map((means) => ({
    value: String(means),
    text: consentMeans[means],
  })),
];

/** `means`: how they agreed, if it was chosen already. */
export function stepItems(visit: Visit, referral: Referral, means = ""): readonly Step[] {
  const path = pageOf(referral.name);
  return stepsOf(visit.session.caller, referral).map((id) => ({
    button: t.steps[id].button,
    action: `${path}/steps/${id}`,
    asks: asksOf(id) !== undefined,
    means: id === "consent" ? choose(meansOptions, means) : [],
  }));
}

export function cardOf(visit: Visit, referral: Referral, nameOf: (centre: string) => string): Card {
  return {
    id: referral.name.slice(referral.name.lastIndexOf("/") + 1),
    person: personOf(referral, nameOf),
    role: referral.title,
    href: pageOf(referral.name),
    stage: referralStages[referral.stage],
    since: shortDayText(sinceOf(referral)),
    waiting: waitingOf(referral, visit.session.caller.centre, nameOf),
    steps: stepItems(visit, referral),
    etag: referral.etag,
    requestId: randomUUID(),
  };
}

export async function cardsOf(visit: Visit, referrals: readonly Referral[]): Promise<readonly Card[]> {
  const nameOf = await centresOf(visit, referrals);
  return referrals.map((referral) => cardOf(visit, referral, nameOf));
}
