// What may be done with a referral, by whom, and on whom it waits.
import { create } from "@bufbuild/protobuf";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { Role } from "#protos/brokerage/common/v1/access_pb";
import { ReferralEventSchema, ReferralSchema, Referral_Stage } from "#protos/brokerage/matching/v1/referral_pb";

import { mayBeShownContact, stepsOf, steps } from "../../../../apps/console/src/pages/shared/referrals/stages.ts";
import type { ReferralStep } from "../../../../apps/console/src/pages/shared/referrals/stages.ts";
import { backTo } from "../../../../apps/console/src/pages/shared/referrals/address.ts";
import { isLost, lacksText } from "../../../../apps/console/src/pages/shared/referrals/refused.ts";
import { sinceOf } from "../../../../apps/console/src/pages/shared/referrals/read.ts";
import { waitingOf } from "../../../../apps/console/src/pages/shared/referrals/waiting.ts";
import { table } from "../support/table.ts";

declare const TREE: string;

const { SHORTLISTED, OFFERED, CONSENTED, INTRODUCED, ACKNOWLEDGED, PLACED, ENDED, DECLINED } = Referral_Stage;

const names: Readonly<Record<string, string>> = {
  "centres/ashford": "Ashford",
  "centres/dover": "Dover",
  "centres/thanet": "Thanet",
};
const nameOf = (centre: string) => names[centre] ?? centre;

const pair = (volunteers: string, roles: string) => ({
  volunteer: `centres/${volunteers}/volunteers/v`,
  opportunity: `centres/${roles}/opportunities/o`,
});

const caller = (centre: string, role = Role.CASEWORKER, scopes: readonly string[] = []) => ({
  credential: `centres/${centre}/credentials/c`,
  centre: `centres/${centre}`,
  centreName: centre,
  name: "Desk",
  role,
  scopes,
});

test("the steps are those of the table in docs/api.md", () => {
  const text = readFileSync(join(TREE, "docs/api.md"), "utf8");
  const rows = /### Stages of a referral\n([\s\S]*?)\n\n/.exec(text)?.[1]?.split("\n").slice(2) ?? [];
  const documented = rows.map((row) => row.split("|").map((cell) => cell.trim()));
  const bySide = { either: "either", "the volunteer's centre": "volunteer", "the role's centre": "role" };
  const found = new Map(
    documented.map(([, method, from = "", , by = ""]) => [
      method,
      { from: from.split(", "), by: bySide[by as keyof typeof bySide] },
    ]),
  );
  assert.ok(found.size >= 9);
  for (const step of Object.values<ReferralStep>(steps)) {
    const from = step.from.map((stage) => Referral_Stage[stage]);
    assert.deepEqual({ from, by: step.by }, found.get(step.method.name), step.method.name);
  }
});

const us = "centres/ashford";
type Row = readonly [stage: Referral_Stage, volunteers: string, roles: string, on: string, text: RegExp];
table<Row>(
  "what a referral waits for, as Ashford is told it",
  {
    "ours is to be asked": [SHORTLISTED, "ashford", "dover", "us", /us to ask them/],
    "theirs is to be asked": [SHORTLISTED, "dover", "ashford", "centre", /^Waits for Dover to ask them/],
    "ours was asked": [OFFERED, "ashford", "dover", "volunteer", /answer us/],
    "theirs was asked": [OFFERED, "dover", "ashford", "volunteer", /answer Dover/],
    "agreed, both ours": [CONSENTED, "ashford", "ashford", "us", /^Waits for us to introduce/],
    "agreed, our role": [CONSENTED, "dover", "ashford", "us", /us, or Dover, to introduce/],
    "agreed, our volunteer": [CONSENTED, "ashford", "dover", "us", /us, or Dover, to introduce/],
    "agreed, others'": [CONSENTED, "thanet", "dover", "centre", /Dover or Thanet to introduce/],
    "agreed, another's both": [CONSENTED, "dover", "dover", "centre", /for Dover to introduce/],
    "introduced to our role": [INTRODUCED, "dover", "ashford", "organisation", /tell us that it has heard/],
    "introduced to theirs": [INTRODUCED, "ashford", "dover", "organisation", /tell Dover that it has heard/],
    "our role's organisation has heard": [ACKNOWLEDGED, "ashford", "ashford", "organisation", /tell us whether/],
    "theirs has heard": [ACKNOWLEDGED, "ashford", "dover", "organisation", /tell Dover whether/],
    placed: [PLACED, "ashford", "ashford", "nobody", /^$/],
    ended: [ENDED, "ashford", "dover", "nobody", /^$/],
    declined: [DECLINED, "ashford", "dover", "nobody", /^$/],
  },
  ([stage, volunteers, roles, on, text]) => {
    const waiting = waitingOf({ stage, ...pair(volunteers, roles) }, us, nameOf);
    assert.equal(waiting.on, on);
    assert.match(waiting.text, text);
  },
);

type MayRow = readonly [stage: Referral_Stage, volunteers: string, roles: string, who: object, ids: string];
const ashford = caller("ashford");
table<MayRow>(
  "what may be done",
  {
    "both ours, shortlisted": [SHORTLISTED, "ashford", "ashford", ashford, "offer decline"],
    "our role, shortlisted": [SHORTLISTED, "dover", "ashford", ashford, "decline"],
    "our volunteer, shortlisted": [SHORTLISTED, "ashford", "dover", ashford, "offer decline"],
    "our role, asked": [OFFERED, "dover", "ashford", ashford, "decline"],
    "our volunteer, asked": [OFFERED, "ashford", "dover", ashford, "consent decline"],
    "our role, agreed": [CONSENTED, "dover", "ashford", ashford, "introduce decline"],
    "our volunteer, agreed": [CONSENTED, "ashford", "dover", ashford, "introduce decline"],
    "our role, introduced": [INTRODUCED, "dover", "ashford", ashford, "acknowledge decline"],
    "our volunteer, introduced": [INTRODUCED, "ashford", "dover", ashford, "decline"],
    "our role, acknowledged": [ACKNOWLEDGED, "dover", "ashford", ashford, "place decline"],
    "our volunteer, acknowledged": [ACKNOWLEDGED, "ashford", "dover", ashford, "decline"],
    "our volunteer, placed": [PLACED, "ashford", "dover", ashford, "end"],
    "our role, placed": [PLACED, "dover", "ashford", ashford, "end"],
    declined: [DECLINED, "ashford", "ashford", ashford, ""],
    "others', to us": [SHORTLISTED, "dover", "thanet", ashford, ""],
    "others', to the lead": [SHORTLISTED, "dover", "thanet", caller("ashford", Role.LEAD_ADMIN), "offer decline"],
    "a reader": [SHORTLISTED, "ashford", "ashford", caller("ashford", Role.READER), ""],
    "without the scope": [SHORTLISTED, "ashford", "ashford", caller("ashford", Role.MANAGER, ["match"]), ""],
  },
  ([stage, volunteers, roles, who, ids]) =>
    assert.equal(stepsOf(who as typeof ashford, { stage, ...pair(volunteers, roles) }).join(" "), ids),
);

type ContactRow = readonly [stage: Referral_Stage, who: object, shown: boolean];
table<ContactRow>(
  "reading the referral by its name would show contact details",
  {
    "not before the introduction": [CONSENTED, ashford, false],
    "to the role's caseworkers": [INTRODUCED, ashford, true],
    "to those of a placement": [PLACED, ashford, true],
    "not once it is over": [ENDED, ashford, false],
    "not to readers": [INTRODUCED, caller("ashford", Role.READER), false],
    "not to the volunteer's centre": [INTRODUCED, caller("dover"), false],
    "to the lead administrator": [INTRODUCED, caller("thanet", Role.LEAD_ADMIN), true],
    "not without the scope": [INTRODUCED, caller("ashford", Role.MANAGER, ["referrals.write"]), false],
  },
  ([stage, who, shown]) =>
    assert.equal(mayBeShownContact(who as typeof ashford, { stage, ...pair("dover", "ashford") }), shown),
);

const refusal = (reason: string, metadata: Readonly<Record<string, string>> = {}) => ({
  kind: "not-allowed" as const,
  reason,
  metadata,
  faults: [],
  retryAfterSeconds: undefined,
  message: "As the service says it.",
});

table(
  "what a step lacks",
  {
    "one thing": [
      refusal("NO_FREE_PLACE", { needs: "NO_FREE_PLACE" }),
      "Not possible now. Every place of the role is filled.",
    ],
    "several things": [
      refusal("OPPORTUNITY_NOT_OPEN", { needs: "OPPORTUNITY_NOT_OPEN,VOLUNTEER_NOT_AVAILABLE" }),
      "Not possible now. The role is paused, or over: it must be open again first. The volunteer must be searching or placed.",
    ],
    "asked too often": [
      refusal("OUTREACH_BUDGET_SPENT", { needs: "OUTREACH_BUDGET_SPENT", next_offer_time: "2026-07-01T09:30:59Z" }),
      "Not possible now. The volunteer was asked as often as they may be in a week. Not before 1 July 2026 at 10:30.",
    ],
    "of a history alone": [
      refusal("HISTORY_FULL"),
      "Not possible now. This referral has as many notes as it may have.",
    ],
    "no match any more": [
      refusal("NOT_A_MATCH", { needs: "TOO_FAR,ALREADY_REFERRED" }),
      "They are no match any more: Too far, Referred already, or declined.",
    ],
    "what the console does not know": [refusal("LATER", { needs: "NO_FREE_PLACE,LATER" }), "As the service says it."],
  } as const,
  ([failure, text]) => assert.equal(lacksText(failure), text),
);

test("whoever lost to someone else is told apart from a step that lacks something", () => {
  for (const reason of ["ETAG_MISMATCH", "STAGE_NOT_ALLOWED", "CONCURRENT_CHANGE"]) assert.ok(isLost(refusal(reason)));
  for (const reason of ["NO_FREE_PLACE", "NOT_A_MATCH"]) assert.ok(!isLost(refusal(reason)));
});

table(
  "where one goes back to",
  {
    "to where one came from": [
      "/centres/a/opportunities/o/matches?search=x&page=2",
      "/centres/a/opportunities/o/matches?search=x&page=2",
    ],
    "to the referral, when nothing is said": ["", "/centres/a/referrals/r"],
    "not to another site": ["//evil.example/", "/centres/a/referrals/r"],
    "not by a whole address": ["https://evil.example/", "/centres/a/referrals/r"],
  } as const,
  ([said, path]) => assert.equal(backTo(said, "centres/a/referrals/r"), path),
);

test("a referral is at its stage since the step that led there, whatever was noted after", () => {
  const event = (stage: Referral_Stage, seconds: bigint) =>
    create(ReferralEventSchema, { stage, time: { seconds, nanos: 0 } });
  const history = [event(SHORTLISTED, 10n), event(SHORTLISTED, 20n), event(OFFERED, 30n), event(OFFERED, 40n)];
  const since = (events: typeof history, stage: Referral_Stage) =>
    sinceOf(create(ReferralSchema, { stage, history: events, createTime: { seconds: 10n, nanos: 0 } }))?.seconds;
  assert.equal(since(history, OFFERED), 30n);
  assert.equal(since(history.slice(0, 2), SHORTLISTED), 10n);
});
