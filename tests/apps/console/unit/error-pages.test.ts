// What is shown when a page cannot be: the parts that no browser reaches at will.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Code, ConnectError } from "@connectrpc/connect";
import type { Request, Response } from "express";

import { ErrorPages } from "../../../../apps/console/src/server/error-pages.ts";
import type { Log } from "../../../../apps/console/src/server/log.ts";
import type { Views } from "../../../../apps/console/src/server/views.ts";
import type { Clients } from "../../../../apps/console/src/services/clients.ts";
import type { Visits } from "../../../../apps/console/src/session/visits.ts";

/** What becomes of a request whose credential a service refused, where the registry answers `registry` of its holder. */
async function refused(registry: () => Promise<object>, credential: string | undefined): Promise<string[]> {
  const told: string[] = [];
  let over: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (over = resolve));
  const views = {
    send: (_request: Request, _response: Response, { view, status }: { view: string; status: number }) => {
      told.push(`${status} ${view}`);
      over();
    },
  } as unknown as Views;
  const visits = {
    credentialOf: () => credential,
    formKey: () => Buffer.alloc(32),
    end: () => told.push("ended"),
    askToSignIn: () => {
      told.push("asked to sign in");
      over();
    },
  } as unknown as Visits;
  const services = { as: () => ({ centres: { getCaller: registry } }) as unknown as Clients };
  const pages = new ErrorPages(services, views, visits, {} as Log);
  const request = { method: "GET", originalUrl: "/volunteers" } as Request;
  const response = { headersSent: false, set: () => response } as unknown as Response;
  pages.failed(new ConnectError("no", Code.Unauthenticated), request, response, assert.fail);
  await ended;
  return told;
}

test("whose credential a service does not know yet is asked to wait, for the registry does", async () => {
  assert.deepEqual(await refused(() => Promise.resolve({}), "t"), ["503 views/errors/unavailable.njk"]);
});

test("whose credential the registry refuses too, or who cannot be asked about, is to sign in again", async () => {
  for (const code of [Code.Unauthenticated, Code.Unavailable]) {
    assert.deepEqual(await refused(() => Promise.reject(new ConnectError("no", code)), "t"), [
      "ended",
      "asked to sign in",
    ]);
  }
  assert.deepEqual(await refused(() => assert.fail(), undefined), ["ended", "asked to sign in"]);
});
