// Our two cookies. Neither holds anything but a random number.
import type { Request, Response } from "express";

export const sessionCookie = "brokerage_session";
/** Of a visitor who is not signed in: what guards the sign-in form. */
export const visitCookie = "brokerage_visit";

export function readCookie(request: Request, name: string): string | undefined {
  for (const part of (request.headers.cookie ?? "").split(";")) {
    const [key, value] = part.split("=", 2);
    if (key?.trim() === name) return value?.trim();
  }
  return undefined;
}

/** Sets the cookie until the browser is closed; it is sent along with no request that another site makes but links. */
export function setCookie(response: Response, name: string, value: string, secure: boolean): void {
  response.cookie(name, value, { httpOnly: true, sameSite: "lax", secure, path: "/" });
}

export function clearCookie(response: Response, name: string, secure: boolean): void {
  response.clearCookie(name, { httpOnly: true, sameSite: "lax", secure, path: "/" });
}
