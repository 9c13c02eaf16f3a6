// The way in for programs that speak Connect, gRPC-Web or plain JSON. Everything under /brokerage.… is its; it knows no cookie and no
// session.
import { Code, ConnectError, createConnectRouter, createContextValues } from "@connectrpc/connect";
import type { UniversalHandler, UniversalServerResponse } from "@connectrpc/connect/protocol";
import {
  compressionBrotli,
  compressionGzip,
  universalRequestFromNodeRequest,
  universalResponseToNodeResponse,
} from "@connectrpc/connect-node";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";

import { logRequest } from "../server/access-log.ts";
import type { Log } from "../server/log.ts";
import { callingOf } from "./calling.ts";
import { pathOf } from "./contract.ts";
import type { Contract } from "./contract.ts";
import { Origins, answerPreflight } from "./cors.ts";
import { notOffered, originRefused, rateLimited, stopping } from "./errors.ts";
import { forwardAll, passageKey } from "./forward.ts";
import type { Passage, TransportOf } from "./forward.ts";
import { isPublic } from "./permission.ts";
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
    const passage: Passage = { code: undefined, admitted: undefined };
    logRequest(this.options.log, request, response, () => ({
      route: handler === undefined ? "other" : pathOf(handler.method),
      ...(passage.code === undefined ? {} : { code: Code[passage.code] }),
    }));
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
    if (waitMs > 0) return refuseWith(rateLimited(waitMs));
    response.once("close", () => {
      if (passage.admitted === true) this.limits.admitted(calling);
      else if (passage.admitted === false) this.limits.refused(calling);
    });
    void this.call(handler, request, response, passage);
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
      response.appendHeader("Vary", "Accept-Encoding");
      await universalResponseToNodeResponse(answer, response);
    } catch (error) {
      // The caller has gone, or its request was cut off: there is nobody to answer.
      passage.code ??= ConnectError.from(error).code;
      response.destroy();
    }
  }
}

/** `answer`, or that it is the one which the caller has. */
function unlessKnown(request: IncomingMessage, answer: UniversalServerResponse): UniversalServerResponse {
  const etag = answer.header?.get("etag");
  const known = request.headers["if-none-match"]?.split(",").map((tag) => tag.trim());
  if (answer.status !== 200 || !etag || known?.includes(etag) !== true) return answer;
  const header = new Headers({ ETag: etag, "Cache-Control": answer.header?.get("cache-control") ?? "" });
  return { status: 304, header };
}
