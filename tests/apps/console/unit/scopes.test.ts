// What a credential can be limited to is what the contract says, all of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { getOption } from "@bufbuild/protobuf";

import { access } from "#protos/brokerage/common/v1/access_pb";

import { readContract } from "../../../../apps/console/src/gateway/contract.ts";
import { allScopes } from "../../../../apps/console/src/services/scopes.ts";
import { contractWith } from "../support/contract.ts";

test("every scope that a method for people declares can be given", () => {
  const declared = readContract(contractWith()).methods.map((method) => getOption(method, access).scope);
  const missing = declared.filter((scope) => scope !== "" && !allScopes.includes(scope));
  assert.deepEqual([...new Set(missing)], []);
});
