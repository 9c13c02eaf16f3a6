// Which pages of other origins may call, and what they are told.
import type { IncomingMessage, ServerResponse } from "node:http";
import { cors } from "@connectrpc/connect";

const allowedMethods = cors.allowedMethods.join(", ");
const allowedHeaders = [...cors.allowedHeaders, "Authorization", "If-None-Match"].join(", ");
const exposedHeaders = [...cors.exposedHeaders, "ETag", "Retry-After"].join(", ");
const preflightSeconds = 7200;

export class Origins {
  /** Each is like `https://centre.example`. */
  constructor(private readonly allowed: ReadonlySet<string>) {}

  /**
   * Writes what the calling page may read. Answers false when it may not call: a method that anybody may call is for pages of every
   * origin, any other for those that the deployment names.
   */
  admit(request: IncomingMessage, response: ServerResponse, isPublic: boolean): boolean {
    const { origin } = request.headers;
    // What a cache keeps for one page must let the next one read it.
    if (isPublic) response.setHeader("Access-Control-Allow-Origin", "*");
    else {
      response.appendHeader("Vary", "Origin");
      if (origin === undefined) return true;
      if (!this.allowed.has(origin)) return false;
      response.setHeader("Access-Control-Allow-Origin", origin);
    }
    response.setHeader("Access-Control-Expose-Headers", exposedHeaders);
    return true;
  }
}

/** Answers a page that asks first. */
export function answerPreflight(response: ServerResponse): void {
  response.writeHead(204, {
    "Access-Control-Allow-Methods": allowedMethods,
    "Access-Control-Allow-Headers": allowedHeaders,
    "Access-Control-Max-Age": preflightSeconds,
  });
  response.end();
}
