// The command line, the log, and who may call what.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { Role } from "#protos/brokerage/common/v1/access_pb";
import { OpportunityService } from "#protos/brokerage/matching/v1/opportunity_service_pb";
import { VolunteerService } from "#protos/brokerage/matching/v1/volunteer_service_pb";
import { CentreService } from "#protos/brokerage/registry/v1/centre_service_pb";

import { WrongUsage, parseOptions } from "../../../../apps/console/src/options.ts";
import { LogFile, createLog } from "../../../../apps/console/src/server/log.ts";
import { mayCall, mayChange } from "../../../../apps/console/src/services/access.ts";
import { centreOf, pageOf } from "../../../../apps/console/src/services/names.ts";
import { table } from "../support/table.ts";

test("the defaults are those that the usage names", () => {
  const options = parseOptions(["--data", "d"]);
  assert.ok(options.command === "serve");
  assert.deepEqual(options.listen, { host: "127.0.0.1", port: 7450 });
  assert.equal(options.matching, "127.0.0.1:7451");
  assert.equal(options.registry, "127.0.0.1:7452");
  assert.equal(options.publicUrl.href, "http://127.0.0.1:7450/");
  assert.equal(options.idleMinutes, 30);
  assert.deepEqual([options.callsPerMinute, options.publicCallsPerMinute], [1200, 120]);
  assert.deepEqual(options.apiOrigins, []);
  assert.deepEqual([options.widgetDemonstration, options.metrics], [undefined, undefined]);
});

test("metrics are where they are said to be", () => {
  const options = parseOptions(["--data", "d", "--metrics", "127.0.0.1:7460"]);
  assert.ok(options.command === "serve");
  assert.deepEqual(options.metrics, { host: "127.0.0.1", port: 7460 });
});

test("origins are those that browsers name", () => {
  const flags = ["--api-origin", "https://Centre.example/", "--api-origin", "http://127.0.0.1:8080"];
  const options = parseOptions(["--data", "d", ...flags, "--widget-demonstration", "127.0.0.1:7453"]);
  assert.ok(options.command === "serve");
  assert.deepEqual(options.apiOrigins, ["https://centre.example", "http://127.0.0.1:8080"]);
  assert.deepEqual(options.widgetDemonstration, { host: "127.0.0.1", port: 7453 });
});

table(
  "refused",
  {
    "no data folder": [],
    "an unknown flag": ["--data", "d", "--sideways"],
    "an unknown command": ["--data", "d", "dance"],
    "an address that others reach": ["--data", "d", "--listen", "0.0.0.0:7450"],
    "no port": ["--data", "d", "--matching", "127.0.0.1"],
    "a port that is none": ["--data", "d", "--registry", "127.0.0.1:70000"],
    "a web address with a path": ["--data", "d", "--public-url", "https://x.example/console"],
    "no web address": ["--data", "d", "--public-url", "ftp://x.example"],
    "an origin with a path": ["--data", "d", "--api-origin", "https://x.example/pages"],
    "no rate": ["--data", "d", "--calls-per-minute", "often"],
    "a rate of nothing": ["--data", "d", "--public-calls-per-minute", "0"],
    "metrics that others reach": ["--data", "d", "--metrics", "192.168.0.1:7460"],
    "a demonstration that others reach": ["--data", "d", "--widget-demonstration", "0.0.0.0:7453"],
    "no time": ["--data", "d", "--idle-minutes", "0"],
    "a link to nothing": ["sign-in-link", "--data", "d"],
  },
  (argv: string[]) => assert.throws(() => parseOptions(argv), WrongUsage),
);

test("a full log becomes the first old one, and four are kept", (context) => {
  const folder = mkdtempSync(join(tmpdir(), "log-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "console.log");
  const file = new LogFile(path, 20);
  for (let line = 1; line <= 7; ++line) file.write(`line ${line} of many\n`);
  assert.equal(readFileSync(path, "utf8"), "line 7 of many\n");
  assert.equal(readFileSync(`${path}.4`, "utf8"), "line 3 of many\n");
  assert.ok(!existsSync(`${path}.5`));
});

test("a log that cannot be written is no reason to end", (context) => {
  const folder = mkdtempSync(join(tmpdir(), "log-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const file = new LogFile(join(folder, "later", "console.log"));
  const log = createLog((line) => file.write(line));
  log.info("lost");
  mkdirSync(join(folder, "later"));
  log.info("kept");
  assert.match(readFileSync(join(folder, "later", "console.log"), "utf8"), /^\S*"event":"kept"\S*\n$/);
});

test("a line of the log is one JSON object", () => {
  const lines: string[] = [];
  createLog((line) => lines.push(line)).info("request", { status: 200 });
  const entry = JSON.parse(lines[0] ?? "") as Record<string, unknown>;
  assert.deepEqual([entry["severity"], entry["event"], entry["status"]], ["INFO", "request", 200]);
});

const callerWith = (role: Role, scopes: string[] = []) => ({
  credential: "centres/ashford/credentials/desk",
  centre: "centres/ashford",
  centreName: "Ashford",
  name: "Desk",
  role,
  scopes,
});

test("what a page offers is what the contract allows", () => {
  const create = VolunteerService.method.createVolunteer;
  const approve = OpportunityService.method.approveOpportunity;
  assert.ok(!mayCall(callerWith(Role.READER), create));
  assert.ok(mayCall(callerWith(Role.CASEWORKER), create));
  assert.ok(!mayCall(callerWith(Role.CASEWORKER), approve));
  assert.ok(mayCall(callerWith(Role.MANAGER), approve));
  assert.ok(!mayCall(callerWith(Role.LEAD_ADMIN, ["volunteers.read"]), create));
  assert.ok(mayCall(callerWith(Role.CASEWORKER, ["volunteers.write"]), create));
  assert.ok(!mayCall(callerWith(Role.LEAD_ADMIN), CentreService.method.watchCredentials));
  assert.ok(!mayCall(callerWith(Role.SERVICE), create));
  assert.ok(mayChange(callerWith(Role.CASEWORKER), create, "centres/ashford"));
  assert.ok(!mayChange(callerWith(Role.CENTRE_ADMIN), create, "centres/dover"));
  assert.ok(mayChange(callerWith(Role.LEAD_ADMIN), create, "centres/dover"));
});

test("a record's page is its name", () => {
  assert.equal(pageOf("centres/ashford/volunteers/1a"), "/centres/ashford/volunteers/1a");
  assert.equal(centreOf("centres/ashford/volunteers/1a"), "centres/ashford");
});
