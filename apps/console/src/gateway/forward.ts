// Passes calls on to the services. What they serve is told by packages; of methods only the shape is known.
import { clone, toBinary } from "@bufbuild/protobuf";
import type { DescMessage, DescMethod, DescMethodServerStreaming, DescMethodUnary, Message } from "@bufbuild/protobuf";
import { Code, ConnectError, createContextKey } from "@connectrpc/connect";
import type { ConnectRouter, HandlerContext, Transport } from "@connectrpc/connect";
import { createHash } from "node:crypto";

import { asSent } from "./errors.ts";
import { isPublic, isRead, isServerStream, isUnary } from "./permission.ts";

/** One call on its way through. */
export interface Passage {
  /** How it ended: what the log says. */
  code: Code | undefined;
  /** Whether a service let the caller in: false for a credential that it does not know, undefined when it said neither. */
  admitted: boolean | undefined;
  /** Whether it was understood, and went on to a service. */
  reached: boolean;
}

export const newPassage = (): Passage => ({ code: undefined, admitted: undefined, reached: false });

export const passageKey = createContextKey<Passage>(newPassage());

/** The service that serves all of a package. */
export type TransportOf = (packageName: string) => Transport | undefined;

/** Of a call that names no deadline; streams may do without. */
const unaryDeadlineMs = 30_000;
const noDeadline = 0;
/** For so long a page may show what anybody may read without asking again. */
const publicAgeSeconds = 60;
/** Less than a page token is good for: an answer that is still the same is told anew after this long. */
const tokenAgeMs = 30 * 60_000;

/** The headers that a service sees: who calls, and nothing else that a browser says. */
function passedOn(context: HandlerContext): Headers {
  const headers = new Headers();
  const authorization = context.requestHeader.get("authorization");
  if (authorization !== null) headers.set("authorization", authorization);
  return headers;
}

/** What is left of the caller's deadline; undefined when it named none. */
function remaining(context: HandlerContext): number | undefined {
  const left = context.timeoutMs();
  return left === undefined ? undefined : Math.max(1, left);
}

function failed(error: unknown, context: HandlerContext): ConnectError {
  const sent = asSent(error, context.signal.aborted);
  const passage = context.values.get(passageKey);
  passage.code = sent.code;
  if (sent.code === Code.Unauthenticated) passage.admitted = false;
  return sent;
}

/**
 * The mark of an answer that says the same. A token for the next page is made anew each time, so that it is left out: instead the mark
 * changes before the token that someone kept is too old.
 */
function etagOf(schema: DescMessage, answer: Message): string {
  const same = clone(schema, answer);
  const token = schema.field["nextPageToken"];
  if (token !== undefined) (same as unknown as Record<string, unknown>)[token.localName] = "";
  const hash = createHash("sha256").update(toBinary(schema, same));
  return `W/"${hash
    .update(String(Math.floor(Date.now() / tokenAgeMs)))
    .digest("base64url")
    .slice(0, 22)}"`;
}

function forwardUnary(router: ConnectRouter, method: DescMethodUnary, transport: Transport): void {
  const isCached = isPublic(method) && isRead(method);
  router.rpc(method, async (request, context) => {
    const timeoutMs = remaining(context) ?? unaryDeadlineMs;
    context.values.get(passageKey).reached = true;
    try {
      const answer = await transport.unary(method, context.signal, timeoutMs, passedOn(context), request);
      context.values.get(passageKey).admitted = true;
      if (isCached && context.requestMethod === "GET") {
        context.responseHeader.set("Cache-Control", `public, max-age=${publicAgeSeconds}`);
        context.responseHeader.set("ETag", etagOf(method.output, answer.message));
      }
      return answer.message;
    } catch (error) {
      throw failed(error, context);
    }
  });
}

async function* only<T>(value: T): AsyncGenerator<T> {
  yield value;
}

function forwardStream(router: ConnectRouter, method: DescMethodServerStreaming, transport: Transport): void {
  router.rpc(method, async function* (request, context) {
    const timeoutMs = remaining(context) ?? noDeadline;
    context.values.get(passageKey).reached = true;
    try {
      const answer = await transport.stream(method, context.signal, timeoutMs, passedOn(context), only(request));
      for await (const message of answer.message) {
        context.values.get(passageKey).admitted = true;
        yield message;
      }
    } catch (error) {
      throw failed(error, context);
    }
  });
}

/** Gives `router` every method of which the service is known. */
export function forwardAll(router: ConnectRouter, methods: readonly DescMethod[], transportOf: TransportOf): void {
  for (const method of methods) {
    const transport = transportOf(method.parent.file.proto.package);
    if (transport === undefined) continue;
    if (isUnary(method)) forwardUnary(router, method, transport);
    else if (isServerStream(method)) forwardStream(router, method, transport);
  }
}
