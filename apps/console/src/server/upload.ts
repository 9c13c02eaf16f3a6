// A form with a file: its fields like any other form's, and the file in memory, never on disk.
import type { IncomingMessage } from "node:http";
import busboy from "busboy";
import type { Request, RequestHandler, Response } from "express";

/** A file that was sent. */
export interface Upload {
  readonly fileName: string;
  /** Of a file with more than `mostUploadBytes` one more, and no further ones. */
  readonly bytes: Buffer;
}

export const mostUploadBytes = 5 * 1024 * 1024;

/** Of the fields beside the file: a choice or two and the form's token. */
const mostFields = 20;
const longestField = 2000;
const badRequest = 400;

interface Sent {
  readonly fields: Readonly<Record<string, string>>;
  readonly upload: Upload | undefined;
}

class Unreadable extends Error {
  readonly status = badRequest;
}

function read(request: IncomingMessage): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const fields: Record<string, string> = {};
    let upload: Upload | undefined;
    const refuse = () => reject(new Unreadable());
    let parts: busboy.Busboy;
    try {
      parts = busboy({
        headers: request.headers,
        defParamCharset: "utf8",
        limits: {
          files: 1,
          fileSize: mostUploadBytes + 1,
          fields: mostFields,
          fieldSize: longestField,
          parts: mostFields,
        },
      });
    } catch {
      return refuse();
    }
    parts.on("field", (name, value) => {
      if (name !== "__proto__") fields[name] = value;
    });
    parts.on("file", (_name, stream, { filename }) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("error", refuse);
      stream.on("close", () => {
        if ((filename ?? "") !== "") upload = { fileName: filename, bytes: Buffer.concat(chunks) };
      });
    });
    parts.on("error", refuse);
    parts.on("close", () => resolve({ fields, upload }));
    request.on("aborted", refuse);
    request.pipe(parts);
  });
}

/** Reads what `mayUpload` lets in. The fields are the request's body, and the file is `uploadOf`'s. */
export function uploads(mayUpload: (request: Request) => boolean): RequestHandler {
  return async (request, response, next) => {
    if (request.method !== "POST" || !request.is("multipart/form-data") || !mayUpload(request)) return next();
    const { fields, upload } = await read(request);
    request.body = fields;
    response.locals["upload"] = upload;
    next();
  };
}

export function uploadOf(response: Response): Upload | undefined {
  return response.locals["upload"] as Upload | undefined;
}
