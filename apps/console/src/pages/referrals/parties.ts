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

interface Named {
  readonly text: string;
  /** Its page, for those who may see it. */
  readonly href: string | undefined;
}

export interface Party {
  readonly label: string;
  readonly lines: readonly Named[];
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
      lines: [
        {
          text: personOf(referral, nameOf),
          href: volunteer.status === "fulfilled" ? pageOf(referral.volunteer) : undefined,
        },
        { text: nameOf(centreOf(referral.volunteer)), href: undefined },
      ],
    },
    {
      label: t.role,
      lines: [
        { text: referral.title, href: role.status === "fulfilled" ? pageOf(referral.opportunity) : undefined },
        ...[...organisations].map(([name, text]) => ({ text, href: pageOf(name) })),
        { text: nameOf(centreOf(referral.opportunity)), href: undefined },
      ],
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
