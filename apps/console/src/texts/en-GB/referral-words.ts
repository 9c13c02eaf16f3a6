// What a referral's enums are called.
import {
  IntroductionConsent_Means,
  Referral_Reason,
  Referral_Side,
  Referral_Stage,
} from "#protos/brokerage/matching/v1/referral_pb";

import type { StateWord } from "./words.ts";

export const referralStages: Readonly<Record<Referral_Stage, StateWord>> = {
  [Referral_Stage.UNSPECIFIED]: { text: "Not stated", colour: "grey" },
  [Referral_Stage.SHORTLISTED]: { text: "Shortlisted", colour: "yellow" },
  [Referral_Stage.OFFERED]: { text: "Asked", colour: "orange" },
  [Referral_Stage.CONSENTED]: { text: "Agreed", colour: "blue" },
  [Referral_Stage.INTRODUCED]: { text: "Introduced", colour: "purple" },
  [Referral_Stage.ACKNOWLEDGED]: { text: "Acknowledged", colour: "teal" },
  [Referral_Stage.PLACED]: { text: "Placed", colour: "green" },
  [Referral_Stage.ENDED]: { text: "Ended", colour: "grey" },
  [Referral_Stage.DECLINED]: { text: "Declined", colour: "red" },
  [Referral_Stage.NO_RESPONSE]: { text: "No response", colour: "grey" },
  [Referral_Stage.WITHDRAWN]: { text: "Withdrawn", colour: "grey" },
};

export const referralReasons: Readonly<Record<Referral_Reason, string>> = {
  [Referral_Reason.UNSPECIFIED]: "Not stated",
  [Referral_Reason.NOT_INTERESTED]: "Not interested",
  [Referral_Reason.NO_TIME]: "No time, or not at those times",
  [Referral_Reason.TOO_FAR]: "Too far to travel",
  [Referral_Reason.NOT_SUITABLE]: "They do not suit each other",
  [Referral_Reason.CIRCUMSTANCES]: "Something in someone’s life has changed",
  [Referral_Reason.FOUND_ANOTHER]: "Found another role, or someone else",
  [Referral_Reason.NO_RESPONSE]: "Nobody answered",
  [Referral_Reason.MADE_IN_ERROR]: "It was made in error",
  [Referral_Reason.COMPLETED]: "What there was to do is done",
  [Referral_Reason.STOPPED]: "The volunteer wanted to stop",
  [Referral_Reason.OTHER]: "Another reason, which the note says",
  [Referral_Reason.VOLUNTEER_LEFT]: "The volunteer left",
  [Referral_Reason.OPPORTUNITY_CLOSED]: "The role was closed",
  [Referral_Reason.OPPORTUNITY_DELETED]: "The role was deleted",
  [Referral_Reason.SHARING_WITHDRAWN]: "The records are no longer shared between the two centres",
};

export const referralSides: Readonly<Record<Referral_Side, string>> = {
  [Referral_Side.UNSPECIFIED]: "Not stated",
  [Referral_Side.VOLUNTEER]: "The volunteer",
  [Referral_Side.ORGANISATION]: "The organisation",
};

export const consentMeans: Readonly<Record<IntroductionConsent_Means, string>> = {
  [IntroductionConsent_Means.UNSPECIFIED]: "Not stated",
  [IntroductionConsent_Means.TELEPHONE]: "telephone",
  [IntroductionConsent_Means.IN_PERSON]: "in person",
  [IntroductionConsent_Means.EMAIL]: "email",
  [IntroductionConsent_Means.MESSAGE]: "message",
  [IntroductionConsent_Means.LETTER]: "letter",
};
