// How much is waiting: counted once for a while for everyone of a centre.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Role } from "#protos/brokerage/common/v1/access_pb";

import { Counts } from "../../../../apps/console/src/pages/home/counts.ts";
import { soonBefore } from "../../../../apps/console/src/pages/shared/due.ts";
import type { Clients } from "../../../../apps/console/src/services/clients.ts";

const caller = (centre: string) => ({
  credential: `${centre}/credentials/desk`,
  centre,
  centreName: centre,
  name: "Desk",
  role: Role.READER,
  scopes: [],
});

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

test("volunteers are counted more rarely: there are many to look through", async () => {
  let now = 0;
  const counts = new Counts(() => now);
  const services = new Services();
  for (const [at, calls] of [
    [0, 1],
    [299_999, 1],
    [300_000, 2],
  ] as const) {
    now = at;
    await counts.read(services.clients, caller("centres/ashford"), "enquiries");
    assert.equal(services.filters.length, calls);
  }
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
});
