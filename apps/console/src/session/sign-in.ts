// Signing in, with a credential or a one-time link, and signing out.
import { Router } from "express";
import type { Request, Response } from "express";
import { rateLimit } from "express-rate-limit";

import { Form, FormErrors } from "../forms/form.ts";
import { failureOf } from "../services/failure.ts";
import type { Caller } from "../services/access.ts";
import type { Services } from "../services/clients.ts";
import type { Metrics } from "../server/metrics.ts";
import type { Views } from "../server/views.ts";
import { texts } from "../texts/en-GB/index.ts";
import { sessionCookie } from "./cookies.ts";
import { linkPath } from "./links.ts";
import type { SignInLinks } from "./links.ts";
import { keptForm, safePath, signInPage } from "./sign-in-page.ts";
import type { SessionStore } from "./store.ts";
import type { Visits } from "./visits.ts";

interface Collaborators {
  readonly services: Services;
  readonly sessions: SessionStore;
  readonly links: SignInLinks;
  readonly metrics: Metrics;
}

const windowMs = 15 * 60_000;
const failuresInWindow = 20;
const longestCredential = 1000;

export function signIn(with_: Collaborators, visits: Visits, views: Views, secure: boolean): Router {
  const router = Router();
  const t = texts.signIn;
  const sessionId = sessionCookie(secure);

  /** Whom a credential lets in, or why nobody. */
  async function verify(credential: string): Promise<Caller | string> {
    if (credential === "") return t.credentialMissing;
    if (credential.length > longestCredential || !/^[\x21-\x7e]+$/.test(credential)) return t.credentialWrong;
    try {
      const caller = await with_.services.as(credential).centres.getCaller({});
      return {
        credential: caller.credential,
        centre: caller.centre,
        centreName: caller.centreDisplayName,
        name: caller.displayName,
        role: caller.role,
        scopes: caller.scopes,
      };
    } catch (error) {
      const failure = failureOf(error);
      if (failure?.kind === "signed-out") return t.credentialWrong;
      if (failure?.kind === "forbidden") return t.credentialNotForPeople;
      throw error;
    }
  }

  function begin(request: Request, response: Response, credential: string, caller: Caller): void {
    const before = sessionId.read(request);
    if (before !== undefined) with_.sessions.end(before);
    const id = with_.sessions.begin(credential, caller);
    sessionId.set(response, id);
    response.locals["session"] = with_.sessions.find(id);
  }

  /** On to what was wanted: a form that was kept is shown to be sent again. */
  function goOn(request: Request, response: Response, to: string, form: Form): void {
    const kept = keptForm(form);
    if (kept === undefined) return response.redirect(303, to);
    const page = { view: "session/go-on.njk", model: { to, kept } };
    views.send(request, response, page, visits.sessionOf(response).formKey);
  }

  const limit = rateLimit({
    windowMs,
    limit: failuresInWindow,
    skipSuccessfulRequests: true,
    standardHeaders: "draft-8",
    legacyHeaders: false,
    handler: (request, response) => {
      response.locals["route"] = "/sign-in";
      with_.metrics.limited("sign-in");
      const page = { view: "views/errors/too-many.njk", model: {}, status: 429 };
      views.send(request, response, page, visits.formKey(request, response));
    },
  });

  router.get("/sign-in", (request, response) => {
    response.locals["route"] = "/sign-in";
    const to = typeof request.query["to"] === "string" ? request.query["to"] : "/";
    views.send(request, response, signInPage({ to }), visits.formKey(request, response));
  });

  router.post("/sign-in", limit, async (request, response) => {
    response.locals["route"] = "/sign-in";
    const form = Form.of(request.body);
    const to = safePath(form.text("to"));
    const credential = form.text("credential");
    const caller = await verify(credential);
    if (typeof caller !== "string") {
      begin(request, response, credential, caller);
      return goOn(request, response, to, form);
    }
    const errors = new FormErrors();
    errors.add("credential", caller);
    const kept = Form.of(Object.fromEntries(groupByName(keptForm(form) ?? [])));
    views.send(request, response, signInPage({ to, kept }, errors, 422), visits.formKey(request, response));
  });

  const linkRoute = `${linkPath}:secret`;
  const gone = (request: Request, response: Response) =>
    views.send(
      request,
      response,
      { view: "session/link-gone.njk", model: {}, status: 410 },
      visits.formKey(request, response),
    );

  router.get(linkRoute, (request, response) => {
    response.locals["route"] = linkRoute;
    if (with_.links.look(String(request.params["secret"])) === undefined) return gone(request, response);
    views.send(request, response, { view: "session/link.njk", model: {} }, visits.formKey(request, response));
  });

  router.post(linkRoute, limit, async (request, response) => {
    response.locals["route"] = linkRoute;
    const secret = String(request.params["secret"]);
    const credential = with_.links.look(secret);
    // Before the link is used up: a service that does not answer costs nobody their link.
    const caller = credential === undefined ? undefined : await verify(credential);
    if (credential === undefined || typeof caller !== "object" || !with_.links.take(secret)) {
      return gone(request, response);
    }
    begin(request, response, credential, caller);
    response.redirect(303, "/");
  });

  router.post("/sign-out", (request, response) => {
    response.locals["route"] = "/sign-out";
    visits.end(request, response);
    sessionId.clear(response);
    response.redirect(303, "/signed-out");
  });

  router.get("/signed-out", (request, response) => {
    response.locals["route"] = "/signed-out";
    views.send(request, response, { view: "session/signed-out.njk", model: {} }, visits.formKey(request, response));
  });
  return router;
}

function groupByName(pairs: readonly { readonly name: string; readonly value: string }[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { name, value } of pairs) groups.set(name, [...(groups.get(name) ?? []), value]);
  return groups;
}
