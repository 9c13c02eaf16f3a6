// Our two cookies. Neither holds anything but a random number.
import type { Request, Response } from "express";

/**
 * Gone when the browser is closed, and sent along with no request that another site makes but links. Behind TLS browsers take it from this
 * host alone: a site of a neighbouring name cannot put one of its own in its place.
 */
export class Cookie {
  private readonly name: string;
  private readonly options;

  constructor(name: string, secure: boolean) {
    this.name = secure ? `__Host-${name}` : name;
    this.options = { httpOnly: true, sameSite: "lax", secure, path: "/" } as const;
  }

  read(request: Request): string | undefined {
    for (const part of (request.headers.cookie ?? "").split(";")) {
      const [key, value] = part.split("=", 2);
      if (key?.trim() === this.name) return value?.trim();
    }
    return undefined;
  }

  set(response: Response, value: string): void {
    response.cookie(this.name, value, this.options);
  }

  clear(response: Response): void {
    response.clearCookie(this.name, this.options);
  }
}

export const sessionCookie = (secure: boolean) => new Cookie("brokerage_session", secure);

/** Of a visitor who is not signed in: what guards the sign-in form. */
export const visitCookie = (secure: boolean) => new Cookie("brokerage_visit", secure);
