// What was posted, its faults, and what makes sending it twice safe.
import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { test } from "node:test";

import { Form, FormErrors, addFaults } from "../../../../apps/console/src/forms/form.ts";
import { requestId, stepId } from "../../../../apps/console/src/forms/request-id.ts";
import { chosenNumber } from "../../../../apps/console/src/pages/shared/options.ts";
import { formToken, isFormToken } from "../../../../apps/console/src/server/csrf.ts";
import type { Failure } from "../../../../apps/console/src/services/failure.ts";
import { filterOf } from "../../../../apps/console/src/services/filter.ts";

const failure: Failure = {
  kind: "invalid",
  reason: "INVALID_FIELDS",
  metadata: {},
  faults: [],
  retryAfterSeconds: undefined,
  message: "2 fields are wrong",
};

test("fields are read trimmed, once each, and never as anything but text", () => {
  const form = Form.of({ name: " Ann \r\n", skills: ["b", "a", "b", ""], odd: { deep: "x" } });
  assert.equal(form.text("name"), "Ann");
  assert.deepEqual(form.all("skills"), ["b", "a"]);
  assert.equal(form.text("odd"), "");
  assert.equal(form.text("missing"), "");
  assert.ok(form.has("name") && !form.has("missing"));
  assert.equal(Form.of(undefined).text("name"), "");
});

for (const [text, number] of [
  ["0", 0],
  ["7", 7],
  ["999", 999],
  ["1000", 0],
  ["", 0],
  ["-1", 0],
  ["2.5", 0],
  ["1e2", 0],
  ["lead", 0],
] as const) {
  test(`a choice that is posted as "${text}" is ${number}`, () => assert.equal(chosenNumber(text), number));
}

test("a service's faults go to their fields, the longest path first", () => {
  const errors = new FormErrors();
  const map = {
    "volunteer.contact": { field: "reach", label: "Contact" },
    "volunteer.contact.email": { field: "email", label: "Email address" },
    "volunteer.skills": { field: "skills", label: "Skills" },
  };
  const faults = [
    { field: "volunteer.contact.email", description: "has no @" },
    { field: "volunteer.contact.phone", description: "has letters" },
    { field: "volunteer.skills[2].skill", description: "is unknown" },
    { field: "volunteer.contacts", description: "is odd" },
  ];
  addFaults(errors, { ...failure, faults }, map);
  assert.deepEqual(errors.summary, [
    { text: "Email address has no @", href: "#email" },
    { text: "Contact has letters", href: "#reach" },
    { text: "Skills is unknown", href: "#skills" },
    { text: "volunteer.contacts is odd" },
  ]);
  assert.deepEqual(errors.byField["email"], { text: "Email address has no @" });
});

test("a failure without fields is told as a whole", () => {
  const errors = new FormErrors();
  addFaults(errors, failure, {});
  assert.deepEqual(errors.summary, [{ text: "2 fields are wrong" }]);
});

test("a form keeps its request id, and each of its steps has one of its own", () => {
  const id = randomUUID();
  assert.equal(requestId(Form.of({ request_id: id })), id);
  const minted = requestId(Form.of({ request_id: "made up" }));
  const uuid4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  for (const one of [minted, stepId(id, "register"), stepId(id, "activate")]) assert.match(one, uuid4);
  assert.equal(stepId(id, "register"), stepId(id, "register"));
  assert.notEqual(stepId(id, "register"), stepId(id, "activate"));
});

test("a form's token is another each time and good for its key alone", () => {
  const key = randomBytes(32);
  const [first, second] = [formToken(key), formToken(key)];
  assert.notEqual(first, second);
  assert.ok(isFormToken(key, first) && isFormToken(key, second));
  assert.ok(!isFormToken(randomBytes(32), first));
  for (const bad of ["", "x", first.slice(0, -2), `${first}AA`]) assert.ok(!isFormToken(key, bad), bad);
});

test("what is typed cannot break out of a filter", () => {
  const terms = [
    { field: "display_name", op: ":", value: 'a" OR \\"b' },
    { field: "state", op: "=", value: "" },
    { field: "centre", op: "=", value: "centres/dover" },
  ] as const;
  assert.equal(filterOf(terms), 'display_name:"a\\" OR \\\\\\"b" AND centre="centres/dover"');
});
