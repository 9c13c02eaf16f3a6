// A page's program that calls the API: put into a page of another origin, and driven by the test.
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import type { Transport } from "@connectrpc/connect";
import { createConnectTransport, createGrpcWebTransport } from "@connectrpc/connect-web";

import { MatchingService } from "#protos/brokerage/matching/v1/matching_service_pb";
import { ReferenceService } from "#protos/brokerage/registry/v1/reference_service_pb";
import { BadRequestSchema, ErrorInfoSchema } from "#protos/google/rpc/error_details_pb";

export type Protocol = "Connect" | "gRPC-Web" | "JSON";

export interface Caller {
  readonly url: string;
  readonly token: string;
  readonly protocol: Protocol;
}

function transportOf({ url, protocol }: Caller): Transport {
  if (protocol === "gRPC-Web") return createGrpcWebTransport({ baseUrl: url });
  return createConnectTransport({
    baseUrl: url,
    useBinaryFormat: protocol === "Connect",
    useHttpGet: protocol === "JSON",
  });
}

const headersOf = ({ token }: Caller) => ({ headers: { authorization: `Bearer ${token}` } });

async function failureOf(call: Promise<unknown>) {
  const error = await call.then(() => undefined, ConnectError.from);
  if (error === undefined) return undefined;
  const fields = error.findDetails(BadRequestSchema).flatMap(({ fieldViolations }) => fieldViolations);
  return {
    code: Code[error.code],
    reason: error.findDetails(ErrorInfoSchema)[0]?.reason ?? "",
    fields: fields.map(({ field }) => field),
  };
}

export const api = {
  async unary(caller: Caller) {
    const reference = createClient(ReferenceService, transportOf(caller));
    const answer = await reference.resolvePlace({ postcode: "TN23 1PL" }, headersOf(caller));
    return answer.district;
  },

  details(caller: Caller) {
    const reference = createClient(ReferenceService, transportOf(caller));
    return failureOf(reference.resolvePlace({}, headersOf(caller)));
  },

  /** Reads the first event of a stream, hangs up, and answers what came. */
  async stream(caller: Caller, parent: string, opportunity: string) {
    const matching = createClient(MatchingService, transportOf(caller));
    const hangUp = new AbortController();
    const options = { ...headersOf(caller), signal: hangUp.signal };
    let first: string | undefined;
    const ended = failureOf(
      (async () => {
        for await (const { event } of matching.watchMatches({ parent, opportunity, limit: 5 }, options)) {
          first ??= event.case;
          hangUp.abort();
        }
      })(),
    );
    return { ended: await ended, first };
  },

  /** Follows a stream that would go on, with a deadline. */
  deadline(caller: Caller, parent: string, opportunity: string) {
    const matching = createClient(MatchingService, transportOf(caller));
    const options = { ...headersOf(caller), timeoutMs: 700 };
    return failureOf(
      (async () => {
        for await (const _ of matching.watchMatches({ parent, opportunity }, options));
      })(),
    );
  },
};

Object.assign(globalThis, { api });
