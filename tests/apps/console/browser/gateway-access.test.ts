// Every method that the gateway offers, as the contract lists them, called by those who should not.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Role } from "#protos/brokerage/common/v1/access_pb";

import { Organisation_Kind } from "#protos/brokerage/registry/v1/organisation_pb";

import { pathOf } from "../../../../apps/console/src/gateway/contract.ts";
import { isPublic, isRead } from "../../../../apps/console/src/gateway/permission.ts";
import { callJson, codeIn, contract, requestOf } from "../support/gateway-calls.ts";
import { suite } from "../support/suite.ts";

/** Stands in what the lead centre keeps for itself. */
const marker = "Marker Hidden";
/** By the pattern in a field's comment: a record of the lead centre's. */
const records = new Map<string, string>([["centres/{centre}", "centres/ashford"]]);

const rates = ["--calls-per-minute", "100000", "--public-calls-per-minute", "100000"];
const on = suite({ volunteers: 20, opportunities: 5, console: rates }, async (county) => {
  const parent = "centres/ashford";
  const { volunteers, opportunities, centres, organisations } = county.as(county.lead);
  const add = (pattern: string, { name }: { name: string }) => records.set(pattern, name);
  const volunteer = { displayName: marker, contact: { email: "marker@example.org" } };
  add("centres/{centre}/volunteers/{volunteer}", await volunteers.createVolunteer({ parent, volunteer }));
  const opportunity = { title: marker };
  add("centres/{centre}/opportunities/{opportunity}", await opportunities.createOpportunity({ parent, opportunity }));
  const credential = { displayName: marker, role: Role.READER };
  add("centres/{centre}/credentials/{credential}", await centres.createCredential({ parent, credential }));
  const organisation = {
    displayName: "Ashford's own",
    kind: Organisation_Kind.UNINCORPORATED_ASSOCIATION,
    contact: { email: "marker@example.org" },
  };
  add("organisations/{organisation}", await organisations.createOrganisation({ organisation }));
});

const lookAlike = "vb_ashford_0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

for (const method of contract.methods) {
  const path = pathOf(method);
  test(`${path} without a credential`, async () => {
    const answer = await callJson(on.county.url, method, {}, undefined);
    if (isPublic(method)) assert.notEqual(codeIn(answer), "unauthenticated");
    else assert.match(answer, /CREDENTIAL_MISSING/);
  });

  test(`${path} with the credential of another centre`, async () => {
    const request = requestOf(method.input, records);
    const answer = await callJson(on.county.url, method, request, on.county.partner);
    assert.ok(!answer.includes(marker) && !answer.includes("marker@"), answer);
    const named = JSON.stringify(request);
    const isOwn = /"parent"|centres\/ashford\/|"(centre|organisation)":\{/.test(named);
    const isWrite = named.includes("organisations/") && !isRead(method);
    if (isOwn || isWrite) {
      assert.ok(["permission_denied", "not_found", "invalid_argument"].includes(codeIn(answer)), `${named}: ${answer}`);
    }
  });
}

// Last: an address that guesses is slowed down, and that is what these do.
test("a credential that nobody knows opens nothing, and guessing is slowed down", async () => {
  let slowed = 0;
  for (const method of contract.methods) {
    const answer = await callJson(on.county.url, method, {}, lookAlike);
    assert.ok(["unauthenticated", "resource_exhausted"].includes(codeIn(answer)), `${pathOf(method)}: ${answer}`);
    if (/RATE_LIMITED/.test(answer)) slowed += 1;
  }
  assert.ok(slowed > 0 && slowed < contract.methods.length, String(slowed));
});
