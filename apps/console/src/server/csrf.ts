// Forms that only our own pages can send. Each carries the session's form key under a fresh mask, so that a compressed
// page never holds the same secret twice.
import { randomBytes, timingSafeEqual } from "node:crypto";
import type { Request } from "express";

export const tokenField = "form_token";

function xor(left: Buffer, right: Buffer): Buffer {
  return Buffer.from(left.map((byte, index) => byte ^ (right[index] ?? 0)));
}

export function formToken(key: Buffer): string {
  const mask = randomBytes(key.length);
  return Buffer.concat([mask, xor(mask, key)]).toString("base64url");
}

export function isFormToken(key: Buffer, token: string): boolean {
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length !== 2 * key.length) return false;
  return timingSafeEqual(xor(bytes.subarray(0, key.length), bytes.subarray(key.length)), key);
}

/** Whether a browser says that a page of ours sent the request; undefined when it says nothing. */
export function isFromOurPage(request: Request): boolean | undefined {
  const site = request.get("sec-fetch-site");
  if (site !== undefined) return site === "same-origin";
  const origin = request.get("origin");
  if (origin === undefined) return undefined;
  try {
    return new URL(origin).host === request.get("host");
  } catch {
    return false;
  }
}
