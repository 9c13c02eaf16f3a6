// What anybody may read, pages of other origins among them: the description of the API and the widget's script. No cookie is read
// or set here.
import express, { Router } from "express";
import type { RequestHandler } from "express";

import type { OpenApi } from "../gateway/openapi/types.ts";
import { Reference, blocksOf } from "../gateway/reference/reference.ts";
import { widgetFolder } from "./folder.ts";
import { NotFound } from "./page.ts";
import { sessionOf } from "./views.ts";
import type { Views } from "./views.ts";

const hourSeconds = 3600;

/** Lets every page read the answer, and keep it for an hour. */
const forEveryPage =
  (route: string): RequestHandler =>
  (_request, response, next) => {
    response.locals["route"] = route;
    response.set({
      "Access-Control-Allow-Origin": "*",
      "Cross-Origin-Resource-Policy": "cross-origin",
      "Cache-Control": `public, max-age=${hourSeconds}`,
    });
    next();
  };

export function publicFiles(document: OpenApi): Router {
  const router = Router();
  const text = JSON.stringify(document);
  router.get("/api/openapi.json", forEveryPage("/api/openapi.json"), (_request, response) => {
    response.type("json").send(text);
  });
  const files = express.static(widgetFolder, { cacheControl: false, etag: true, index: false, redirect: false });
  router.use("/widget", forEveryPage("/widget"), files);
  return router;
}

/** The API reference, for people. Whoever is signed in stays so; nobody needs to be. */
export function apiPages(document: OpenApi, views: Views): Router {
  const router = Router();
  const reference = new Reference(document);
  const show = (view: string, model: object, route: string): RequestHandler => {
    return (request, response) => {
      response.locals["route"] = route;
      views.send(request, response, { view, model }, sessionOf(response)?.formKey ?? Buffer.alloc(0));
    };
  };
  const about = blocksOf(document.info.description);
  router.get("/api", show("gateway/reference/index.njk", { about, services: reference.services }, "/api"));
  router.get("/api/:service", (request, response, next) => {
    const service = reference.service(request.params.service);
    if (service === undefined) throw new NotFound();
    show("gateway/reference/service.njk", { service }, "/api/:service")(request, response, next);
  });
  return router;
}
