// The console as an express application: what every request passes, in order.
import compression from "compression";
import express from "express";
import type { Express } from "express";

import type { OpenApi } from "../gateway/openapi/types.ts";
import type { Services } from "../services/clients.ts";
import { ReferenceCache } from "../services/reference.ts";
import type { SignInLinks } from "../session/links.ts";
import { signIn } from "../session/sign-in.ts";
import type { SessionStore } from "../session/store.ts";
import { visits } from "../session/visits.ts";
import { features } from "../pages/index.ts";
import { accessLog } from "./access-log.ts";
import type { EventStreams } from "./events.ts";
import { ErrorPages } from "./error-pages.ts";
import { publicFolder, readAssetNames, viewsFolder } from "./folder.ts";
import type { Log } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import { apiPages, publicFiles } from "./public.ts";
import { routes } from "./routes.ts";
import { securityHeaders } from "./security.ts";
import { uploads } from "./upload.ts";
import { Views } from "./views.ts";

export interface Collaborators {
  readonly services: Services;
  readonly sessions: SessionStore;
  readonly links: SignInLinks;
  readonly streams: EventStreams;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Where people reach the console. */
  readonly publicUrl: URL;
  /** What the API is. */
  readonly api: OpenApi;
}

/** The longest form that is read. */
const formLimit = "256kb";

export function createApp(collaborators: Collaborators): Express {
  const secure = collaborators.publicUrl.protocol === "https:";
  const views = new Views(
    viewsFolder,
    readAssetNames(),
    features.flatMap(({ navigation }) => (navigation === undefined ? [] : [navigation])),
  );
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  // Whatever the environment says: no answer holds a stack.
  app.set("env", "production");
  app.set("trust proxy", "loopback");
  app.use(accessLog(collaborators.log, collaborators.metrics));
  app.use(securityHeaders(secure));
  app.use(compression());
  app.get("/health", (_request, response) => {
    response.locals["route"] = "/health";
    response.json({ status: "serving" });
  });
  app.use(
    "/assets",
    (_request, response, next) => {
      response.locals["route"] = "/assets";
      // Each name holds its content's hash, so that it may be kept for ever.
      response.removeHeader("Cache-Control");
      next();
    },
    express.static(publicFolder, { immutable: true, maxAge: "1y", index: false, redirect: false }),
  );
  app.use(publicFiles(collaborators.api));
  app.use(express.urlencoded({ extended: false, limit: formLimit, parameterLimit: 2000 }));
  const guard = visits(collaborators.sessions, views, secure);
  // Only for someone who is signed in is so much kept in memory.
  app.use(uploads(guard.isOpen));
  app.use(guard.find);
  app.use(signIn(collaborators, guard, views, secure));
  app.use(apiPages(collaborators.api, views));
  app.use(guard.require);
  app.use(routes(features, collaborators.services, new ReferenceCache(), views, guard, collaborators.streams));
  const errors = new ErrorPages(collaborators.services, views, guard, collaborators.log);
  app.use(errors.notFound);
  app.use(errors.failed);
  return app;
}
