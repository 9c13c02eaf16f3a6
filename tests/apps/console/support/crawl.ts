// Goes wherever links, and forms that only look for something, lead.
import { features } from "../../../../apps/console/src/pages/index.ts";
import type { FormFound, PageRead, Parser } from "./parser.ts";
import type { Pair, Seen, Visitor } from "./visitor.ts";

/** Every route of the console, as `GET /volunteers/register`. */
const routes = features.flatMap(({ routes }) => routes).map(({ method, path }) => ({ method, path }));
const patterns = routes.map(({ method, path }) => ({
  name: `${method.toUpperCase()} ${path}`,
  method,
  pattern: new RegExp(`^${path.replace(/:[A-Za-z]+/g, "[^/]+")}$`),
}));

export const allRoutes: readonly string[] = patterns.map(({ name }) => name);

const pathnameOf = (address: string) => new URL(address, "http://console").pathname;

/** The route that answers, as the console finds it: the first that fits. */
export function routeOf(method: string, address: string): string | undefined {
  const path = pathnameOf(address);
  return patterns.find((one) => one.method === method && one.pattern.test(path))?.name;
}

export interface Crawled {
  /** Each address that was reached, with what was there. */
  readonly pages: ReadonlyMap<string, Seen>;
  /** Each thing that can be sent, once. */
  readonly forms: readonly FormFound[];
  readonly streams: readonly string[];
}

/** What is told of each page; a stream and a file have nothing to be read. */
export type Look = (seen: Seen, read: PageRead | undefined) => Promise<void> | void;

/** Where one comes back to makes no other page. */
function keyOf(address: string): string {
  const url = new URL(address, "http://console");
  for (const name of ["back", "place"]) url.searchParams.delete(name);
  url.searchParams.sort();
  return url.pathname + url.search;
}

const isOurs = (address: string) => /^\/(?!\/|assets\/)/.test(address);
const formKey = ({ method, action, fields }: FormFound) =>
  `${method} ${keyOf(action)} ${fields.map(([name, value]) => (name === "intent" ? `${name}=${value}` : name)).join()}`;

/** An address without what only tells one record from another of its kind. */
export const kindOf = (address: string) =>
  pathnameOf(address)
    .replace(/\/[a-z0-9]{20,}(?=\/|$)/g, "/:id")
    .replace(/^\/centres\/[a-z-]+/, "/centres/:id")
    .replace(/(matches|referrals)\/[a-z-]+\/:id/, "$1/:id/:id");

interface Bounds {
  /** What is looked for wherever one can look for something. */
  readonly words: readonly string[];
  /** How many addresses of a kind are read; none said: all of them. */
  readonly mostOfAKind?: number;
}

export class Crawl {
  private readonly queue: string[] = ["/"];
  private readonly known = new Set<string>(["/"]);
  private readonly pages = new Map<string, Seen>();
  private readonly forms = new Map<string, FormFound>();
  private readonly streams = new Set<string>();
  /** Lists that were looked through by everything that can be chosen. */
  private readonly listsTried = new Set<string>();

  private readonly kinds = new Map<string, number>();

  constructor(
    private readonly visitor: Visitor,
    private readonly parser: Parser,
    private readonly bounds: Bounds,
    private readonly look: Look,
  ) {}

  async run(): Promise<Crawled> {
    for (let path = this.queue.shift(); path !== undefined; path = this.queue.shift()) {
      await this.take(path, await this.visitor.get(path));
    }
    return { pages: this.pages, forms: [...this.forms.values()], streams: [...this.streams] };
  }

  private async take(path: string, seen: Seen): Promise<void> {
    this.pages.set(path, seen);
    if (!seen.type.startsWith("text/html")) return this.look(seen, undefined);
    const read = await this.parser.read(seen.text, seen.path);
    await this.look(seen, read);
    for (const link of read.links) this.find(link);
    for (const form of read.forms) await this.findForm(form);
    for (const stream of read.streams) await this.findStream(stream);
  }

  private find(link: string): void {
    const address = link.replace(/#.*/, "");
    if (!isOurs(address) || this.known.has(keyOf(address))) return;
    this.known.add(keyOf(address));
    const ofItsKind = this.kinds.get(kindOf(address)) ?? 0;
    this.kinds.set(kindOf(address), ofItsKind + 1);
    if (ofItsKind < (this.bounds.mostOfAKind ?? Infinity)) this.queue.push(address);
  }

  private async findStream(address: string): Promise<void> {
    if (this.streams.has(address)) return;
    this.streams.add(address);
    await this.look(await this.visitor.follow(address), undefined);
  }

  private async findForm(form: FormFound): Promise<void> {
    const key = formKey(form);
    if (this.forms.has(key)) return;
    this.forms.set(key, form);
    if (!form.search) return;
    for (const fields of this.waysToLook(form)) {
      const seen =
        form.method === "get" ? await this.visitor.get(queryOf(form, fields)) : await this.send(form, fields);
      const address = seen.path;
      if (this.known.has(keyOf(address))) continue;
      this.known.add(keyOf(address));
      await this.take(address, seen);
    }
  }

  private send({ action, files }: FormFound, fields: readonly Pair[]): Promise<Seen> {
    return this.visitor.post(action, fields, files);
  }

  /** As it stands, by each word, and, once for each list, by each thing that can be chosen. */
  private waysToLook(form: FormFound): readonly (readonly Pair[])[] {
    const [typed = ""] = form.typed;
    const byWord = typed === "" ? [] : this.bounds.words.map((word) => withValue(form.fields, typed, word));
    const list = routeOf(form.method, form.action) ?? form.action;
    const isNew = !this.listsTried.has(list);
    this.listsTried.add(list);
    const byChoice = !isNew
      ? []
      : form.chosen.flatMap(([name, values]) => values.map((value) => withValue(form.fields, name, value)));
    return [form.fields, ...byWord, ...byChoice];
  }
}

export const withValue = (fields: readonly Pair[], field: string, value: string): readonly Pair[] =>
  fields.map(([name, old]) => [name, name === field ? value : old] as const);

const queryOf = ({ action }: FormFound, fields: readonly Pair[]) =>
  `${action}?${new URLSearchParams(fields.map(([name, value]) => [name, value])).toString()}`;
