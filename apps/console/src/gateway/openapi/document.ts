// The OpenAPI document of what the gateway offers, out of the contract and its comments.
import type { DescMethod } from "@bufbuild/protobuf";

import { Role } from "#protos/brokerage/common/v1/access_pb";

import { fullName, pathOf } from "../contract.ts";
import type { Contract } from "../contract.ts";
import { isPublic, isRead, policyOf } from "../permission.ts";
import { errorSchema, errorSchemaName, failureResponses, failures } from "./errors.ts";
import { Schemas } from "./schemas.ts";
import type { Content, OpenApi, Operation, Parameter, PathItem, Response, Schema } from "./types.ts";

const schemeName = "credential";

const about =
  `The API of Volunteer Brokerage over HTTP: every method is a POST of its request as JSON, and a method that changes nothing
may also be a GET. The same addresses speak Connect and gRPC-Web. A credential of a centre goes into the header Authorization;
cookies mean nothing here. Fields that are not known are refused.`.replaceAll("\n", " ");

const json = (schema: Schema): Content => ({ "application/json": { schema } });
const enveloped = (schema: Schema): Content => ({ "application/connect+json": { schema } });

const ofStream =
  "Each message of the request and of the answer goes in an envelope: a byte of flags, four bytes of length (big-endian), " +
  "the JSON. The last has flag 2, and an `error` if there was one.";

const timeout: Parameter = {
  name: "Connect-Timeout-Ms",
  in: "header",
  description: "How long the caller waits, in milliseconds.",
  schema: { type: "integer" },
};

function whoMayCall(method: DescMethod): string {
  if (isPublic(method)) return "Needs no credential.";
  const { minimumRole, scope } = policyOf(method);
  return `Needs the role \`ROLE_${Role[minimumRole]}\` or a higher one, and, of a credential with scopes, the scope \`${scope}\`.`;
}

class Operations {
  constructor(
    private readonly contract: Contract,
    private readonly schemas: Schemas,
  ) {}

  pathItem(method: DescMethod): PathItem {
    const canGet = isRead(method) && method.methodKind === "unary";
    return { ...(canGet ? { get: this.get(method) } : {}), post: this.post(method) };
  }

  private common(method: DescMethod, verb: string) {
    const comment = this.contract.comments.get(fullName(method)) ?? "";
    return {
      operationId: `${fullName(method).replace(/^brokerage\./, "")}.${verb}`,
      tags: [method.parent.typeName],
      summary: method.name,
      description: [comment, whoMayCall(method)].filter(Boolean).join("\n\n"),
      security: isPublic(method) ? [] : [{ [schemeName]: [] }],
    };
  }

  private post(method: DescMethod): Operation {
    const common = this.common(method, "post");
    const isStream = method.methodKind !== "unary";
    const content = isStream ? enveloped : json;
    return {
      ...common,
      description: isStream ? `${common.description}\n\n${ofStream}` : common.description,
      parameters: [timeout],
      requestBody: { required: true, content: content(this.schemas.request(method.input)) },
      responses: {
        "200": { description: "The answer.", content: content(this.schemas.message(method.output)) },
        ...failureResponses,
      },
    };
  }

  private get(method: DescMethod): Operation {
    const message: Parameter = {
      name: "message",
      in: "query",
      required: true,
      description: "The request as JSON. An address is written down in many places: send personal data by POST.",
      content: json(this.schemas.request(method.input)),
    };
    const encoding: Parameter = { name: "encoding", in: "query", required: true, schema: { enum: ["json"] } };
    const version: Parameter = { name: "connect", in: "query", schema: { enum: ["v1"] } };
    const unchanged: Record<string, Response> = isPublic(method)
      ? { "304": { description: "The answer is still that of the ETag in If-None-Match." } }
      : {};
    return {
      ...this.common(method, "get"),
      parameters: [message, encoding, version, timeout],
      responses: {
        "200": { description: "The answer.", content: json(this.schemas.message(method.output)) },
        ...unchanged,
        ...failureResponses,
      },
    };
  }
}

export function openApiOf(contract: Contract, publicUrl: URL): OpenApi {
  const schemas = new Schemas(contract.comments);
  const operations = new Operations(contract, schemas);
  const paths = Object.fromEntries(contract.methods.map((method) => [pathOf(method), operations.pathItem(method)]));
  const services = [...new Set(contract.methods.map(({ parent }) => parent.typeName))];
  return {
    openapi: "3.1.0",
    info: {
      title: "Volunteer Brokerage",
      version: "v1",
      description: about,
      license: { name: "Apache License 2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: publicUrl.origin }],
    tags: services.map((name) => ({ name, description: contract.comments.get(name) ?? "" })),
    paths,
    components: {
      securitySchemes: {
        [schemeName]: { type: "http", scheme: "bearer", description: "The token of a centre's credential." },
      },
      responses: failures,
      schemas: { ...schemas.all(), [errorSchemaName]: errorSchema },
    },
  };
}
