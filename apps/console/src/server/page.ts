// What a page is made of: routes that take a visit and give an answer. A feature (one folder of pages/) is a list of them.
import type { DescMethod } from "@bufbuild/protobuf";

import type { Clients } from "../services/clients.ts";
import type { Reference } from "../services/reference.ts";
import type { Flash, Session } from "../session/store.ts";
import type { PageEvent } from "./events.ts";
import type { Upload } from "./upload.ts";
import type { Form } from "../forms/form.ts";

/** One request of someone who is signed in. */
export interface Visit {
  readonly session: Session;
  /** The services, called as this person. */
  readonly clients: Clients;
  readonly reference: Reference;
  /** A part of the address that the route names; empty when there is none. */
  param(name: string): string;
  /** A field behind the question mark; empty when there is none. */
  query(name: string): string;
  /** What was posted. */
  readonly form: Form;
  /** The file that was posted. */
  readonly upload: Upload | undefined;
  /** Whether a script of ours asks for a part of a page. */
  readonly wantsFragment: boolean;
  may(method: DescMethod): boolean;
}

/** A template with what it shows. `status` is 200 unless said. */
export interface Page {
  readonly view: string;
  readonly model: object;
  readonly status?: number;
}

/** Another page to go to, which may show a message once. */
export interface Redirect {
  readonly redirect: string;
  readonly flash?: Flash;
}

/** What an open page is told as it happens; undefined is a sign of life. */
export interface Events {
  readonly events: (signal: AbortSignal) => AsyncIterable<PageEvent | undefined>;
}

/** A file to keep. */
export interface Download {
  readonly download: string;
  readonly fileName: string;
  /** Such as "text/csv". */
  readonly type: string;
}

export type Answer = Page | Redirect | Events | Download;

export interface Route {
  readonly method: "get" | "post";
  readonly path: string;
  /** What the page calls: whoever may not call one of these is told so. */
  readonly needs: readonly DescMethod[];
  readonly handle: (visit: Visit) => Promise<Answer>;
}

export interface NavigationItem {
  readonly text: string;
  readonly href: string;
  readonly needs: readonly DescMethod[];
  /** The addresses at which it is where one is; none: `href` and all below it. */
  readonly covers?: RegExp;
  /** What is there instead for those who may not call all that it needs. */
  readonly otherwise?: NavigationItem;
}

export interface Feature {
  readonly routes: readonly Route[];
  readonly navigation?: NavigationItem;
}

/** A page that the person's role does not open. */
export class Forbidden extends Error {}

/** A record that the person may read and only another centre may change. `page` is the address of its own page. */
export class OthersRecord extends Error {
  constructor(readonly page: string) {
    super();
  }
}

/** A page that there is none of, or none that the person may know of. */
export class NotFound extends Error {}

export const get = (path: string, needs: readonly DescMethod[], handle: Route["handle"]): Route => ({
  method: "get",
  path,
  needs,
  handle,
});

export const post = (path: string, needs: readonly DescMethod[], handle: Route["handle"]): Route => ({
  method: "post",
  path,
  needs,
  handle,
});
