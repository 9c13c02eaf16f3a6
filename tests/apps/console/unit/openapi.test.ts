// The description of the API, held to OpenAPI's own schema and to what the gateway does.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Validator } from "@seriousme/openapi-schema-validator";

import { Role } from "#protos/brokerage/common/v1/access_pb";

import { pathOf, readContract } from "../../../../apps/console/src/gateway/contract.ts";
import { openApiOf } from "../../../../apps/console/src/gateway/openapi/document.ts";
import { itemLimits } from "../../../../apps/console/src/gateway/openapi/limits.ts";
import { Reference } from "../../../../apps/console/src/gateway/reference/reference.ts";
import { contractWith, service } from "../support/contract.ts";
import { table } from "../support/table.ts";

const here = new URL("https://console.example");
const contract = readContract(contractWith());
const document = openApiOf(contract, here);
const schemas = document.components.schemas;
const fieldOf = (message: string, field: string) => schemas[`brokerage.${message}`]?.properties?.[field];

test("it is an OpenAPI document", async () => {
  const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(document)));
  assert.ok(valid, JSON.stringify(errors));
});

test("it has every method that is offered, and each with its words", () => {
  assert.deepEqual(Object.keys(document.paths), contract.methods.map(pathOf));
  assert.ok(contract.methods.length > 40, String(contract.methods.length));
  for (const [path, { post, get }] of Object.entries(document.paths)) {
    const [said, who] = post.description.split("\n\n");
    assert.ok((said ?? "").length > 5, path);
    assert.match(who ?? "", /^Needs /, path);
    // Who reads a referral may be told how to reach somebody, and that is written down.
    const writes = /\/(Create|Update|Delete|GetReferral$)/.test(path);
    if (writes) assert.equal(get, undefined, path);
    else if (/\/(Get|List|Search)/.test(path)) assert.ok(get, path);
  }
});

test("every reference leads somewhere", () => {
  for (const [, name = ""] of JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
    assert.ok(schemas[name], name);
  }
});

test("every schema and field is described", () => {
  for (const [name, schema] of Object.entries(schemas)) {
    if (name.startsWith("google.")) continue;
    assert.ok(schema.description, name);
    for (const [field, { description }] of Object.entries(schema.properties ?? {})) {
      assert.ok(description, `${name}.${field}`);
    }
  }
});

test("limits, as far as the contract words them so", () => {
  assert.deepEqual(schemas["brokerage.registry.v1.ResolveTermRequest"]?.required, ["term"]);
  assert.equal(fieldOf("registry.v1.ResolveTermRequest", "term")?.maxLength, 200);
  assert.equal(fieldOf("matching.v1.Opportunity", "places")?.maximum, 10_000);
  assert.equal(fieldOf("matching.v1.FlexibleSchedule", "minimumBlockMinutes")?.maximum, 10_080);
  assert.equal(fieldOf("common.v1.Place", "latitude")?.minimum, -90);
  assert.equal(fieldOf("matching.v1.Volunteer", "skills")?.maxItems, 100);
  assert.equal(fieldOf("matching.v1.CreateVolunteerRequest", "requestId")?.format, "uuid");
  assert.equal(fieldOf("matching.v1.Volunteer", "state")?.readOnly, true);
  assert.equal(fieldOf("matching.v1.ListVolunteersRequest", "pageSize")?.maximum, undefined);
});

table(
  "how many items",
  {
    "at most": ["DBS checks held; at most 20.", 20],
    windows: ["Required. 1 to 100 windows.", 100],
    thousands: ["At most 1,000.", 1000],
    "of something else": ["Up to 200 bytes.", undefined],
  } as Record<string, readonly [string, number | undefined]>,
  ([comment, most]) => assert.equal(itemLimits(comment).maxItems, most),
);

test("a method that is added is described, and shown, without a line of code", () => {
  const added = {
    name: "WeighTerm",
    input: "ResolveTermRequest",
    output: "ResolveTermResponse",
    role: Role.READER,
    read: true,
    comment: "Weighs a `term` <b>well</b>.",
  };
  const more = openApiOf(readContract(contractWith([added])), here);
  const item = more.paths[`/${service}/WeighTerm`];
  assert.match(item?.post.description ?? "", /^Weighs a `term`/);
  assert.ok(item?.get);
  const page = new Reference(more).service(service);
  assert.ok(page?.entries.some(({ name, verbs }) => name === "WeighTerm" && verbs === "GET, POST"));
});
