// What makes sending a form twice safe: its request id is minted when the form is first shown, and stays with it.
import { createHash, randomUUID } from "node:crypto";

import type { Form } from "./form.ts";

const uuid4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** The form's request id; a new one when it carries none. */
export function requestId(form: Form): string {
  const sent = form.text("request_id");
  return uuid4.test(sent) ? sent : randomUUID();
}

/** The request id of a further call that the same form makes: the same again for the same form. */
export function stepId(id: string, step: string): string {
  const hex = createHash("sha256").update(`${id} ${step}`).digest("hex");
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
