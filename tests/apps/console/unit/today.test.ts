// How much is waiting: counted once for a while for everyone of a centre.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Role } from "#protos/brokerage/common/v1/access_pb";
import { Referral_Stage } from "#protos/brokerage/matching/v1/referral_pb";

import { Counts } from "../../../../apps/console/src/pages/home/counts.ts";
import { endsSoon, soonBefore } from "../../../../apps/console/src/pages/shared/due.ts";
import type { Clients } from "../../../../apps/console/src/services/clients.ts";

const caller = (centre: string) => ({
  credential: `${centre}/credentials/desk`,
  centre,
  centreName: centre,
  name: "Desk",
  role: Role.READER,
  scopes: [],
});

/** Three that are shortlisted or agreed, one of which is the other centre's to ask. */
const waiting = [
  {
    stage: Referral_Stage.SHORTLISTED,
    volunteer: "centres/dover/volunteers/v",
    opportunity: "centres/ashford/opportunities/o",
  },
  {
    stage: Referral_Stage.CONSENTED,
    volunteer: "centres/dover/volunteers/v",
    opportunity: "centres/ashford/opportunities/o",
  },
  {
    stage: Referral_Stage.SHORTLISTED,
    volunteer: "centres/ashford/volunteers/v",
    opportunity: "centres/dover/opportunities/o",
  },
];

class Services {
  readonly filters: string[] = [];
  fails = false;

  private readonly list = (request: { readonly filter: string }) => {
    this.filters.push(request.filter);
    const answer = { opportunities: [{}, {}], volunteers: [{}], nextPageToken: this.filters.length > 3 ? "more" : "" };
    return this.fails ? Promise.reject(new Error("away")) : Promise.resolve(answer);
  };

  readonly clients = {
    opportunities: { listOpportunities: this.list },
    volunteers: { listVolunteers: this.list },
    referrals: { listReferrals: () => Promise.resolve({ referrals: waiting, nextPageToken: "" }) },
  } as unknown as Clients;
}

test("a count serves everyone of a centre until it is old", async () => {
  let now = Date.parse("2026-11-26T12:00:00Z");
  const counts = new Counts(() => now);
  const services = new Services();
  const [ashford, dover] = [caller("centres/ashford"), caller("centres/dover")];
  const first = await counts.read(services.clients, ashford, "approval");
  assert.deepEqual([first.number, first.isMore, first.at], [2, false, now]);
  now += 19_000;
  assert.deepEqual(await counts.read(services.clients, ashford, "approval"), first);
  assert.equal(services.filters.length, 1);
  await counts.read(services.clients, dover, "approval");
  await counts.read(services.clients, ashford, "soon");
  now += 1_000;
  assert.equal((await counts.read(services.clients, ashford, "approval")).isMore, true);
  assert.deepEqual(services.filters, [
    'state="SUBMITTED" AND centre="centres/ashford"',
    'state="SUBMITTED" AND centre="centres/dover"',
    'state="OPEN" AND expire_time<"2026-12-11T00:00:00Z" AND centre="centres/ashford"',
    'state="SUBMITTED" AND centre="centres/ashford"',
  ]);
});

test("each count asks for its own", async () => {
  const counts = new Counts(() => Date.parse("2026-11-26T12:00:00Z"));
  const services = new Services();
  const kinds = ["approval", "expired", "soon", "enquiries", "papers", "breaks"] as const;
  for (const kind of kinds) await counts.read(services.clients, caller("centres/ashford"), kind);
  const own = 'centre="centres/ashford"';
  assert.deepEqual(services.filters, [
    `state="SUBMITTED" AND ${own}`,
    `state="EXPIRED" AND ${own}`,
    `state="OPEN" AND expire_time<"2026-12-11T00:00:00Z" AND ${own}`,
    `state="ENQUIRY" AND ${own}`,
    `next_expire_date<="2026-12-26" AND state!="LEFT" AND ${own}`,
    `break_until_date<="2026-12-10" AND ${own}`,
  ]);
});

test("a count that failed is taken again", async () => {
  const counts = new Counts(() => 0);
  const services = new Services();
  services.fails = true;
  await assert.rejects(counts.read(services.clients, caller("centres/ashford"), "enquiries"));
  services.fails = false;
  assert.equal((await counts.read(services.clients, caller("centres/ashford"), "enquiries")).number, 1);
});

test("soon is the same day all day", () => {
  assert.equal(soonBefore(Date.parse("2026-11-26T00:00:00Z")), "2026-12-11T00:00:00Z");
  assert.equal(soonBefore(Date.parse("2026-11-26T23:59:59Z")), "2026-12-11T00:00:00Z");
  // In summer the London day begins an hour before that of UTC; in spring and autumn a day has 23 hours, or 25.
  assert.equal(soonBefore(Date.parse("2026-06-14T22:59:59Z")), "2026-06-28T23:00:00Z");
  assert.equal(soonBefore(Date.parse("2026-06-14T23:00:00Z")), "2026-06-29T23:00:00Z");
  assert.equal(soonBefore(Date.parse("2026-03-20T23:30:00Z")), "2026-04-03T23:00:00Z");
  assert.equal(soonBefore(Date.parse("2026-10-19T23:30:00Z")), "2026-11-04T00:00:00Z");
  for (const [now, last] of [
    ["2026-06-14T22:59:59Z", "2026-06-28"],
    ["2026-06-14T23:00:00Z", "2026-06-29"],
    ["2026-06-15T22:59:59Z", "2026-06-29"],
    ["2026-03-20T23:30:00Z", "2026-04-03"],
    ["2026-10-19T23:30:00Z", "2026-11-03"],
  ] as const) {
    assert.equal(endsSoon("break", Date.parse(now))[0]?.value, last);
  }
});

test("of referrals those are counted that wait for this centre", async () => {
  const counts = new Counts(() => 0);
  const count = await counts.read(new Services().clients, caller("centres/ashford"), "referrals");
  assert.deepEqual([count.number, count.isMore], [2, false]);
});

test("referrals that wait for others do not hide those behind them that wait for this centre", async () => {
  const [others, , toAsk] = waiting;
  const answers: Readonly<Record<string, object>> = {
    "": { referrals: Array.from({ length: 100 }, () => others), nextPageToken: "second" },
    second: { referrals: [toAsk, others, toAsk], nextPageToken: "" },
  };
  const listReferrals = ({ pageToken = "" }: { readonly pageToken?: string }) => Promise.resolve(answers[pageToken]);
  const clients = { referrals: { listReferrals } } as unknown as Clients;
  const count = await new Counts(() => 0).read(clients, caller("centres/ashford"), "referrals");
  assert.deepEqual([count.number, count.isMore], [2, false]);
});

test("of very many the count is given up, and says so", async () => {
  let pages = 0;
  const listReferrals = () => {
    pages += 1;
    return Promise.resolve({ referrals: Array.from({ length: 100 }, () => waiting[2]), nextPageToken: "more" });
  };
  const clients = { referrals: { listReferrals } } as unknown as Clients;
  const count = await new Counts(() => 0).read(clients, caller("centres/ashford"), "referrals");
  assert.deepEqual([count.number, count.isMore, pages], [100, true, 1]);
});
