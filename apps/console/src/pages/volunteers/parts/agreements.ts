// What a volunteer agreed to, and who sees their record. A consent is never erased: it is withdrawn.
import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";

import { Sharing } from "#protos/brokerage/common/v1/sharing_pb";
import { Consent_Purpose, ConsentSchema } from "#protos/brokerage/matching/v1/volunteer_pb";
import type { Consent, Volunteer } from "#protos/brokerage/matching/v1/volunteer_pb";

import { texts } from "../../../texts/en-GB/index.ts";
import { consentPurposes, sharings } from "../../../texts/en-GB/words.ts";
import { dayText } from "../../shared/dates.ts";
import { chosenNumber, numberOptions, tick } from "../../shared/options.ts";
import { parseDay } from "../../shared/times.ts";
import type { Part } from "./part.ts";
import { momentOn } from "./travel.ts";

const t = texts.volunteerParts;

interface Typed {
  readonly sharing: string;
  /** Purposes, by their numbers. */
  readonly given: readonly string[];
  readonly withdrawn: readonly string[];
  /** The day on which those given were given; empty: today. */
  readonly on: string;
}

const inForce = ({ withdrawnTime }: Consent) => withdrawnTime === undefined;

/** The purposes that are agreed to, by their numbers. */
const agreed = ({ consents }: Volunteer) => consents.filter(inForce).map(({ purpose }) => String(purpose));

export const agreements: Part<Typed> = {
  id: "agreements",
  title: t.agreements,
  paths: ["sharing", "consents"],
  read: (form) => ({
    sharing: form.text("sharing"),
    given: form.all("given"),
    withdrawn: form.all("withdrawn"),
    on: form.text("given_on"),
  }),
  typedOf: ({ sharing }) => ({
    sharing: String(sharing === Sharing.COUNTY ? Sharing.COUNTY : Sharing.CENTRE),
    given: [],
    withdrawn: [],
    on: "",
  }),
  check: ({ on }, errors) => {
    const day = parseDay(on);
    if (on !== "" && day === undefined) errors.add("given_on", t.dateWrong);
    if (day !== undefined && Date.UTC(day.year, day.month - 1, day.day) > Date.now()) errors.add("given_on", t.future);
  },
  apply: (typed, volunteer) => {
    const now = Date.now();
    const before = agreed(volunteer);
    const added = typed.given.filter((purpose) => !before.includes(purpose));
    const givenTime = momentOn(typed.on, now) ?? timestampFromMs(now);
    return {
      ...volunteer,
      sharing: Number(typed.sharing) === Sharing.COUNTY ? Sharing.COUNTY : Sharing.CENTRE,
      consents: [
        ...volunteer.consents.map((consent) =>
          inForce(consent) && typed.withdrawn.includes(String(consent.purpose))
            ? create(ConsentSchema, { ...consent, withdrawnTime: timestampFromMs(now) })
            : consent,
        ),
        ...added.map((purpose) =>
          create(ConsentSchema, { purpose: chosenNumber<Consent_Purpose>(purpose), givenTime }),
        ),
      ],
    };
  },
  model: (_visit, typed, volunteer) => {
    const before = agreed(volunteer);
    const purposes = numberOptions(consentPurposes);
    const given = (purpose: string) =>
      volunteer.consents.find((consent) => inForce(consent) && String(consent.purpose) === purpose)?.givenTime;
    return Promise.resolve({
      inForce: tick(
        purposes
          .filter(({ value }) => before.includes(value))
          .map(({ value, text }) => ({ value, text: t.withdraw(text, dayText(given(value))) })),
        typed.withdrawn,
      ),
      open: tick(
        purposes.filter(({ value }) => !before.includes(value)),
        typed.given,
      ),
      sharings: tick(numberOptions(sharings), [typed.sharing]),
    });
  },
  fields: {
    "volunteer.sharing": { field: "sharing", label: t.sharing },
    "volunteer.consents": { field: "given_on", label: t.consents },
  },
};
