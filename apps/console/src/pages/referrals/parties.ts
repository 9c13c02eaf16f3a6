// Whom a referral brings together, with the pages of those that the reader sees, and what is known of it.
import type { Referral } from "#protos/brokerage/matching/v1/referral_pb";

import type { Visit } from "../../server/page.ts";
import { centreOf, pageOf } from "../../services/names.ts";
import { organisationNames } from "../../services/organisations.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { consentMeans } from "../../texts/en-GB/referral-words.ts";
import { dayText, momentText } from "../shared/dates.ts";
import { shareText } from "../shared/percent.ts";
import { section } from "../shared/sections.ts";
import { personOf } from "../shared/referrals/card.ts";

const t = texts.referrals.view;

export interface Party {
  readonly label: string;
  readonly text: string;
  /** Its page, for those who may see it. */
  readonly href: string | undefined;
  readonly lines: readonly string[];
}

export async function partiesOf(visit: Visit, referral: Referral) {
  const { opportunities, volunteers } = visit.clients;
  const [role, volunteer] = await Promise.allSettled([
    opportunities.getOpportunity({ name: referral.opportunity }),
    volunteers.getVolunteer({ name: referral.volunteer }),
  ]);
  const organisation = role.status === "fulfilled" ? role.value.organisation : "";
  const organisations = await organisationNames(visit.clients, [organisation]);
  return (nameOf: (centre: string) => string): readonly Party[] => [
    {
      label: t.volunteer,
      text: personOf(referral, nameOf),
      href: volunteer.status === "fulfilled" ? pageOf(referral.volunteer) : undefined,
      lines: [nameOf(centreOf(referral.volunteer))],
    },
    {
      label: t.role,
      text: referral.title,
      href: role.status === "fulfilled" ? pageOf(referral.opportunity) : undefined,
      lines: [organisations.get(organisation) ?? "", nameOf(centreOf(referral.opportunity))].filter(
        (one) => one !== "",
      ),
    },
  ];
}

export function factsOf({ consent, scoreMillionths, createTime, updateTime }: Referral) {
  return section(t.facts, [
    [
      t.consent,
      consent === undefined ? undefined : t.consented(consentMeans[consent.means], dayText(consent.givenTime)),
    ],
    [t.score, shareText(scoreMillionths)],
    [t.begun, momentText(createTime)],
    [t.changed, momentText(updateTime)],
  ]);
}
