// A referral's page: both parties, where it stands, what happened, and what comes next.
import { randomUUID } from "node:crypto";

import type { Referral } from "#protos/brokerage/matching/v1/referral_pb";
import type { Contact } from "#protos/brokerage/matching/v1/volunteer_pb";

import { FormErrors } from "../../forms/form.ts";
import type { Answer, Page, Visit } from "../../server/page.ts";
import { centreOf, pageOf } from "../../services/names.ts";
import type { Flash } from "../../session/store.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { referralStages } from "../../texts/en-GB/referral-words.ts";
import { shortDayText } from "../shared/dates.ts";
import { section } from "../shared/sections.ts";
import { nameOf } from "../shared/referrals/address.ts";
import { centresOf, personOf, stepItems } from "../shared/referrals/card.ts";
import { readReferral, sinceOf } from "../shared/referrals/read.ts";
import { isLive, mayBeShownContact, mayNote, revealsContact } from "../shared/referrals/stages.ts";
import { waitingOf } from "../shared/referrals/waiting.ts";
import { historyOf } from "./history.ts";
import { factsOf, partiesOf } from "./parties.ts";

const t = texts.referrals;

/** What the page is shown with besides the referral. */
export interface ShownWith {
  /** Where one came from; none: this page. */
  readonly back?: string;
  /** What was typed into the note. */
  readonly note?: string;
  /** How the volunteer agreed, as it was chosen. */
  readonly means?: string;
  readonly errors?: FormErrors;
  readonly status?: number;
  /** What was answered to someone who asked for it, or introduced them: never on a page that is only opened. */
  readonly contact?: Contact | undefined;
  readonly flash?: Flash;
}

export async function showReferral(visit: Visit): Promise<Answer> {
  return referralPage(visit, await readReferral(visit, nameOf(visit)));
}

export async function referralPage(visit: Visit, referral: Referral, shown: ShownWith = {}): Promise<Page> {
  const { caller } = visit.session;
  const [centreName, parties] = await Promise.all([centresOf(visit, [referral]), partiesOf(visit, referral)]);
  const person = personOf(referral, centreName);
  const path = pageOf(referral.name);
  return {
    view: "pages/referrals/view.njk",
    status: shown.status ?? 200,
    model: {
      breadcrumbs: [{ text: t.title, href: "/referrals" }, { text: t.one }],
      heading: t.pair(person, referral.title),
      person,
      path,
      stage: referralStages[referral.stage],
      since: t.since(shortDayText(sinceOf(referral))),
      waiting: waitingOf(referral, caller.centre, centreName),
      parties: parties(centreName),
      sections: [factsOf(referral)],
      history: historyOf(referral, caller, centreName),
      steps: stepItems(visit, referral, shown.means),
      mayNote: mayNote(caller, referral),
      etag: referral.etag,
      requestId: randomUUID(),
      note: shown.note ?? "",
      errors: shown.errors ?? new FormErrors(),
      back: shown.back === path ? undefined : shown.back,
      said: shown.flash,
      contact: shown.contact === undefined ? undefined : contactSection(shown.contact),
      contactWords: contactWords(visit, referral, centreName),
      mayShowContact: mayBeShownContact(caller, referral),
    },
  };
}

function contactSection(contact: Contact) {
  const c = t.contact;
  return section(c.title, [
    [c.name, [contact.givenName, contact.familyName].join(" ").trim()],
    [c.phone, contact.phone],
    [c.email, contact.email],
    [c.address, contact.addressLines.join(", ")],
    [c.postcode, contact.postcode],
  ]);
}

/** Who may be shown how to reach the volunteer, and when. */
function contactWords(visit: Visit, referral: Referral, centreName: (centre: string) => string) {
  const centre = centreName(centreOf(referral.opportunity));
  const mayAsk = mayBeShownContact(visit.session.caller, referral);
  const ask = !isLive(referral.stage)
    ? t.contact.over
    : !revealsContact(referral.stage)
      ? t.contact.later(centre)
      : mayAsk
        ? t.contact.ask(centre)
        : t.contact.others(centre);
  return { ask, who: t.contact.who(centre) };
}
