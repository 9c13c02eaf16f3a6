// A form with a file, as it is read: up to its limits, whole or not at all, and only from whom it may be.
import assert from "node:assert/strict";
import { createServer, request as send } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import type { Request, Response } from "express";

import { mostUploadBytes, uploadOf, uploads } from "../../../../apps/console/src/server/upload.ts";
import { table } from "../support/table.ts";

let server: Server;
let url = "";

/** Answers what was read of a request. `express` is not here: what the reader asks of it is. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const header = (name: string) => String(request.headers[name] ?? "");
  const asked = Object.assign(request, {
    is: (type: string) => header("content-type").startsWith(type),
    body: undefined,
  });
  const answered = Object.assign(response, { locals: {} });
  const read = uploads(() => header("x-stranger") === "");
  try {
    await read(asked as unknown as Request, answered as unknown as Response, () => {});
    const upload = uploadOf(answered as unknown as Response);
    response.end(JSON.stringify({ name: upload?.fileName, bytes: upload?.bytes.length, fields: asked.body }));
  } catch (error) {
    response.writeHead((error as { status?: number }).status ?? 500).end();
  }
}

before(async () => {
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
after(() => server.close());

interface Answer {
  readonly name?: string;
  readonly bytes?: number;
  readonly fields?: Readonly<Record<string, string>>;
}

function formOf(fields: readonly (readonly [string, string])[], file?: File): FormData {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  if (file !== undefined) form.append("file", file);
  return form;
}

async function post(form: FormData, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return (await (await fetch(url, { method: "POST", body: form, headers })).json()) as Answer;
}

const fileOf = (bytes: number, name = "people.csv") => new File([Buffer.alloc(bytes, "a")], name);

for (const [size, kept] of [
  [0, 0],
  [mostUploadBytes, mostUploadBytes],
  [mostUploadBytes + 1, mostUploadBytes + 1],
  [mostUploadBytes + 100_000, mostUploadBytes + 1],
] as const) {
  test(`of a file of ${size} bytes so many are kept that it is known to be too large: ${kept}`, async () => {
    assert.deepEqual(await post(formOf([["kind", "volunteers"]], fileOf(size))), {
      name: "people.csv",
      bytes: kept,
      fields: { kind: "volunteers" },
    });
  });
}

table(
  "a form",
  {
    "without a file": [formOf([["kind", "volunteers"]]), { fields: { kind: "volunteers" } }],
    "whose file was not chosen": [formOf([], fileOf(0, "")), { fields: {} }],
    "with a file from a folder": [
      formOf([], fileOf(1, "C:\\lists\\people.csv")),
      { name: "people.csv", bytes: 1, fields: {} },
    ],
    "with a field that every object has": [
      formOf([
        ["__proto__", "x"],
        ["kind", "y"],
      ]),
      { fields: { kind: "y" } },
    ],
  } as Readonly<Record<string, readonly [FormData, Answer]>>,
  ([form, answer]) => post(form).then((seen) => assert.deepEqual(seen, answer)),
);

test("of a form from whom it may not be nothing is read", async () => {
  assert.deepEqual(await post(formOf([["kind", "volunteers"]], fileOf(9)), { "x-stranger": "yes" }), {});
});

test("a form that ends in the middle, or that is none, is refused", async () => {
  const type = "multipart/form-data; boundary=x";
  const begun = '--x\r\nContent-Disposition: form-data; name="file"; filename="people.csv"\r\n\r\nAnn';
  for (const [headers, body] of [
    [{ "content-type": type }, begun],
    [{ "content-type": "multipart/form-data" }, begun],
  ] as const) {
    assert.equal((await fetch(url, { method: "POST", headers, body })).status, 400);
  }
  // Whoever hangs up leaves nothing behind that waits for the rest.
  const hungUp = send(url, { method: "POST", headers: { "content-type": type, "content-length": "1000" } });
  hungUp.on("error", () => {});
  hungUp.write(begun);
  await new Promise((resolve) => server.once("request", resolve));
  hungUp.destroy();
  assert.equal((await post(formOf([], fileOf(3)))).bytes, 3);
});
