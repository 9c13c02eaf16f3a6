// What is shown when a page cannot be.
import type { NextFunction, Request, Response } from "express";

import { Form } from "../forms/form.ts";
import { failureOf } from "../services/failure.ts";
import type { Failure } from "../services/failure.ts";
import type { Services } from "../services/clients.ts";
import { ForgedForm } from "../session/visits.ts";
import type { Visits } from "../session/visits.ts";
import { texts } from "../texts/en-GB/index.ts";
import { tokenField } from "./csrf.ts";
import type { Log } from "./log.ts";
import { Forbidden, NotFound, OthersRecord } from "./page.ts";
import type { Views } from "./views.ts";

const patienceSeconds = 5;

interface ErrorPage {
  readonly view: string;
  readonly status: number;
}

const unexpected: ErrorPage = { view: "views/errors/unexpected.njk", status: 500 };
const othersRecord: ErrorPage = { view: "views/errors/others-record.njk", status: 403 };
const unavailable: ErrorPage = { view: "views/errors/unavailable.njk", status: 503 };

const pagesByFailure: Readonly<Record<Failure["kind"], ErrorPage>> = {
  invalid: { view: "views/errors/refused.njk", status: 400 },
  "signed-out": { view: "session/sign-in.njk", status: 401 },
  forbidden: { view: "views/errors/forbidden.njk", status: 403 },
  "not-found": { view: "views/errors/not-found.njk", status: 404 },
  changed: { view: "views/errors/changed.njk", status: 409 },
  "not-allowed": { view: "views/errors/refused.njk", status: 409 },
  busy: unavailable,
  unavailable,
  unexpected,
};

/** Whether an address was followed that cannot be a record's. */
function isOfNoName(request: Request, failure: Failure | undefined): boolean {
  if (request.method !== "GET" || failure?.kind !== "invalid") return false;
  return failure.faults.length > 0 && failure.faults.every(({ field }) => field === "name");
}

const letsIn = (services: Pick<Services, "as">, credential: string): Promise<boolean> =>
  services
    .as(credential)
    .centres.getCaller({})
    .then(
      () => true,
      () => false,
    );

/** What was typed into a form that could not be taken, to be sent again. */
const keptFields = (request: Request) =>
  Form.of(request.body)
    .pairs()
    .filter(({ name }) => name !== tokenField);

export class ErrorPages {
  constructor(
    private readonly services: Pick<Services, "as">,
    private readonly views: Views,
    private readonly visits: Visits,
    private readonly log: Log,
  ) {}

  readonly notFound = (request: Request, response: Response): void => {
    this.send(request, response, pagesByFailure["not-found"], undefined);
  };

  // express knows an error handler by its four parameters.
  readonly failed = (error: unknown, request: Request, response: Response, next: NextFunction): void => {
    if (response.headersSent) return next(error);
    const failure = failureOf(error);
    if (failure?.kind === "signed-out") void this.refusedCredential(request, response).catch(next);
    else this.explain(error, failure, request, response);
  };

  /** The matching service hears of a new credential a moment later than the registry, which knows. */
  private async refusedCredential(request: Request, response: Response): Promise<void> {
    const credential = this.visits.credentialOf(response);
    if (credential !== undefined && (await letsIn(this.services, credential))) {
      return this.send(request, response, unavailable, undefined);
    }
    this.visits.end(request, response);
    this.visits.askToSignIn(request, response);
  }

  private explain(error: unknown, failure: Failure | undefined, request: Request, response: Response): void {
    const page = isOfNoName(request, failure) ? pagesByFailure["not-found"] : this.pageFor(error, failure);
    if (page === unexpected) this.report(error, failure);
    this.send(request, response, page, failure, error instanceof OthersRecord ? error.page : undefined);
  }

  private pageFor(error: unknown, failure: Failure | undefined): ErrorPage {
    if (failure !== undefined) return pagesByFailure[failure.kind];
    if (error instanceof NotFound) return pagesByFailure["not-found"];
    if (error instanceof Forbidden) return pagesByFailure.forbidden;
    if (error instanceof OthersRecord) return othersRecord;
    if (error instanceof ForgedForm) return { view: "views/errors/stale-form.njk", status: 403 };
    // What express's own readers refuse: a form that is too long, an address that is none.
    const status = (error as { status?: unknown } | undefined)?.status;
    if (typeof status === "number" && status >= 400 && status < 500)
      return { view: "views/errors/refused.njk", status };
    return unexpected;
  }

  /** Where in our code it happened: a message may hold what someone typed, so that it stays out of the log. */
  private report(error: unknown, failure: Failure | undefined): void {
    const stack = error instanceof Error ? (error.stack ?? "") : "";
    this.log.error("fault", {
      kind: error instanceof Error ? error.name : typeof error,
      reason: failure?.reason ?? "",
      at: stack
        .split("\n")
        .filter((line) => line.startsWith("    at "))
        .slice(0, 8)
        .map((line) => line.trim())
        .join("; "),
    });
  }

  private send(
    request: Request,
    response: Response,
    page: ErrorPage,
    failure: Failure | undefined,
    record?: string,
  ): void {
    const isRead = request.method === "GET";
    const retryAfter = failure?.retryAfterSeconds ?? patienceSeconds;
    if (page.status === 503) response.set("Retry-After", String(retryAfter));
    const kept = page.status === 503 && request.method === "POST" ? keptFields(request) : [];
    const [here, action] = [isRead ? request.originalUrl : "/", request.originalUrl];
    const model = { failure, isRead, retryAfter, here, record, action, kept };
    try {
      this.views.send(request, response, { ...page, model }, this.visits.formKey(request, response));
    } catch (error) {
      this.report(error, undefined);
      response.status(500).type("text").send(texts.errors.unexpected.title);
    }
  }
}
