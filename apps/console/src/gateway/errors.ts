// Errors as the gateway sends them: those of the services, made anew so that nothing of the inner connection goes along, and the
// gateway's own.
import type { DescMessage, MessageInitShape } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";

import {
  BadRequestSchema,
  ErrorInfoSchema,
  PreconditionFailureSchema,
  RetryInfoSchema,
} from "#protos/google/rpc/error_details_pb";

import { cut, reasonOf } from "../services/failure.ts";

type Detail = { desc: DescMessage; value: MessageInitShape<DescMessage> };

const known = [ErrorInfoSchema, BadRequestSchema, PreconditionFailureSchema, RetryInfoSchema] as const;

const info = (reason: string): Detail => ({ desc: ErrorInfoSchema, value: { domain: "brokerage", reason } });

const retryIn = (ms: number): Detail => {
  const seconds = Math.floor(ms / 1000);
  return {
    desc: RetryInfoSchema,
    value: { retryDelay: { seconds: BigInt(seconds), nanos: Math.round(ms - seconds * 1000) * 1_000_000 } },
  };
};

const patienceMs = 5_000;

/** gRPC's name of a code: "NOT_FOUND". */
export function codeName(code: Code): string {
  if (code === Code.Canceled) return "CANCELLED";
  return (Code[code] ?? "Unknown").replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();
}

/** What is said of a call that did not reach its service or came back without the service's own words. */
function ofTransport(code: Code): ConnectError {
  switch (code) {
    case Code.DeadlineExceeded:
      return new ConnectError("the deadline passed", code, undefined, [info("DEADLINE_EXCEEDED")]);
    case Code.Canceled:
      return new ConnectError("the caller has gone", code, undefined, [info("CANCELLED")]);
    case Code.Unavailable:
      return new ConnectError("the service cannot be reached now", code, undefined, [
        info("SERVICE_UNREACHABLE"),
        retryIn(patienceMs),
      ]);
    case Code.Unimplemented:
      return new ConnectError("the service that runs does not know this method", code, undefined, [
        info("METHOD_UNKNOWN"),
      ]);
    case Code.ResourceExhausted:
      return new ConnectError("the message is larger than the service takes", code, undefined, [
        info("MESSAGE_TOO_LARGE"),
      ]);
    default:
      return new ConnectError("something went wrong here", Code.Internal, undefined, [info("INTERNAL")]);
  }
}

/** `error`, as a caller who is there still, or `isGone`, may see it: its code, its words and its details. */
export function asSent(error: unknown, isGone: boolean): ConnectError {
  const from = ConnectError.from(error);
  if (reasonOf(from) === "") return ofTransport(!isGone && cut.has(from.code) ? Code.Unavailable : from.code);
  const details = known.flatMap((desc) => from.findDetails<DescMessage>(desc).map((value) => ({ desc, value })));
  return new ConnectError(from.rawMessage, from.code, undefined, details);
}

export const rateLimited = (waitMs: number) =>
  new ConnectError("too many calls; wait for as long as the details say", Code.ResourceExhausted, undefined, [
    info("RATE_LIMITED"),
    retryIn(waitMs),
  ]);

export const originRefused = () =>
  new ConnectError("pages of this origin may not call", Code.PermissionDenied, undefined, [info("ORIGIN_NOT_ALLOWED")]);

export const notOffered = () =>
  new ConnectError("there is no such method here; /api lists those that there are", Code.Unimplemented, undefined, [
    info("METHOD_UNKNOWN"),
  ]);

/** What is said of a request that Connect could not read: in its words, with the reason that they lack. */
export const notRead = ({ rawMessage, code }: ConnectError) =>
  new ConnectError(rawMessage, code, undefined, [
    info(code === Code.ResourceExhausted ? "MESSAGE_TOO_LARGE" : "REQUEST_MALFORMED"),
  ]);

export const formNotKnown = (what: string) =>
  new ConnectError(what, Code.InvalidArgument, undefined, [info("REQUEST_MALFORMED")]);

export const stopping = () =>
  new ConnectError("the gateway is stopping", Code.Unavailable, undefined, [
    info("SERVICE_STOPPING"),
    retryIn(patienceMs),
  ]);
