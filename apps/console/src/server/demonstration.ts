// A page that is not the console's, at an address of its own: what a partner's website with the widget looks like.
import express from "express";
import type { Express } from "express";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { demonstrationFolder } from "./folder.ts";

/** Shows the widget of the console at `consoleUrl`, under a policy as strict as a careful website's. */
export function widgetDemonstration(consoleUrl: URL): Express {
  const page = readFileSync(join(demonstrationFolder, "index.html"), "utf8").replaceAll(
    "{{ console }}",
    consoleUrl.origin,
  );
  const policy = [
    "default-src 'none'",
    `script-src ${consoleUrl.origin}`,
    `connect-src ${consoleUrl.origin}`,
    "style-src 'self'",
    "img-src data:",
  ];
  const app = express();
  app.disable("x-powered-by");
  app.use((_request, response, next) => {
    response.set("Content-Security-Policy", policy.join("; "));
    next();
  });
  app.get("/", (_request, response) => {
    response.type("html").send(page);
  });
  app.use(express.static(demonstrationFolder, { index: false, redirect: false }));
  return app;
}
