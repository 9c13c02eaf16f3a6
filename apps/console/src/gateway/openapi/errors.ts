// How a call that failed is answered, as OpenAPI says it.
import { Code } from "@connectrpc/connect";
import { codeToString } from "@connectrpc/connect/protocol-connect";

import type { Response, Schema } from "./types.ts";

export const errorSchemaName = "Error";

const codes = Object.values(Code)
  .filter((code): code is Code => typeof code === "number")
  .map(codeToString);

export const errorSchema: Schema = {
  type: "object",
  description: "Why a call failed. Nothing was changed, unless the reason is `OUTCOME_UNKNOWN`.",
  required: ["code"],
  properties: {
    code: { type: "string", enum: codes, description: "The kind of failure." },
    message: { type: "string", description: "For people who write programs; its words may change." },
    details: {
      type: "array",
      description:
        "`google.rpc.ErrorInfo` with a `reason` that does not change, `google.rpc.BadRequest` with every field at fault, " +
        "`google.rpc.PreconditionFailure` with all that a step lacks, `google.rpc.RetryInfo` with how long to wait.",
      items: {
        type: "object",
        required: ["type", "value"],
        properties: {
          type: { type: "string", description: "Which message it is." },
          value: { type: "string", format: "byte", description: "The message in Protobuf's binary form, as Base64." },
          debug: { type: "object", description: "The same as JSON." },
        },
      },
    },
  },
};

const failure = (description: string, more: Response = {}): Response => ({
  description,
  content: { "application/json": { schema: { $ref: `#/components/schemas/${errorSchemaName}` } } },
  ...more,
});

export const failures: Readonly<Record<string, Response>> = {
  Refused: failure("The request is at fault, or the record's state does not allow it: the details say which and why."),
  NoCredential: failure("`CREDENTIAL_MISSING` or `CREDENTIAL_INVALID`."),
  Forbidden: failure("The credential's role or scopes do not allow it, or the page's origin may not call."),
  NotFound: failure("There is none, or none that the caller may know of."),
  TooMany: failure("`RATE_LIMITED`, or the service is full.", {
    headers: { "Retry-After": { description: "Seconds to wait.", schema: { type: "integer" } } },
  }),
  Failed: failure("Any other failure."),
};

const responseTo = (name: string): Response => ({ $ref: `#/components/responses/${name}` });

export const failureResponses: Readonly<Record<string, Response>> = {
  "400": responseTo("Refused"),
  "401": responseTo("NoCredential"),
  "403": responseTo("Forbidden"),
  "404": responseTo("NotFound"),
  "429": responseTo("TooMany"),
  default: responseTo("Failed"),
};
