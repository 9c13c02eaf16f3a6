// The features' routes, each called with a visit.
import { Router } from "express";
import type { Request, RequestHandler } from "express";

import { Form } from "../forms/form.ts";
import { mayCall } from "../services/access.ts";
import type { Services } from "../services/clients.ts";
import { Reference } from "../services/reference.ts";
import type { ReferenceCache } from "../services/reference.ts";
import type { Session } from "../session/store.ts";
import { isFetch } from "../session/visits.ts";
import type { Visits } from "../session/visits.ts";
import type { EventStreams } from "./events.ts";
import { Forbidden } from "./page.ts";
import type { Feature, Route, Visit } from "./page.ts";
import { uploadOf } from "./upload.ts";
import type { Upload } from "./upload.ts";
import type { Views } from "./views.ts";

export function routes(
  features: readonly Feature[],
  services: Services,
  reference: ReferenceCache,
  views: Views,
  visits: Visits,
  streams: EventStreams,
): Router {
  const router = Router();
  for (const route of features.flatMap((feature) => feature.routes)) {
    router[route.method](route.path, handler(route, services, reference, views, visits, streams));
  }
  return router;
}

function handler(
  route: Route,
  services: Services,
  cache: ReferenceCache,
  views: Views,
  visits: Visits,
  streams: EventStreams,
): RequestHandler {
  return async (request, response) => {
    response.locals["route"] = route.path;
    const session = visits.sessionOf(response);
    if (!route.needs.every((method) => mayCall(session.caller, method))) throw new Forbidden();
    const answer = await route.handle(visitOf(request, session, uploadOf(response), services, cache));
    if ("events" in answer) {
      await streams.send(response, answer.events, () => visits.isOpen(request));
      return;
    }
    if ("download" in answer) {
      response.attachment(answer.fileName).type(answer.type).send(answer.download);
      return;
    }
    if ("redirect" in answer) {
      session.flash = answer.flash ?? session.flash;
      response.redirect(303, answer.redirect);
      return;
    }
    views.send(request, response, answer, session.formKey);
  };
}

function visitOf(
  request: Request,
  session: Session,
  upload: Upload | undefined,
  services: Services,
  cache: ReferenceCache,
): Visit {
  const clients = services.as(session.credential);
  const textOf = (value: unknown) => (typeof value === "string" ? value : "");
  return {
    session,
    clients,
    reference: new Reference(cache, clients),
    param: (name) => textOf(request.params[name]),
    query: (name) => textOf(request.query[name]),
    form: Form.of(request.body),
    upload,
    wantsFragment: isFetch(request),
    may: (method) => mayCall(session.caller, method),
  };
}
