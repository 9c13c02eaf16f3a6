// The way in for programs that speak Connect, gRPC-Web or plain JSON. Everything under /brokerage.… is its; it knows no cookie and no
// session.
import type { JsonValue } from "@bufbuild/protobuf";
import { Code, ConnectError, createConnectRouter, createContextValues } from "@connectrpc/connect";
import type { UniversalHandler, UniversalServerResponse } from "@connectrpc/connect/protocol";
import {
  compressionBrotli,
  compressionGzip,
  universalRequestFromNodeRequest,
  universalResponseToNodeResponse,
} from "@connectrpc/connect-node";
import { errorFromJson } from "@connectrpc/connect/protocol-connect";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";

import { whenOver } from "../server/access-log.ts";
import type { Over } from "../server/access-log.ts";
import type { Log } from "../server/log.ts";
import type { Metrics } from "../server/metrics.ts";
import { callingOf } from "./calling.ts";
import { pathOf } from "./contract.ts";
import type { Contract } from "./contract.ts";
import { Origins, answerPreflight } from "./cors.ts";
import { codeName, formNotKnown, notOffered, notRead, originRefused, rateLimited, stopping } from "./errors.ts";
import { forwardAll, newPassage, passageKey } from "./forward.ts";
import type { Passage, TransportOf } from "./forward.ts";
import { isPublic, isServerStream } from "./permission.ts";
import { RateLimits } from "./rate-limits.ts";
import type { CallRates } from "./rate-limits.ts";
import { refuse } from "./refusal.ts";

export interface GatewayOptions {
  readonly contract: Contract;
  readonly transportOf: TransportOf;
  /** Whose pages may call what needs a credential: `https://centre.example`. */
  readonly origins: readonly string[];
  readonly rates: CallRates;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly now?: () => number;
}

/** As much as the services read. */
const largestRequestBytes = 4 * 1024 * 1024;
/** A stream lives no longer than a day, whatever its deadline says. */
const longestDeadlineMs = 24 * 3600_000;

const isOfApi = (path: string) => /^\/brokerage\.[\w.]+\//.test(path);

export class Gateway {
  private readonly handlers: ReadonlyMap<string, UniversalHandler>;
  private readonly limits: RateLimits;
  private readonly origins: Origins;
  private readonly stopped = new AbortController();
  private streams = 0;

  constructor(private readonly options: GatewayOptions) {
    const { contract, transportOf, rates, now, origins } = options;
    const router = createConnectRouter({
      grpc: false,
      acceptCompression: [compressionGzip, compressionBrotli],
      readMaxBytes: largestRequestBytes,
      maxTimeoutMs: longestDeadlineMs,
      shutdownSignal: this.stopped.signal,
      // A misspelt field is a mistake to tell; a zero is an answer to give.
      jsonOptions: { ignoreUnknownFields: false, alwaysEmitImplicit: true, registry: contract.registry },
    });
    forwardAll(router, contract.methods, transportOf);
    this.handlers = new Map(router.handlers.map((handler) => [handler.requestPath, handler]));
    this.limits = new RateLimits(rates, now);
    this.origins = new Origins(new Set(origins));
  }

  /** What can be called, by path. */
  get paths(): readonly string[] {
    return [...this.handlers.keys()];
  }

  /** How many streams are open. */
  get streamsOpen(): number {
    return this.streams;
  }

  /** Ends the streams that are open. */
  stop(): void {
    this.stopped.abort(stopping());
  }

  /** Takes what is the gateway's, and leaves the rest to `others`. */
  before(others: RequestListener): RequestListener {
    return (request, response) => {
      const path = (request.url ?? "").split("?", 1)[0] ?? "";
      if (isOfApi(path)) this.take(path, request, response);
      else others(request, response);
    };
  }

  private take(path: string, request: IncomingMessage, response: ServerResponse): void {
    const handler = this.handlers.get(path);
    const passage = newPassage();
    whenOver(request, response, (over) => this.record(handler, over, passage));
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Cache-Control", "no-store");
    const refuseWith = (error: ConnectError) => {
      passage.code = error.code;
      refuse(request, response, error);
    };
    if (handler === undefined) return refuseWith(notOffered());
    if (!this.origins.admit(request, response, isPublic(handler.method))) return refuseWith(originRefused());
    if (request.method === "OPTIONS") return answerPreflight(response);
    const calling = callingOf(request);
    const waitMs = this.limits.take(calling);
    if (waitMs > 0) {
      this.options.metrics.limited("api");
      return refuseWith(rateLimited(waitMs));
    }
    if (isServerStream(handler.method)) this.countStream(response);
    response.once("close", () => {
      if (passage.admitted === true) this.limits.admitted(calling);
      else if (passage.admitted === false) this.limits.refused(calling);
    });
    void this.call(handler, request, response, passage);
  }

  private countStream(response: ServerResponse): void {
    this.streams += 1;
    response.once("close", () => {
      this.streams -= 1;
    });
  }

  private record(handler: UniversalHandler | undefined, over: Over, passage: Passage): void {
    const route = handler === undefined ? "other" : pathOf(handler.method);
    const code = passage.code === undefined ? {} : { code: Code[passage.code] };
    this.options.log.info("request", { ...over, route, ...code });
    // A question about origins is no call.
    if (over.method === "OPTIONS" && passage.code === undefined) return;
    const isStream = handler !== undefined && isServerStream(handler.method);
    this.options.metrics.call(route.replace(/^\//, ""), endOf(passage, over), over, isStream);
  }

  private async call(
    handler: UniversalHandler,
    request: IncomingMessage,
    response: ServerResponse,
    passage: Passage,
  ): Promise<void> {
    // A browser sends its cookies along to a page of the same origin. They are nobody's here.
    delete request.headers.cookie;
    const values = createContextValues().set(passageKey, passage);
    try {
      const call = universalRequestFromNodeRequest(request, response, undefined, values);
      const answer = unlessKnown(request, await handler(call));
      const unread = passage.reached ? undefined : await whyUnread(handler, answer);
      if (unread !== undefined) {
        passage.code = unread.code;
        if (answer.status === 405) response.setHeader("Allow", handler.allowedMethods.join(", "));
        return refuse(request, response, unread, answer.status);
      }
      response.appendHeader("Vary", "Accept-Encoding");
      await universalResponseToNodeResponse(answer, response);
    } catch (error) {
      // The caller has gone, or its request was cut off: there is nobody to answer.
      passage.code ??= ConnectError.from(error).code;
      response.destroy();
    }
  }
}

/** Why Connect could not read a call, if it says so in words or by the status alone; what it says in frames it says itself. */
async function whyUnread(
  handler: UniversalHandler,
  answer: UniversalServerResponse,
): Promise<ConnectError | undefined> {
  const { status, header, body } = answer;
  if (status === 415) return formNotKnown("the Content-Type is none that is understood: for JSON, application/json");
  if (status === 405) return formNotKnown(`the HTTP method is to be ${handler.allowedMethods.join(" or ")}`);
  if (status < 400 || header?.get("content-type") !== "application/json" || header.has("content-encoding"))
    return undefined;
  if (body === undefined || !(Symbol.asyncIterator in body)) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  const said = JSON.parse(Buffer.concat(chunks).toString()) as JsonValue;
  return notRead(
    errorFromJson(said, undefined, new ConnectError("the request could not be read", Code.InvalidArgument)),
  );
}

/** gRPC's name of how a call ended. What Connect itself refuses, it refuses for its form. */
function endOf({ code, reached }: Passage, { whole }: Over): string {
  if (code !== undefined) return codeName(code);
  if (!reached) return codeName(Code.InvalidArgument);
  return whole ? "OK" : codeName(Code.Canceled);
}

/** `answer`, or that it is the one which the caller has. */
function unlessKnown(request: IncomingMessage, answer: UniversalServerResponse): UniversalServerResponse {
  const etag = answer.header?.get("etag");
  const known = request.headers["if-none-match"]?.split(",").map((tag) => tag.trim());
  if (answer.status !== 200 || !etag || known?.includes(etag) !== true) return answer;
  const header = new Headers({ ETag: etag, "Cache-Control": answer.header?.get("cache-control") ?? "" });
  return { status: 304, header };
}
