// What Prometheus reads of a console that people and programs use: patterns and numbers, and nobody's data.
import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage, suite } from "../support/suite.ts";
import { samplesOf } from "../support/metrics.ts";
import type { Sample, Samples } from "../support/metrics.ts";
import { press } from "../support/browser.ts";
import { until } from "../support/processes.ts";

const on = suite({ volunteers: 20, opportunities: 10 });

const read = async (): Promise<Samples> => samplesOf(await (await fetch(on.county.metricsUrl)).text());

const requestsOf = ({ all }: Samples, route: string, status: string) =>
  all
    .filter(({ name, labels }) => name === "brokerage_console_requests_total" && labels["route"] === route)
    .filter(({ labels }) => labels["status"] === status)
    .reduce((sum, { value }) => sum + value, 0);

async function call(path: string, body: object, token: string): Promise<void> {
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  await (await fetch(on.county.url + path, { method: "POST", headers, body: JSON.stringify(body) })).text();
}

test("no label holds a record's id, a name, a credential or an address", async () => {
  const { county } = on;
  const { volunteers } = await county.as(county.lead).volunteers.listVolunteers({ parent: "centres/ashford" });
  const { opportunities } = await county.as(county.lead).opportunities.listOpportunities({ parent: "centres/ashford" });
  const [volunteer, role] = [volunteers[0], opportunities[0]];
  assert.ok(volunteer !== undefined && role !== undefined);
  const page = await openPage(on, `/${volunteer.name}`);
  // A list of matches holds a stream open.
  await page.goto(`${county.url}/${role.name}/matches`);
  await page.goto(`${county.url}/volunteers`);
  await page.getByLabel("Name", { exact: false }).first().fill(volunteer.displayName);
  await press(page, "Search");
  for (const address of [`/${volunteer.name}/edit`, `/${role.name}`, "/nowhere/Ann-Example?who=Ann-Example"]) {
    await page.goto(county.url + address);
  }
  await page.goto(`${county.url}/centres/ashford/volunteers/0000`);
  await fetch(`${county.url}/sign-in`, { method: "POST", body: new URLSearchParams({ credential: "Ann-Example" }) });
  await call("/brokerage.matching.v1.VolunteerService/GetVolunteer", { name: volunteer.name }, county.lead);
  await call("/brokerage.matching.v1.VolunteerService/GetAnnExample", { name: volunteer.name }, county.lead);
  await call(`/brokerage.${volunteer.name.replaceAll("/", ".")}/Get`, {}, county.lead);
  await page.context().close();

  const profile = "/centres/:centre/volunteers/:volunteer";
  await until(async () => requestsOf(await read(), profile, "2xx") === 1, "the profile to be counted");
  const samples = await read();
  assert.equal(requestsOf(samples, profile, "4xx"), 1);
  assert.equal(requestsOf(samples, `${profile}/edit`, "2xx"), 1);
  assert.ok(requestsOf(samples, "/volunteers", "2xx") >= 1);
  assert.ok(requestsOf(samples, "other", "4xx") >= 1);
  const calls = (method: string, code: string) => samples.value("brokerage_gateway_calls_total", { method, code });
  assert.equal(calls("brokerage.matching.v1.VolunteerService/GetVolunteer", "OK"), 1);
  assert.equal(calls("other", "UNIMPLEMENTED"), 2);
  assert.equal(samples.value("brokerage_console_sessions_open"), 1);

  const said = samples.all.flatMap(({ labels }) => Object.entries(labels));
  const kinds = new Set(said.map(([label]) => label));
  assert.deepEqual([...kinds].sort(), ["code", "le", "method", "of", "route", "status", "where"]);
  const secrets = [...volunteer.name.split("/"), ...role.name.split("/")].filter(
    (part) => !["centres", "volunteers", "opportunities"].includes(part),
  );
  secrets.push("Example", "127.0.0.1", county.lead, ...volunteer.displayName.split(" "));
  for (const [label, value] of said) {
    for (const secret of secrets) assert.ok(!value.includes(secret), `${label}="${value}" holds ${secret}`);
    // Every part of a pattern is a word or a parameter's name: no id looks like either.
    if (label === "route") assert.match(value, /^(other|(\/(:?[a-z-]+|openapi\.json)?)+)$/, value);
  }
});

test("a list of matches that is open is a stream that is open", async () => {
  const { county } = on;
  const { opportunities } = await county.as(county.lead).opportunities.listOpportunities({
    parent: "centres/ashford",
    filter: "state = OPEN AND centre = centres/ashford",
  });
  const page = await openPage(on, `/${opportunities[0]?.name}/matches`);
  const open = async () => (await read()).value("brokerage_console_streams_open", { of: "pages" });
  await until(async () => (await open()) === 1, "the page's stream to be open");
  await page.context().close();
  await until(async () => (await open()) === 0, "the page's stream to be over");
  const ended = await read();
  const ofStreams = ({ labels }: Sample) => labels["route"]?.endsWith("/matches/live") === true;
  const names = new Set(ended.all.filter(ofStreams).map(({ name }) => name));
  assert.deepEqual([...names], ["brokerage_console_requests_total"]);
});
