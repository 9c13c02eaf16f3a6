// A gateway before a service that is played: what it was asked, and what it answers, is the test's to say.
import type { DescMethod } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import type { ConnectRouter, HandlerContext } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { createServer } from "node:http";
import type { Server } from "node:http";
import { createServer as createHttp2Server } from "node:http2";
import type { ServerHttp2Session } from "node:http2";
import type { AddressInfo } from "node:net";

import {
  BadRequestSchema,
  ErrorInfoSchema,
  PreconditionFailureSchema,
  RetryInfoSchema,
} from "#protos/google/rpc/error_details_pb";

import { readContract } from "../../../../apps/console/src/gateway/contract.ts";
import { Gateway } from "../../../../apps/console/src/gateway/gateway.ts";
import { upstream } from "../../../../apps/console/src/gateway/upstream.ts";
import { createLog } from "../../../../apps/console/src/server/log.ts";
import { Metrics } from "../../../../apps/console/src/server/metrics.ts";
import { contractWith, service } from "./contract.ts";
import type { MethodAdded } from "./contract.ts";
import { until } from "./processes.ts";

export interface Heard {
  readonly method: string;
  readonly headers: Headers;
  readonly timeoutMs: number | undefined;
  readonly term: string;
  aborted: boolean;
}

export interface Rig {
  readonly url: string;
  readonly gateway: Gateway;
  /** What came to the service. */
  readonly heard: readonly Heard[];
  /** The lines of the log. */
  readonly log: readonly string[];
  readonly metrics: Metrics;
  /** Moves the gateway's clock. */
  pass(ms: number): void;
  stop(): Promise<void>;
}

export interface RigOptions {
  readonly methods: readonly MethodAdded[];
  readonly origins?: readonly string[];
  readonly perCredential?: number;
  readonly perAddress?: number;
}

/** What a service says of a request that is wrong. */
export function fault(): ConnectError {
  return new ConnectError("term: is required", Code.InvalidArgument, { "x-inside": "secret" }, [
    { desc: ErrorInfoSchema, value: { reason: "INVALID_FIELDS", domain: "brokerage" } },
    { desc: BadRequestSchema, value: { fieldViolations: [{ field: "term", description: "is required" }] } },
    {
      desc: PreconditionFailureSchema,
      value: { violations: [{ type: "NO_FREE_PLACE", subject: "tea", description: "pour" }] },
    },
    { desc: RetryInfoSchema, value: { retryDelay: { seconds: 7n, nanos: 0 } } },
  ]);
}

const listening = (server: { listen(port: number, host: string, then: () => void): unknown }) =>
  new Promise<number>((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve(((server as Server).address() as AddressInfo).port)),
  );

class PlayedService {
  readonly heard: Heard[] = [];
  private count = 0;

  constructor(private readonly methods: readonly DescMethod[]) {}

  readonly routes = (router: ConnectRouter): void => {
    for (const method of this.methods) {
      if (method.methodKind === "unary") router.rpc(method as never, this.unary(method) as never);
      if (method.methodKind === "server_streaming") router.rpc(method as never, this.stream(method) as never);
    }
  };

  private hear(method: DescMethod, request: object, context: HandlerContext): Heard {
    const term = String((request as Record<string, unknown>)["term"] ?? "");
    const timeoutMs = context.timeoutMs();
    const heard = { method: method.name, headers: context.requestHeader, timeoutMs, term, aborted: false };
    this.heard.push(heard);
    return heard;
  }

  private async act(heard: Heard, context: HandlerContext): Promise<void> {
    if (heard.term === "fault") throw fault();
    if (heard.term === "stranger") {
      throw new ConnectError("who?", Code.Unauthenticated, undefined, [
        { desc: ErrorInfoSchema, value: { reason: "CREDENTIAL_INVALID", domain: "brokerage" } },
      ]);
    }
    if (heard.term === "broken") throw new ConnectError("driver: 10.0.0.7 said no", Code.Internal);
    if (heard.term !== "wait") return;
    await new Promise<void>((resolve) => context.signal.addEventListener("abort", () => resolve()));
    heard.aborted = true;
  }

  private answer(term: string) {
    this.count += 1;
    return { matches: [{ displayName: term }], skills: [{ displayName: "Tea" }], nextPageToken: `page-${this.count}` };
  }

  private unary(method: DescMethod) {
    return async (request: object, context: HandlerContext) => {
      const heard = this.hear(method, request, context);
      await this.act(heard, context);
      return this.answer(heard.term);
    };
  }

  private stream(method: DescMethod) {
    const play = this;
    return async function* (request: object, context: HandlerContext) {
      const heard = play.hear(method, request, context);
      for (let count = 0; count < 3; ++count) yield play.answer(`${heard.term}-${count}`);
      await play.act(heard, context);
    };
  }
}

export async function startRig({
  methods,
  origins = [],
  perCredential = 1000,
  perAddress = 1000,
}: RigOptions): Promise<Rig> {
  const contract = readContract(contractWith(methods));
  const served = contract.registry.getService(service)?.methods ?? [];
  const play = new PlayedService(served.filter(({ name }) => methods.some((method) => method.name === name)));
  const inner = createHttp2Server(connectNodeAdapter({ routes: play.routes }));
  const sessions = new Set<ServerHttp2Session>();
  inner.on("session", (session) => sessions.add(session));
  const innerPort = await listening(inner);
  const log: string[] = [];
  let passed = 0;
  const metrics: Metrics = new Metrics({
    sessions: () => 0,
    pageStreams: () => 0,
    apiStreams: () => gateway.streamsOpen,
  });
  const gateway: Gateway = new Gateway({
    contract,
    transportOf: upstream(`127.0.0.1:${innerPort}`, `127.0.0.1:${innerPort}`),
    origins,
    rates: { perCredential, perAddress },
    log: createLog((line) => log.push(line)),
    metrics,
    now: () => passed,
  });
  const outer = createServer(
    gateway.before((_request, response) => {
      response.setHeader("set-cookie", "brokerage_visit=1");
      response.end("a page");
    }),
  );
  const port = await listening(outer);
  return {
    url: `http://127.0.0.1:${port}`,
    gateway,
    heard: play.heard,
    log,
    metrics,
    pass: (ms) => {
      passed += ms;
    },
    stop: async () => {
      gateway.stop();
      outer.closeAllConnections();
      await new Promise((resolve) => outer.close(resolve));
      for (const session of sessions) session.destroy();
      inner.close();
    },
  };
}

/** Waits until the service has heard that the caller of the last call is gone. */
export const hangUpHeard = (rig: Rig) =>
  until(() => rig.heard.at(-1)?.aborted === true, "the service to hear that the caller has gone");
