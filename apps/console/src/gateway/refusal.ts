// Refuses a call before its body is read, in the words of the protocol that it came in.
import type { ConnectError } from "@connectrpc/connect";
import { encodeEnvelope } from "@connectrpc/connect/protocol";
import {
  codeToHttpStatus,
  contentTypeStreamRegExp,
  endStreamFlag,
  endStreamToJson,
  errorToJson,
} from "@connectrpc/connect/protocol-connect";
import { contentTypeRegExp as grpcWeb, setTrailerStatus } from "@connectrpc/connect/protocol-grpc-web";
import type { IncomingMessage, ServerResponse } from "node:http";

import { RetryInfoSchema } from "#protos/google/rpc/error_details_pb";

function retryAfterSeconds(error: ConnectError): number | undefined {
  const delay = error.findDetails(RetryInfoSchema)[0]?.retryDelay;
  return delay === undefined ? undefined : Math.max(1, Math.ceil(Number(delay.seconds) + delay.nanos / 1e9));
}

export function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  error: ConnectError,
  status = codeToHttpStatus(error.code),
): void {
  const type = request.headers["content-type"] ?? "";
  const retryAfter = retryAfterSeconds(error);
  if (retryAfter !== undefined) response.setHeader("Retry-After", retryAfter);
  // What was sent is not read: the connection ends with the answer.
  if (!request.complete) response.setHeader("Connection", "close");
  if (grpcWeb.test(type)) {
    response.writeHead(200, { "Content-Type": type, ...Object.fromEntries(setTrailerStatus(new Headers(), error)) });
    response.end();
  } else if (contentTypeStreamRegExp.test(type)) {
    const end = JSON.stringify(endStreamToJson(new Headers(), error, undefined));
    response.writeHead(200, { "Content-Type": type });
    response.end(encodeEnvelope(endStreamFlag, new TextEncoder().encode(end)));
  } else {
    response.writeHead(status, { "Content-Type": "application/json" });
    response.end(JSON.stringify(errorToJson(error, undefined)));
  }
}
