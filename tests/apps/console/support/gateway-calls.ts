// Requests for any method of the contract, made of what it says of their fields, and sent to the gateway as a page would.
import type { DescField, DescMessage, DescMethod } from "@bufbuild/protobuf";

import { pathOf, readContract } from "../../../../apps/console/src/gateway/contract.ts";
import { contractWith } from "./contract.ts";

export const contract = readContract(contractWith());

/** The pattern of the names that a field holds, when its comment says so. */
export function patternOf(field: DescField): string | undefined {
  const comment = contract.comments.get(`${field.parent.typeName}.${field.name}`) ?? "";
  return /`((?:centres|organisations)\/\{[^`]*)`/.exec(comment)?.[1];
}

/**
 * A request about `records`, which are found by the patterns of their names: each field that holds such a name has it. Of several fields of
 * which one may be set, the one at `pick` is. `texts`: what a record is to be called then.
 */
export function requestOf(
  message: DescMessage,
  records: ReadonlyMap<string, string>,
  { pick = 0, texts = {} }: { pick?: number; texts?: Readonly<Record<string, string>> } = {},
  depth = 0,
): Record<string, unknown> {
  const request: Record<string, unknown> = {};
  for (const field of message.fields) {
    const others = field.oneof?.fields ?? [field];
    if (field !== others[Math.min(pick, others.length - 1)]) continue;
    if (field.fieldKind === "scalar" && (depth === 0 || field.name === "name")) {
      const record = records.get(patternOf(field) ?? "");
      if (record !== undefined) request[field.jsonName] = record;
    }
    const text = depth > 0 ? texts[field.name] : undefined;
    if (text !== undefined) request[field.jsonName] = text;
    if (field.fieldKind === "message" && depth === 0 && field.message.fields.some(({ name }) => name === "etag")) {
      request[field.jsonName] = requestOf(field.message, records, { pick, texts }, 1);
    }
  }
  return request;
}

function envelope(text: string): Uint8Array<ArrayBuffer> {
  const data = new TextEncoder().encode(text);
  const whole = new Uint8Array(5 + data.length);
  new DataView(whole.buffer).setUint32(1, data.length);
  whole.set(data, 5);
  return whole;
}

/** What the gateway at `url` answers; of a stream, what it told within `limitMs`. */
export async function callJson(
  url: string,
  method: DescMethod,
  request: object,
  token: string | undefined,
  limitMs = 5000,
): Promise<string> {
  const isStream = method.methodKind !== "unary";
  const text = JSON.stringify(request);
  const response = await fetch(url + pathOf(method), {
    method: "POST",
    headers: {
      "content-type": isStream ? "application/connect+json" : "application/json",
      "connect-timeout-ms": String(limitMs),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: isStream ? envelope(text) : text,
  });
  return response.text();
}

export const codeIn = (answer: string) => /"code":"(\w+)"/.exec(answer)?.[1] ?? "";
