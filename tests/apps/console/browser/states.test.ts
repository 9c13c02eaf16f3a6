// Pages that are shown when a page cannot be: not found, away, stopping.
import assert from "node:assert/strict";
import { test } from "node:test";

import { checkPage, newPage, signIn } from "../support/browser.ts";
import { samplesOf } from "../support/metrics.ts";
import { suite } from "../support/suite.ts";
import { checkZoomed } from "../support/zoom.ts";

const on = suite({ volunteers: 20, opportunities: 5 });

test("a page that there is none of says so", async () => {
  const page = await newPage(on.browser);
  await signIn(page, on.county.url, on.county.lead);
  for (const path of ["/nowhere", "/centres/ashford/volunteers/nobody", "/centres/x/opportunities/%2e%2e%2fx"]) {
    const response = await page.goto(on.county.url + path);
    assert.equal(response?.status(), 404, path);
    await page.getByRole("heading", { name: "Page not found" }).waitFor();
  }
  await checkPage(page);
  await checkZoomed(page);
  await page.context().close();
});

test("a page that a service is missing for loads itself when it is back", async () => {
  const page = await newPage(on.browser);
  await signIn(page, on.county.url, on.county.lead);
  await on.county.stopMatching();
  const response = await page.goto(`${on.county.url}/volunteers`);
  assert.equal(response?.status(), 503);
  assert.match(response?.headers()["retry-after"] ?? "", /^\d+$/);
  await page.getByRole("heading", { name: "The service does not answer at the moment" }).waitFor();
  await page.getByRole("link", { name: "Try again" }).waitFor();
  await checkPage(page);
  await checkZoomed(page);
  // What the other service answers is still there.
  assert.equal((await page.context().request.get(`${on.county.url}/`)).status(), 200);
  await on.county.startMatching();
  await page.getByRole("heading", { name: "Volunteers", level: 1 }).waitFor();
  await page.context().close();
});

test("being offline is told, and a form is not sent into nothing", async () => {
  const page = await newPage(on.browser);
  await signIn(page, on.county.url, on.county.lead);
  await page.goto(`${on.county.url}/volunteers/register`);
  await page.getByLabel("Given name").fill("Una");
  await page.context().setOffline(true);
  await page.getByText("You are offline").waitFor();
  await page.getByRole("button", { name: "Save as an enquiry" }).click();
  assert.equal(await page.getByLabel("Given name").inputValue(), "Una");
  await checkPage(page);
  await checkZoomed(page);
  await page.context().setOffline(false);
  await page.getByText("You are offline").waitFor({ state: "hidden" });
  await page.context().close();
});

test("what the browser is told to refuse, and what it may keep", async () => {
  const page = await fetch(`${on.county.url}/sign-in`);
  const policy = page.headers.get("content-security-policy") ?? "";
  assert.ok(policy.includes("default-src 'none'") && !policy.includes("unsafe"), policy);
  assert.equal(page.headers.get("cache-control"), "no-store");
  assert.equal(page.headers.get("x-content-type-options"), "nosniff");
  assert.equal(page.headers.get("x-powered-by"), null);
  const style = /href="(\/assets\/console-[0-9a-f]+\.css)"/.exec(await page.text())?.[1];
  for (const encoding of ["br", "gzip"]) {
    const answer = await fetch(on.county.url + style, { headers: { "accept-encoding": encoding } });
    assert.equal(answer.headers.get("content-encoding"), encoding);
    assert.match(answer.headers.get("cache-control") ?? "", /max-age=31536000, immutable/);
  }
});

test("signing in fails so often and no more", async () => {
  const visit = await fetch(`${on.county.url}/sign-in`);
  const token = /name="form_token" value="([^"]+)"/.exec(await visit.text())?.[1] ?? "";
  const cookie = (visit.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const attempt = (credential: string) =>
    fetch(`${on.county.url}/sign-in`, {
      method: "POST",
      redirect: "manual",
      body: new URLSearchParams({ form_token: token, credential }),
      headers: { cookie },
    });
  for (let failure = 0; failure < 20; ++failure) assert.equal((await attempt("vb_wrong")).status, 422);
  const refused = await attempt(on.county.lead);
  assert.equal(refused.status, 429);
  assert.match(await refused.text(), /Too many attempts/);
  const told = samplesOf(await (await fetch(on.county.metricsUrl)).text());
  assert.equal(told.value("brokerage_console_rate_limited_total", { where: "sign-in" }), 1);
});

test("the console ends when it is asked to, and begins again where a form goes on", async () => {
  assert.equal(await on.county.stopConsole(), 0);
  assert.match(on.county.consoleLog(), /"event":"stopping"/);
  await on.county.startConsole();
  assert.equal((await fetch(`${on.county.url}/health`)).status, 200);
});
