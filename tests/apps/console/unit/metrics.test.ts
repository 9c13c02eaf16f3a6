// What is counted, under which labels, and how it is told.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { createConnectTransport } from "@connectrpc/connect-node";
import { createAsyncIterable } from "@connectrpc/connect/protocol";
import { create } from "@bufbuild/protobuf";
import type { DescMethodServerStreaming } from "@bufbuild/protobuf";

import { Role } from "#protos/brokerage/common/v1/access_pb";
import { ResolveTermRequestSchema } from "#protos/brokerage/registry/v1/reference_service_pb";

import { readContract } from "../../../../apps/console/src/gateway/contract.ts";
import { Metrics } from "../../../../apps/console/src/server/metrics.ts";
import { contractWith, service } from "../support/contract.ts";
import { startRig } from "../support/gateway.ts";
import type { Rig } from "../support/gateway.ts";
import { samplesOf } from "../support/metrics.ts";
import { until } from "../support/processes.ts";

const over = { method: "GET", status: 200, whole: true, micros: 30_000 };

test("requests are counted by pattern, method and class, and timed unless they are streams", async () => {
  const metrics = new Metrics({ sessions: () => 3, pageStreams: () => 2, apiStreams: () => 1 });
  metrics.request("/volunteers", over, false);
  metrics.request("/volunteers", { ...over, status: 304 }, false);
  metrics.request("/volunteers", { ...over, method: "BREW", status: 403 }, false);
  metrics.request("/events", over, true);
  const samples = samplesOf(await metrics.text());
  const requests = (route: string, method: string, status: string) =>
    samples.value("brokerage_console_requests_total", { route, method, status });
  assert.equal(requests("/volunteers", "GET", "2xx"), 1);
  assert.equal(requests("/volunteers", "GET", "3xx"), 1);
  assert.equal(requests("/volunteers", "other", "4xx"), 1);
  assert.equal(requests("/events", "GET", "2xx"), 1);
  const taken = (more: object) => samples.value("brokerage_console_request_seconds_bucket", { ...more });
  assert.equal(taken({ route: "/volunteers", le: "0.025" }), 0);
  assert.equal(taken({ route: "/volunteers", le: "0.05" }), 3);
  assert.equal(taken({ route: "/events", le: "+Inf" }), undefined);
  assert.equal(samples.value("brokerage_console_sessions_open"), 3);
  assert.equal(samples.value("brokerage_console_streams_open", { of: "pages" }), 2);
  assert.equal(samples.value("brokerage_console_streams_open", { of: "api" }), 1);
  assert.ok((samples.value("process_resident_memory_bytes") ?? 0) > 1_000_000);
});

test("it is told at /metrics and nowhere else", async (context) => {
  const metrics = new Metrics({ sessions: () => 0, pageStreams: () => 0, apiStreams: () => 0 });
  const server = createServer(metrics.serve);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.after(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const told = await fetch(`${url}/metrics`);
  assert.match(told.headers.get("content-type") ?? "", /^text\/plain; version=0\.0\.4/);
  assert.equal(samplesOf(await told.text()).value("brokerage_console_rate_limited_total", { where: "sign-in" }), 0);
  assert.equal((await fetch(url)).status, 404);
  assert.equal((await fetch(`${url}/metrics`, { method: "POST" })).status, 404);
});

const term = { input: "ResolveTermRequest", output: "ResolveTermResponse" } as const;
const methods = [
  { ...term, name: "EchoTerm", role: Role.READER, read: true },
  { ...term, name: "WatchTerm", role: Role.READER, read: true, serverStream: true },
  { ...term, name: "AskTerm", role: Role.PUBLIC, read: true },
] as const;

let rig: Rig;
before(async () => {
  rig = await startRig({ methods, perCredential: 2 });
});
after(() => rig.stop());

async function post(method: string, body: string, headers: Record<string, string> = {}): Promise<void> {
  const init = { method: "POST", headers: { "content-type": "application/json", ...headers }, body };
  await (await fetch(`${rig.url}/${service}/${method}`, init)).text();
}

/** How often a call ended so: the answer comes before the count. */
async function counted(method: string, code: string, times: number): Promise<void> {
  await until(async () => {
    const samples = samplesOf(await rig.metrics.text());
    return samples.value("brokerage_gateway_calls_total", { method, code }) === times;
  }, `${times} calls of ${method} to end with ${code}`);
}

const echo = `${service}/EchoTerm`;
const watch = `${service}/WatchTerm`;
const watched = readContract(contractWith(methods)).registry.getService(service)?.method["watchTerm"];
const watchTerm = watched as DescMethodServerStreaming<typeof ResolveTermRequestSchema>;

test("calls are counted by method and code, of whatever method the contract has", async () => {
  await post("EchoTerm", '{"term": "tea"}');
  await counted(echo, "OK", 1);
  await post("EchoTerm", '{"term": "fault"}');
  await counted(echo, "INVALID_ARGUMENT", 1);
  // What is no request of the method's never comes to the service.
  const heard = rig.heard.length;
  await post("EchoTerm", '{"termm": "tea"}');
  await counted(echo, "INVALID_ARGUMENT", 2);
  assert.equal(rig.heard.length, heard);
  await post("EchoTerm", '{"term": "stranger"}', { authorization: "Bearer nobody's" });
  await counted(echo, "UNAUTHENTICATED", 1);
  await post("EchoTerm", "{}", { origin: "https://stranger.example" });
  await counted(echo, "PERMISSION_DENIED", 1);
  await post("NoSuchTerm", "{}");
  await counted("other", "UNIMPLEMENTED", 1);
});

test("a question about origins is no call", async () => {
  const headers = { origin: "https://stranger.example", "access-control-request-method": "POST" };
  const asked = await fetch(`${rig.url}/${service}/AskTerm`, { method: "OPTIONS", headers });
  assert.equal(asked.status, 204);
  await post("AskTerm", '{"term": "tea"}');
  await counted(`${service}/AskTerm`, "OK", 1);
});

test("whoever is told to wait is counted", async () => {
  for (let call = 0; call < 4; ++call) await post("EchoTerm", '{"term": "tea"}', { authorization: "Bearer eager" });
  await counted(echo, "RESOURCE_EXHAUSTED", 2);
  const samples = samplesOf(await rig.metrics.text());
  assert.equal(samples.value("brokerage_console_rate_limited_total", { where: "api" }), 2);
});

test("streams are counted while they are open, and not timed", async () => {
  const transport = createConnectTransport({ baseUrl: rig.url, httpVersion: "1.1" });
  const hangUp = new AbortController();
  const input = createAsyncIterable([create(ResolveTermRequestSchema, { term: "wait" })]);
  const answer = await transport.stream(watchTerm, hangUp.signal, undefined, undefined, input);
  await answer.message[Symbol.asyncIterator]().next();
  const open = async () => samplesOf(await rig.metrics.text()).value("brokerage_console_streams_open", { of: "api" });
  assert.equal(await open(), 1);
  hangUp.abort();
  await until(async () => (await open()) === 0, "the stream to be over");
  await counted(watch, "CANCELLED", 1);
  const samples = samplesOf(await rig.metrics.text());
  assert.equal(samples.value("brokerage_gateway_call_seconds_count", { method: watch }), undefined);
  assert.ok((samples.value("brokerage_gateway_call_seconds_count", { method: echo }) ?? 0) > 0);
});
