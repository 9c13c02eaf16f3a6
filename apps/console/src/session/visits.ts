// Finds who is signed in, and sends everyone else to sign in, with what they were doing kept.
import { randomBytes } from "node:crypto";
import type { NextFunction, Request, RequestHandler, Response } from "express";

import { Form } from "../forms/form.ts";
import { isFormToken, isFromOurPage, tokenField } from "../server/csrf.ts";
import { eventStreamType } from "../server/events.ts";
import type { Views } from "../server/views.ts";
import { sessionCookie, visitCookie } from "./cookies.ts";
import { signInPage } from "./sign-in-page.ts";
import type { Session, SessionStore } from "./store.ts";

/** A form that another site sent, or that is too old to know. */
export class ForgedForm extends Error {}

const visitKeyBytes = 32;

/** Whether a script of ours sent the request, for a part of a page. */
export function isFetch(request: Request): boolean {
  return request.get("x-requested-with") === "fetch";
}

/** Whether it is a page that asks to be told what happens, and not someone who does something. */
function isStream(request: Request): boolean {
  return request.get("accept") === eventStreamType;
}

export interface Visits {
  /** Looks up the session, and refuses forms that are not ours. */
  readonly find: RequestHandler;
  /** Lets those on who are signed in. */
  readonly require: RequestHandler;
  /** The session of a request that `require` let on. */
  sessionOf(response: Response): Session;
  /** The credential of whoever is signed in. */
  credentialOf(response: Response): string | undefined;
  /** What this visitor's forms carry, signed in or not. */
  formKey(request: Request, response: Response): Buffer;
  /** Whether the session of a request is there still. */
  isOpen(request: Request): boolean;
  /** Ends the session, as its credential lets nobody in any more. */
  end(request: Request, response: Response): void;
  /** Asks to sign in and go on. */
  askToSignIn(request: Request, response: Response): void;
}

export function visits(sessions: SessionStore, views: Views, secure: boolean): Visits {
  const sessionId = sessionCookie(secure);
  const visitKey = visitCookie(secure);
  const idOf = (request: Request) => sessionId.read(request) ?? "";
  const findSession = (response: Response) => response.locals["session"] as Session | undefined;

  function formKey(request: Request, response: Response): Buffer {
    const session = findSession(response);
    if (session !== undefined) return session.formKey;
    const known = Buffer.from(visitKey.read(request) ?? "", "base64url");
    if (known.length === visitKeyBytes) return known;
    const key = randomBytes(visitKeyBytes);
    visitKey.set(response, key.toString("base64url"));
    return key;
  }

  function find(request: Request, response: Response, next: NextFunction): void {
    const session = isStream(request) ? sessions.peek(idOf(request)) : sessions.find(idOf(request));
    response.locals["session"] = session;
    if (request.method !== "GET" && request.method !== "HEAD") {
      const form = Form.of(request.body);
      if (isFromOurPage(request) === false) throw new ForgedForm();
      // Whoever is not signed in any more is asked to, and sends the form again with the new token.
      const goesToSignIn = session === undefined && !request.path.startsWith("/sign-in");
      if (!goesToSignIn && !isFormToken(formKey(request, response), form.text(tokenField))) throw new ForgedForm();
    }
    next();
  }

  function askToSignIn(request: Request, response: Response): void {
    if (isFetch(request) || isStream(request)) {
      response.status(401).type("text").send("");
      return;
    }
    const ended = sessionId.read(request) !== undefined;
    if (ended) sessionId.clear(response);
    const isForm = request.method === "POST";
    // What another site may have put together is not kept, and neither is a file, which was not even read.
    const keeps = isForm && isFromOurPage(request) === true && request.body !== undefined;
    const kept = keeps ? Form.of(request.body) : undefined;
    const page = signInPage({ to: request.originalUrl, ended, kept, lost: isForm && kept === undefined });
    views.send(request, response, { ...page, status: 401 }, formKey(request, response));
  }

  return {
    find,
    require: (request, response, next) => {
      if (findSession(response) === undefined) askToSignIn(request, response);
      else next();
    },
    sessionOf: (response) => {
      const session = findSession(response);
      if (session === undefined) throw new Error("no session was required of this route");
      return session;
    },
    credentialOf: (response) => findSession(response)?.credential,
    formKey,
    isOpen: (request) => sessions.peek(idOf(request)) !== undefined,
    end: (request, response) => {
      sessions.end(idOf(request));
      response.locals["session"] = undefined;
    },
    askToSignIn,
  };
}
