// Templates, with what every page shows around its own content.
import { readdirSync } from "node:fs";
import type { Request, Response } from "express";
import nunjucks from "nunjucks";

import { mayCall } from "../services/access.ts";
import type { Caller } from "../services/access.ts";
import { pageOf } from "../services/names.ts";
import type { Session } from "../session/store.ts";
import { isFetch } from "../session/visits.ts";
import { texts } from "../texts/en-GB/index.ts";
import { formToken, tokenField } from "./csrf.ts";
import type { NavigationItem } from "./page.ts";

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** `text` with what stands between backticks as code. */
function prose(text: string): nunjucks.runtime.SafeString {
  const escaped = text.replace(/[&<>"]/g, (sign) => entities[sign] ?? "");
  return new nunjucks.runtime.SafeString(escaped.replace(/`([^`]+)`/g, "<code>$1</code>"));
}

/** `item`, or what stands there for a caller who may not see it: one or none. */
function itemFor(caller: Caller, { otherwise, ...item }: NavigationItem): readonly NavigationItem[] {
  if (item.needs.every((method) => mayCall(caller, method))) return [item];
  return otherwise === undefined ? [] : itemFor(caller, otherwise);
}

export class Views {
  private readonly environment: nunjucks.Environment;

  constructor(
    folder: string,
    private readonly assets: Readonly<Record<string, string>>,
    private readonly navigation: readonly NavigationItem[],
  ) {
    this.environment = new nunjucks.Environment(new nunjucks.FileSystemLoader(folder), {
      autoescape: true,
      throwOnUndefined: false,
      trimBlocks: true,
      lstripBlocks: true,
    });
    this.environment.addGlobal("t", texts);
    this.environment.addGlobal("asset", (name: string) => this.asset(name));
    this.environment.addFilter("pageOf", pageOf);
    this.environment.addFilter("prose", prose);
    this.compileAll(folder);
  }

  /** Renders `view` as the answer. A session's message is shown by the next page, and then it is gone; a part of a page leaves it. */
  send(
    request: Request,
    response: Response,
    page: { view: string; model: object; status?: number },
    key: Buffer,
  ): void {
    const session = sessionOf(response);
    const flash = isFetch(request) ? undefined : session?.flash;
    if (session !== undefined && flash !== undefined) session.flash = undefined;
    const html: string | null = this.environment.render(page.view, {
      ...page.model,
      cspNonce: response.locals["nonce"] as string,
      formToken: formToken(key),
      tokenField,
      caller: session?.caller,
      navigation: this.navigationFor(session, request.path),
      flash,
    });
    // What an included template fails at is not thrown.
    if (html === null) throw new Error(`${page.view} was not rendered`);
    response
      .status(page.status ?? 200)
      .type("html")
      .send(html);
  }

  /** Now: what does not compile when another template includes it would end the program. */
  private compileAll(folder: string): void {
    for (const name of readdirSync(folder, { encoding: "utf8", recursive: true })) {
      if (name.endsWith(".njk")) this.environment.getTemplate(name, true);
    }
  }

  private asset(name: string): string {
    const published = this.assets[name];
    if (published === undefined) throw new Error(`no asset is called ${name}`);
    return `/assets/${published}`;
  }

  private navigationFor(session: Session | undefined, path: string) {
    if (session === undefined) return [];
    return this.navigation
      .flatMap((item) => itemFor(session.caller, item))
      .map(({ text, href, covers }) => ({
        text,
        href,
        active: covers?.test(path) ?? (path === href || path.startsWith(`${href}/`)),
      }));
  }
}

export function sessionOf(response: Response): Session | undefined {
  return response.locals["session"] as Session | undefined;
}
