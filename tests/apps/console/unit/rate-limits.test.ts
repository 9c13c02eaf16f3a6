// How often someone may call, and who someone is.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { IncomingMessage } from "node:http";

import { Role } from "#protos/brokerage/common/v1/access_pb";

import { addressOf, callingOf } from "../../../../apps/console/src/gateway/calling.ts";
import { Buckets, RateLimits } from "../../../../apps/console/src/gateway/rate-limits.ts";
import { service } from "../support/contract.ts";
import { startRig } from "../support/gateway.ts";
import { table } from "../support/table.ts";

test("a bucket empties, says how long to wait, and fills again", () => {
  let now = 0;
  const buckets = new Buckets(60, () => now);
  for (let call = 0; call < 60; ++call) assert.equal(buckets.take("a"), 0);
  assert.equal(buckets.take("a"), 1000);
  assert.equal(buckets.take("b"), 0);
  now = 999;
  assert.equal(buckets.take("a"), 1);
  now = 1000;
  assert.equal(buckets.take("a"), 0);
  assert.equal(buckets.take("a"), 1000);
});

test("only so many callers are remembered, those of late", () => {
  const buckets = new Buckets(1, () => 0, 3);
  for (const key of ["a", "b", "c", "d"]) buckets.take(key);
  assert.equal(buckets.size, 3);
  assert.equal(buckets.take("d"), 60_000);
  assert.equal(buckets.take("a"), 0);
});

test("guessing credentials is counted by address, and others are not held up by it", () => {
  const limits = new RateLimits({ perCredential: 100, perAddress: 100 }, () => 0);
  for (let guess = 0; guess < 30; ++guess) {
    const calling = { address: "192.0.2.1", credential: `guess-${guess}` };
    assert.equal(limits.take(calling), 0);
    limits.refused(calling);
  }
  assert.ok(limits.take({ address: "192.0.2.1", credential: "another" }) > 0);
  assert.equal(limits.take({ address: "192.0.2.1", credential: undefined }), 0);
  assert.equal(limits.take({ address: "192.0.2.2", credential: "another" }), 0);
});

test("a credential that was let in is not held up by others of its address", () => {
  const limits = new RateLimits({ perCredential: 100, perAddress: 100 }, () => 0);
  const known = { address: "192.0.2.1", credential: "known" };
  limits.admitted(known);
  for (let guess = 0; guess < 30; ++guess) limits.refused({ address: "192.0.2.1", credential: `guess-${guess}` });
  assert.ok(limits.take({ address: "192.0.2.1", credential: "another" }) > 0);
  assert.equal(limits.take(known), 0);
  // Revoked: from its first refusal on it is a guess like any other.
  limits.refused(known);
  assert.ok(limits.take(known) > 0);
});

const asked = (peer: string, forwarded?: string) =>
  ({
    headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded },
    socket: { remoteAddress: peer },
  }) as unknown as IncomingMessage;

table(
  "an address",
  {
    "of the peer": [asked("192.0.2.7"), "192.0.2.7"],
    "behind a proxy here": [asked("127.0.0.1", "192.0.2.7"), "192.0.2.7"],
    "that the caller made up before the proxy's own word": [asked("::1", "10.1.1.1, 192.0.2.7"), "192.0.2.7"],
    "that a peer from elsewhere claims": [asked("192.0.2.7", "10.1.1.1"), "192.0.2.7"],
    "written as version 6": [asked("::ffff:192.0.2.7"), "192.0.2.7"],
    "of one network": [asked("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2"],
    "of one network, in short": [asked("2001:db8::6"), "2001:db8:0:0"],
    "of this machine": [asked("127.0.0.1"), "127.0.0.1"],
  } as Record<string, readonly [IncomingMessage, string]>,
  ([request, address]) => assert.equal(addressOf(request), address),
);

const showing = (authorization: string) =>
  callingOf({ headers: { authorization }, socket: {} } as unknown as IncomingMessage).credential;

test("a credential is known by its hash alone", () => {
  assert.match(showing("Bearer vb_secret") ?? "", /^[\w-]{43}$/);
});

test("a credential is one, however the header is written", () => {
  for (const written of ["bearer vb_secret", "BEARER vb_secret", "Bearer   vb_secret", "Bearer \t vb_secret"]) {
    assert.equal(showing(written), showing("Bearer vb_secret"), written);
  }
  assert.notEqual(showing("Bearer vb_Secret"), showing("Bearer vb_secret"));
  assert.equal(showing(""), undefined, "the services take an empty header for none");
});

test("who calls too often is told for how long, and is let in again then", async () => {
  const term = { input: "ResolveTermRequest", output: "ResolveTermResponse", role: Role.PUBLIC, read: true };
  const rig = await startRig({ methods: [{ ...term, name: "AskTerm" }], perCredential: 3, perAddress: 2 });
  const call = (type = "application/json", headers: Record<string, string> = {}) =>
    fetch(`${rig.url}/${service}/AskTerm`, {
      method: "POST",
      headers: { "content-type": type, ...headers },
      body: "{}",
    });
  try {
    assert.deepEqual([(await call()).status, (await call()).status], [200, 200]);
    const refused = await call();
    assert.equal(refused.status, 429);
    assert.equal(refused.headers.get("retry-after"), "30");
    assert.match(await refused.text(), /"resource_exhausted".*RATE_LIMITED.*"retryDelay":"30s"/);
    assert.equal((await call("application/grpc-web+proto")).headers.get("grpc-status"), "8");
    const streamed = Buffer.from(await (await call("application/connect+json")).arrayBuffer());
    assert.equal(streamed[0], 2);
    assert.match(streamed.toString(), /RATE_LIMITED/);
    assert.equal((await call("application/json", { authorization: "Bearer a" })).status, 200);
    rig.pass(30_000);
    assert.equal((await call()).status, 200);
    assert.equal((await call()).status, 429);
  } finally {
    await rig.stop();
  }
});

test("whoever tries credentials that the services do not know is slowed down", async () => {
  const term = { input: "ResolveTermRequest", output: "ResolveTermResponse", role: Role.READER, read: true };
  const rig = await startRig({ methods: [{ ...term, name: "EchoTerm" }] });
  const statuses = new Set<number>();
  const call = async (authorization: string, word: string) => {
    const response = await fetch(`${rig.url}/${service}/EchoTerm`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization },
      body: JSON.stringify({ term: word }),
    });
    await response.text();
    return response.status;
  };
  try {
    assert.equal(await call("Bearer known", "tea"), 200);
    for (let guess = 0; guess < 40; ++guess) statuses.add(await call(`Bearer guess-${guess}`, "stranger"));
    assert.deepEqual([...statuses], [401, 429]);
    assert.equal(await call("Bearer known", "tea"), 200, "an office has one address, and other programs in it");
    assert.equal(await call("Bearer new", "tea"), 429);
  } finally {
    await rig.stop();
  }
});
