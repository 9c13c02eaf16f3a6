// The list of referrals, the last changed first.
import { Role } from "#protos/brokerage/common/v1/access_pb";
import { Referral_Stage } from "#protos/brokerage/matching/v1/referral_pb";
import type { Referral } from "#protos/brokerage/matching/v1/referral_pb";

import type { Answer, Visit } from "../../server/page.ts";
import type { Caller } from "../../services/access.ts";
import { filterOf } from "../../services/filter.ts";
import type { Term } from "../../services/filter.ts";
import type { Terms } from "../../session/searches.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { referralStages } from "../../texts/en-GB/referral-words.ts";
import { readPage, search } from "../shared/listing.ts";
import type { List, Listed } from "../shared/listing.ts";
import { choose, enumOptions } from "../shared/options.ts";
import { cardsOf } from "../shared/referrals/card.ts";
import { sideField } from "../shared/referrals/read.ts";
import { referralSearch } from "../shared/referrals/terms.ts";
import { waitsOn, waitsOnCentre } from "../shared/referrals/waiting.ts";

const t = texts.referrals.list;

const pageSize = 25;

const stageOptions = [
  { value: "live", text: t.live },
  { value: "", text: t.any },
  ...enumOptions(Referral_Stage, referralStages),
];

function whoseOptions({ role }: Caller) {
  const options = [
    { value: "both", text: t.both },
    { value: "roles", text: t.roles },
    { value: "volunteers", text: t.volunteers },
  ];
  return role === Role.LEAD_ADMIN ? [...options, { value: "all", text: t.everyone }] : options;
}

const waitsOptions = [
  { value: "", text: t.anyone },
  { value: "us", text: t.us },
];

function filterTerms({ centre }: Caller, { stage = "", whose, waits, about = "" }: Terms): readonly Term[] {
  const op = whose === "roles" ? "=" : "!=";
  return [
    stage === "live" ? { field: "live", op: "=", value: "true" } : { field: "stage", op: "=", value: stage },
    { field: "centre", op, value: whose === "roles" || whose === "volunteers" ? centre : "" },
    ...(about === "" ? [] : [{ field: sideField(about), op: "=", value: about } as const]),
    ...(waits === "us" ? waitsOnCentre : []),
  ];
}

const list: List<Referral> = {
  ...referralSearch,
  read: async (visit, terms, pageToken) => {
    const { caller } = visit.session;
    const everyone = terms["whose"] === "all" && caller.role === Role.LEAD_ADMIN;
    const { referrals, nextPageToken } = await visit.clients.referrals.listReferrals({
      parent: everyone ? "centres/-" : caller.centre,
      pageSize,
      pageToken,
      orderBy: "update_time desc",
      filter: filterOf(filterTerms(caller, terms)),
    });
    // Of those that a centre is to go on with, some wait for the other one.
    const items = terms["waits"] === "us" ? referrals.filter((one) => waitsOn(one, caller.centre)) : referrals;
    return { items, nextPageToken };
  },
};

async function resultsModel(visit: Visit, listed: Listed<Referral>) {
  return { rows: await cardsOf(visit, listed.items), address: listed.address, pages: listed.pages };
}

/** Whose referrals alone are looked at, in words; undefined when everyone's are. */
function aboutText(about: string, rows: readonly { readonly person: string; readonly role: string }[]) {
  if (about === "") return undefined;
  const side = sideField(about);
  const name = side === "volunteer" ? rows[0]?.person : rows[0]?.role;
  return texts.lists.about(name ?? t.aboutUnknown[side]);
}

export async function showReferrals(visit: Visit): Promise<Answer> {
  const listed = await readPage(visit, list);
  const results = await resultsModel(visit, listed);
  const { stage = "", whose = "", waits = "", about = "" } = listed.terms;
  const model = {
    ...results,
    stages: choose(stageOptions, stage),
    whose: choose(whoseOptions(visit.session.caller), whose),
    waits: choose(waitsOptions, waits),
    about,
    aboutText: aboutText(about, results.rows),
    path: referralSearch.path,
  };
  return { view: "pages/referrals/list.njk", model };
}

export function searchReferrals(visit: Visit): Promise<Answer> {
  return search(visit, list, async (listed) => ({
    view: "pages/referrals/results.njk",
    model: await resultsModel(visit, listed),
  }));
}
