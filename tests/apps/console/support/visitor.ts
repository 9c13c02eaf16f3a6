// Someone who visits the console without a browser: plain requests with their cookie, many times faster than pages that are drawn.
import assert from "node:assert/strict";

export type Pair = readonly [name: string, value: string];

/** What came back, after a redirect was followed. */
export interface Seen {
  /** Where it is: the address that was asked for, or the one that it led to. */
  readonly path: string;
  readonly status: number;
  /** Whether another address was led to. */
  readonly led: boolean;
  readonly type: string;
  readonly text: string;
}

const tokenPattern = /name="form_token" value="([^"]+)"/;
export const tokenField = "form_token";

const cookiesOf = (response: Response) => response.headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? "");

export class Visitor {
  private constructor(
    readonly url: string,
    readonly cookie: string,
    private readonly formToken: string,
  ) {}

  static async signIn(url: string, credential: string): Promise<Visitor> {
    const form = await fetch(`${url}/sign-in`);
    const body = new URLSearchParams({ [tokenField]: tokenPattern.exec(await form.text())?.[1] ?? "", credential });
    const headers = { cookie: cookiesOf(form).join("; ") };
    const signed = await fetch(`${url}/sign-in`, { method: "POST", redirect: "manual", headers, body });
    assert.equal(signed.status, 303, "the credential signs in");
    const cookie = cookiesOf(signed).join("; ");
    const start = await fetch(url, { headers: { cookie } });
    return new Visitor(url, cookie, tokenPattern.exec(await start.text())?.[1] ?? "");
  }

  async get(path: string): Promise<Seen> {
    return this.seen(path, await this.ask(path, {}));
  }

  /** Sends a form as the one who visits: with their own token, whatever it carried. */
  async post(path: string, fields: readonly Pair[], files: boolean = false): Promise<Seen> {
    const own = fields.filter(([name]) => name !== tokenField);
    const body = files ? new FormData() : new URLSearchParams();
    // The token stands first, as in every form: who reads a long one need not wait for it.
    for (const [name, value] of [[tokenField, this.formToken] as const, ...own]) body.append(name, value);
    return this.seen(path, await this.ask(path, { method: "POST", body }));
  }

  /** Sends a file, as the field of that name. */
  async upload(path: string, fields: readonly Pair[], field: string, file: File): Promise<Seen> {
    const body = new FormData();
    for (const [name, value] of [[tokenField, this.formToken] as const, ...fields]) body.append(name, value);
    body.append(field, file);
    return this.seen(path, await this.ask(path, { method: "POST", body }));
  }

  /** What a page is told while it is open: all of it when it ends, otherwise until something was told after the beginning. */
  async follow(path: string): Promise<Seen> {
    const hangUp = new AbortController();
    const response = await this.ask(path, { signal: hangUp.signal, headers: { accept: "text/event-stream" } });
    let text = "";
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      if (/^(event|:)/m.test(text)) break;
    }
    hangUp.abort();
    return { path, led: false, status: response.status, type: response.headers.get("content-type") ?? "", text };
  }

  private ask(path: string, init: RequestInit): Promise<Response> {
    const headers = { ...init.headers, cookie: this.cookie };
    return fetch(this.url + path, { ...init, headers, redirect: "manual" });
  }

  private async seen(path: string, response: Response): Promise<Seen> {
    const to = response.headers.get("location");
    const text = await response.text();
    if (to !== null) return { ...(await this.get(to)), led: true };
    return { path, led: false, status: response.status, type: response.headers.get("content-type") ?? "", text };
  }
}
