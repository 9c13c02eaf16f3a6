// What an error means to a page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Code, ConnectError } from "@connectrpc/connect";

import { ErrorInfoSchema } from "#protos/google/rpc/error_details_pb";

import { failureOf, isOfTransport } from "../../../../apps/console/src/services/failure.ts";
import { table } from "../support/table.ts";

function errorOf(code: Code, reason: string): ConnectError {
  const details = reason === "" ? [] : [{ desc: ErrorInfoSchema, value: { reason, domain: "brokerage" } }];
  return new ConnectError("said", code, undefined, details);
}

table(
  "an error",
  {
    "that a changed record is": [Code.Aborted, "ETAG_MISMATCH", "changed", false],
    "of a connection that is cut while a call is under way": [Code.Aborted, "", "unavailable", true],
    "of a stream that is closed while a call is under way": [Code.Canceled, "", "unavailable", true],
    "of a service that nobody reaches": [Code.Unavailable, "", "unavailable", true],
    "of a service that cannot store": [Code.Unavailable, "STORE_UNAVAILABLE", "unavailable", false],
    "of a time that is over": [Code.DeadlineExceeded, "", "unavailable", false],
    "of a request that we could not write": [Code.Internal, "", "unexpected", true],
    "of a service's fault": [Code.Internal, "INTERNAL", "unexpected", false],
    "of a credential that is revoked": [Code.Unauthenticated, "CREDENTIAL_INVALID", "signed-out", false],
  } as Readonly<Record<string, readonly [Code, string, string, boolean]>>,
  ([code, reason, kind, lost]) => {
    const error = errorOf(code, reason);
    const failure = failureOf(error);
    assert.deepEqual([failure?.kind, failure?.reason, isOfTransport(error)], [kind, reason, lost]);
  },
);

test("what did not come from a call is no failure", () => assert.equal(failureOf(new Error("ours")), undefined));
