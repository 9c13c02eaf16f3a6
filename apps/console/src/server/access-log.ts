// One line for each request: the pattern of its address, never the address itself, which names a record.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { RequestHandler } from "express";

import type { Log, LogFields } from "./log.ts";

/** Logs the request when it is over, with what `more` then says of it. */
export function logRequest(
  log: Log,
  request: IncomingMessage,
  response: ServerResponse,
  more: () => LogFields & { readonly route: string },
): void {
  const began = process.hrtime.bigint();
  response.on("close", () => {
    log.info("request", {
      method: request.method ?? "",
      status: response.statusCode,
      whole: response.writableFinished,
      micros: Number((process.hrtime.bigint() - began) / 1000n),
      ...more(),
    });
  });
}

export function accessLog(log: Log): RequestHandler {
  return (request, response, next) => {
    logRequest(log, request, response, () => {
      const route: unknown = response.locals["route"];
      return { route: typeof route === "string" ? route : "other" };
    });
    next();
  };
}
