// The gateway before a service that is played: what goes through, and what does not.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Code, ConnectError } from "@connectrpc/connect";
import type { Transport } from "@connectrpc/connect";
import { createAsyncIterable } from "@connectrpc/connect/protocol";
import { createConnectTransport, createGrpcWebTransport } from "@connectrpc/connect-node";
import { create } from "@bufbuild/protobuf";
import type { DescMethodServerStreaming, DescMethodUnary } from "@bufbuild/protobuf";

import { Role } from "#protos/brokerage/common/v1/access_pb";
import {
  BadRequestSchema,
  ErrorInfoSchema,
  PreconditionFailureSchema,
  RetryInfoSchema,
} from "#protos/google/rpc/error_details_pb";
import { ResolveTermRequestSchema } from "#protos/brokerage/registry/v1/reference_service_pb";

import { readContract } from "../../../../apps/console/src/gateway/contract.ts";
import { contractWith, service } from "../support/contract.ts";
import { asSent } from "../../../../apps/console/src/gateway/errors.ts";
import { hangUpHeard, startRig } from "../support/gateway.ts";
import type { Rig } from "../support/gateway.ts";

const term = { input: "ResolveTermRequest", output: "ResolveTermResponse" } as const;
const methods = [
  { ...term, name: "EchoTerm", role: Role.READER, read: true },
  { ...term, name: "ChangeTerm", role: Role.CASEWORKER },
  { ...term, name: "WatchTerm", role: Role.READER, read: true, serverStream: true },
  { ...term, name: "AskTerm", role: Role.PUBLIC, read: true },
  { input: "ListSkillsRequest", output: "ListSkillsResponse", name: "ShowSkills", role: Role.PUBLIC, read: true },
  { ...term, name: "SealTerm", role: Role.SERVICE },
  { ...term, name: "CopyTerms", role: Role.LEAD_ADMIN, scope: "admin" },
  { ...term, name: "FeedTerms", role: Role.READER, clientStream: true },
  { ...term, name: "BareTerm" },
] as const;
const friend = "https://friend.example";

let rig: Rig;
before(async () => {
  rig = await startRig({ methods, origins: [friend] });
});
after(() => rig.stop());

const described = readContract(contractWith(methods)).registry.getService(service);
function methodOf(name: string) {
  const found = described?.methods.find((method) => method.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}
const echo = methodOf("EchoTerm") as DescMethodUnary<typeof ResolveTermRequestSchema>;
const watch = methodOf("WatchTerm") as DescMethodServerStreaming<typeof ResolveTermRequestSchema>;
const request = (text: string) => create(ResolveTermRequestSchema, { term: text });

const protocols: Readonly<Record<string, () => Transport>> = {
  Connect: () => createConnectTransport({ baseUrl: rig.url, httpVersion: "1.1" }),
  "Connect, as JSON": () => createConnectTransport({ baseUrl: rig.url, httpVersion: "1.1", useBinaryFormat: false }),
  "Connect, by GET": () => createConnectTransport({ baseUrl: rig.url, httpVersion: "1.1", useHttpGet: true }),
  "gRPC-Web": () => createGrpcWebTransport({ baseUrl: rig.url, httpVersion: "1.1" }),
};

async function post(name: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${rig.url}/${service}/${name}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}
const reasonOf = async (response: Response) => {
  const said = (await response.json()) as { details?: { debug?: { reason?: string } }[] };
  return said.details?.map(({ debug }) => debug?.reason).find(Boolean) ?? "";
};

for (const [protocol, transport] of Object.entries(protocols)) {
  test(`${protocol}: a call, with the credential and without cookies`, async () => {
    const headers = { authorization: "Bearer t", cookie: "brokerage_session=1", "x-other": "1" };
    const answer = await transport().unary(echo, undefined, undefined, headers, request("tea"));
    assert.deepEqual(JSON.parse(JSON.stringify(answer.message)).matches[0].displayName, "tea");
    const { headers: seen } = rig.heard.at(-1)!;
    assert.equal(seen.get("authorization"), "Bearer t");
    assert.deepEqual([seen.get("cookie"), seen.get("x-other")], [null, null]);
  });

  test(`${protocol}: a stream`, async () => {
    const answer = await transport().stream(
      watch,
      undefined,
      undefined,
      undefined,
      createAsyncIterable([request("tea")]),
    );
    const texts: string[] = [];
    for await (const message of answer.message) texts.push(JSON.parse(JSON.stringify(message)).matches[0].displayName);
    assert.deepEqual(texts, ["tea-0", "tea-1", "tea-2"]);
  });

  test(`${protocol}: the details of an error, and nothing of the inner connection`, async () => {
    const error = await transport()
      .unary(echo, undefined, undefined, undefined, request("fault"))
      .then(() => assert.fail(), ConnectError.from);
    assert.equal(error.code, Code.InvalidArgument);
    assert.equal(error.rawMessage, "term: is required");
    assert.equal(error.findDetails(ErrorInfoSchema)[0]?.reason, "INVALID_FIELDS");
    assert.equal(error.findDetails(BadRequestSchema)[0]?.fieldViolations[0]?.field, "term");
    assert.equal(error.findDetails(PreconditionFailureSchema)[0]?.violations[0]?.type, "NO_FREE_PLACE");
    assert.equal(error.findDetails(RetryInfoSchema)[0]?.retryDelay?.seconds, 7n);
    assert.equal(error.metadata.get("x-inside"), null);
    assert.doesNotMatch(error.metadata.get("content-type") ?? "", /^application\/grpc($|\+)/);
  });

  test(`${protocol}: the error at the end of a stream`, async () => {
    const answer = await transport().stream(
      watch,
      undefined,
      undefined,
      undefined,
      createAsyncIterable([request("fault")]),
    );
    let count = 0;
    const error = await (async () => {
      for await (const _ of answer.message) count += 1;
    })().then(() => assert.fail(), ConnectError.from);
    assert.equal(count, 3);
    assert.equal(error.findDetails(BadRequestSchema)[0]?.fieldViolations[0]?.field, "term");
  });

  test(`${protocol}: a deadline is the service's too, and passes`, async () => {
    const hangUp = new AbortController();
    const calls = rig.heard.length;
    const longMs = 600_000;
    const ended = transport()
      .unary(echo, hangUp.signal, longMs, undefined, request("wait"))
      .then(() => assert.fail(), ConnectError.from);
    while (rig.heard.length === calls) await new Promise(setImmediate);
    const { timeoutMs } = rig.heard.at(-1)!;
    assert.ok(timeoutMs !== undefined && timeoutMs <= longMs, String(timeoutMs));
    hangUp.abort();
    await ended;
    await hangUpHeard(rig);

    const error = await transport()
      .unary(echo, undefined, 20, undefined, request("wait"))
      .then(() => assert.fail(), ConnectError.from);
    assert.equal(error.code, Code.DeadlineExceeded);
  });

  test(`${protocol}: who hangs up is not worked for`, async () => {
    const hangUp = new AbortController();
    const calls = rig.heard.length;
    const call = transport().unary(echo, hangUp.signal, undefined, undefined, request("wait"));
    const ended = call.then(() => assert.fail(), ConnectError.from);
    while (rig.heard.length === calls) await new Promise(setImmediate);
    hangUp.abort();
    assert.equal((await ended).code, Code.Canceled);
    await hangUpHeard(rig);
  });
}

test("a call without a deadline gets one; a stream does not", async () => {
  await post("EchoTerm", { term: "tea" });
  const { timeoutMs } = rig.heard.at(-1)!;
  assert.ok(timeoutMs !== undefined && timeoutMs > 20_000 && timeoutMs <= 30_000, String(timeoutMs));
  const answer = await protocols["Connect"]!().stream(
    watch,
    undefined,
    undefined,
    undefined,
    createAsyncIterable([request("x")]),
  );
  for await (const _ of answer.message);
  assert.equal(rig.heard.at(-1)?.timeoutMs, undefined);
});

test("what is not for people, browsers or anybody is not there", async () => {
  for (const name of ["SealTerm", "CopyTerms", "FeedTerms", "BareTerm", "NoSuchTerm"]) {
    const response = await post(name, {}, { authorization: "Bearer t" });
    assert.equal(response.status, 501, name);
    assert.equal(await reasonOf(response), "METHOD_UNKNOWN");
  }
  for (const name of ["EchoTerm", "ChangeTerm", "WatchTerm", "AskTerm"]) {
    assert.ok(rig.gateway.paths.includes(`/${service}/${name}`), name);
  }
});

test("a service that is lost while it works is one that cannot be reached; a caller who is lost is told nothing new", () => {
  const reason = (error: ConnectError) => error.findDetails(ErrorInfoSchema)[0]?.reason;
  for (const code of [Code.Aborted, Code.Canceled]) {
    const cut = asSent(new ConnectError("read ECONNRESET", code), false);
    assert.equal(cut.code, Code.Unavailable);
    assert.equal(reason(cut), "SERVICE_UNREACHABLE");
    assert.doesNotMatch(cut.message, /ECONN/);
  }
  assert.equal(asSent(new ConnectError("gone", Code.Canceled), true).code, Code.Canceled);
});

test("what a service did not word itself stays inside", async () => {
  const response = await post("EchoTerm", { term: "broken" });
  assert.equal(response.status, 500);
  assert.doesNotMatch(await response.text(), /driver|10\.0\.0\.7/);
});

test("a misspelt field is told, a zero is shown", async () => {
  const misspelt = await post("EchoTerm", { term: "tea", termm: 1 });
  assert.equal(misspelt.status, 400);
  assert.match(await misspelt.text(), /termm/);
  const answer = (await (await post("EchoTerm", { term: "tea" })).json()) as { matches: { typingErrors: number }[] };
  assert.equal(answer.matches[0]?.typingErrors, 0);
});

test("what cannot be read as a request is refused with the reason, and reaches no service", async () => {
  const calls = rig.heard.length;
  const json = { "content-type": "application/json" };
  const echoUrl = `${rig.url}/${service}/EchoTerm`;
  const cases: readonly [name: string, sent: RequestInit, status: number, words: RegExp][] = [
    ["a field too many", { method: "POST", headers: json, body: '{"termm": 1}' }, 400, /termm/],
    ["a text for a number", { method: "POST", headers: json, body: '{"limit": "many"}' }, 400, /limit/],
    ["half of it", { method: "POST", headers: json, body: '{"term": ' }, 400, /JSON/],
    ["nothing", { method: "POST", headers: json, body: "" }, 400, /JSON/],
    [
      "a deadline in words",
      { method: "POST", headers: { ...json, "connect-timeout-ms": "soon" }, body: "{}" },
      400,
      /./,
    ],
    [
      "a form",
      { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" }, body: "{}" },
      415,
      /application\/json/,
    ],
    ["no type", { method: "POST", headers: { "content-type": "" }, body: "{}" }, 415, /application\/json/],
    ["another method", { method: "PUT", headers: json, body: "{}" }, 405, /POST/],
  ];
  for (const [name, sent, status, words] of cases) {
    const response = await fetch(echoUrl, sent);
    assert.equal(response.status, status, name);
    assert.match(response.headers.get("content-type") ?? "", /^application\/json/, name);
    const text = await response.text();
    assert.match((JSON.parse(text) as { message: string }).message, words, name);
    assert.equal(await reasonOf(new Response(text)), "REQUEST_MALFORMED", name);
  }
  assert.equal((await fetch(echoUrl, { method: "PUT", headers: json, body: "{}" })).headers.get("allow"), "POST, GET");
  assert.equal(rig.heard.length, calls);
});

test("a request that is too large does not come through", async () => {
  const calls = rig.heard.length;
  // The connection may end before all of it was sent.
  const status = await post("EchoTerm", { term: "x".repeat(5 * 1024 * 1024) }).then(
    (response) => response.status,
    () => 429,
  );
  assert.equal(status, 429);
  assert.equal(rig.heard.length, calls);
});

test("streams end when the gateway is asked to stop", async () => {
  const stopping = await startRig({ methods });
  try {
    const transport = createConnectTransport({ baseUrl: stopping.url, httpVersion: "1.1" });
    const input = createAsyncIterable([request("wait")]);
    const answer = await transport.stream(watch, undefined, undefined, undefined, input);
    let count = 0;
    const error = await (async () => {
      for await (const _ of answer.message) if ((count += 1) === 3) stopping.gateway.stop();
    })().then(() => assert.fail(), ConnectError.from);
    assert.equal(error.code, Code.Unavailable);
    assert.equal(error.findDetails(ErrorInfoSchema)[0]?.reason, "SERVICE_STOPPING");
  } finally {
    await stopping.stop();
  }
});

test("a staff session opens nothing, and API paths set no cookie", async () => {
  const response = await post("EchoTerm", { term: "tea" }, { cookie: "brokerage_session=1" });
  assert.equal(rig.heard.at(-1)?.headers.get("authorization"), null);
  assert.equal(response.headers.get("set-cookie"), null);
  assert.equal((await post("NoSuchTerm", {})).headers.get("set-cookie"), null);
});

test("pages of other origins: those that the deployment names, and every one for what anybody may call", async () => {
  const stranger = { origin: "https://stranger.example" };
  const refused = await post("EchoTerm", { term: "tea" }, stranger);
  assert.equal(refused.status, 403);
  assert.equal(refused.headers.get("access-control-allow-origin"), null);
  assert.equal(await reasonOf(refused), "ORIGIN_NOT_ALLOWED");
  const allowed = await post("EchoTerm", { term: "tea" }, { origin: friend });
  assert.equal(allowed.headers.get("access-control-allow-origin"), friend);
  assert.match(allowed.headers.get("access-control-expose-headers") ?? "", /Grpc-Status-Details-Bin/i);
  assert.match(allowed.headers.get("vary") ?? "", /Origin/);
  assert.equal(allowed.headers.get("access-control-allow-credentials"), null);
  const open = await post("AskTerm", { term: "tea" }, stranger);
  assert.equal(open.headers.get("access-control-allow-origin"), "*");
  for (const [name, status] of [
    ["EchoTerm", 403],
    ["AskTerm", 204],
  ] as const) {
    const asked = await fetch(`${rig.url}/${service}/${name}`, { method: "OPTIONS", headers: stranger });
    assert.equal(asked.status, status, name);
    assert.equal(asked.headers.has("access-control-allow-origin"), status === 204);
  }
});

test("what anybody may read can be kept, and is not sent twice", async () => {
  const address = `${rig.url}/${service}/ShowSkills?encoding=json&message=%7B%7D`;
  const first = await fetch(address);
  const etag = first.headers.get("etag") ?? "";
  assert.equal(first.headers.get("cache-control"), "public, max-age=60");
  assert.equal(first.headers.get("access-control-allow-origin"), "*");
  assert.match(etag, /^W\/"/);
  const again = await fetch(address, { headers: { "if-none-match": etag } });
  assert.deepEqual([again.status, await again.text()], [304, ""]);
  const other = await fetch(`${rig.url}/${service}/AskTerm?encoding=json&message=%7B%7D`, {
    headers: { "if-none-match": etag },
  });
  assert.equal(other.status, 200);
  const kept = await fetch(`${rig.url}/${service}/EchoTerm?encoding=json&message=%7B%7D`);
  assert.deepEqual([kept.headers.get("cache-control"), kept.headers.get("etag")], ["no-store", null]);
});

test("the log has patterns and codes, and nothing that was sent", async () => {
  await post("EchoTerm", { term: "Ann Example" }, { authorization: "Bearer vb_secret" });
  await fetch(`${rig.url}/${service}/AskTerm?encoding=json&message=${encodeURIComponent('{"term":"Bob Example"}')}`);
  await post("Ann-Example-Method", {});
  const log = rig.log.join("");
  assert.match(log, new RegExp(`"route":"/${service}/EchoTerm"`));
  assert.doesNotMatch(log, /Example|vb_secret|127\.0\.0\.1/);
});

test("the rest is left to the console", async () => {
  assert.equal(await (await fetch(`${rig.url}/volunteers`)).text(), "a page");
});
