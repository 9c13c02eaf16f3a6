// One line for each request: the pattern of its address, never the address itself, which names a record.
import type { RequestHandler } from "express";

import type { Log } from "./log.ts";

export function accessLog(log: Log): RequestHandler {
  return (request, response, next) => {
    const began = process.hrtime.bigint();
    response.on("close", () => {
      const route: unknown = response.locals["route"];
      log.info("request", {
        method: request.method,
        route: typeof route === "string" ? route : "other",
        status: response.statusCode,
        whole: response.writableFinished,
        micros: Number((process.hrtime.bigint() - began) / 1000n),
      });
    });
    next();
  };
}
