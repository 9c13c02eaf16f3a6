// What the browser is told to refuse.
import { randomBytes } from "node:crypto";
import type { RequestHandler } from "express";

const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
];

/** Sets the headers of every answer. The one script in the page itself carries `response.locals.nonce`. */
export function securityHeaders(secure: boolean): RequestHandler {
  return (_request, response, next) => {
    const nonce = randomBytes(16).toString("base64");
    response.locals["nonce"] = nonce;
    response.set({
      "Content-Security-Policy": [...policy, `script-src 'self' 'nonce-${nonce}'`].join("; "),
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cross-Origin-Resource-Policy": "same-origin",
      "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
      "Referrer-Policy": "same-origin",
      "X-Content-Type-Options": "nosniff",
      "X-Frame-Options": "DENY",
      "Cache-Control": "no-store",
    });
    if (secure) response.set("Strict-Transport-Security", "max-age=31536000");
    next();
  };
}
