// One line for each request: the pattern of its address, never the address itself, which names a record.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { RequestHandler } from "express";

import { eventStreamType } from "./events.ts";
import type { Log } from "./log.ts";
import type { Metrics } from "./metrics.ts";

/** A request that is over. */
export interface Over {
  readonly method: string;
  readonly status: number;
  /** Whether all of the answer was sent. */
  readonly whole: boolean;
  readonly micros: number;
}

/** Tells when the request is over. */
export function whenOver(request: IncomingMessage, response: ServerResponse, tell: (over: Over) => void): void {
  const began = process.hrtime.bigint();
  response.on("close", () => {
    tell({
      method: request.method ?? "",
      status: response.statusCode,
      whole: response.writableFinished,
      micros: Number((process.hrtime.bigint() - began) / 1000n),
    });
  });
}

/** Logs and counts what is a page's. */
export function accessLog(log: Log, metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    whenOver(request, response, (over) => {
      const named: unknown = response.locals["route"];
      const route = typeof named === "string" ? named : "other";
      log.info("request", { ...over, route });
      const type = String(response.getHeader("content-type") ?? "");
      metrics.request(route, over, type.startsWith(eventStreamType));
    });
    next();
  };
}
