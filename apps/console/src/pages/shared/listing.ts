// A list that is searched and read page by page. The terms are kept with the session: see session/searches.ts.
import type { Answer, Visit } from "../../server/page.ts";
import { failureOf } from "../../services/failure.ts";
import type { Search, Terms } from "../../session/searches.ts";

export interface Read<Item> {
  readonly items: readonly Item[];
  readonly nextPageToken: string;
}

export interface Listed<Item, Answered extends Read<Item> = Read<Item>> {
  readonly terms: Terms;
  readonly items: readonly Item[];
  /** All that the list's `read` answered. */
  readonly answered: Answered;
  /** Which page it is, from 1. */
  readonly number: number;
  /** Where this page is found again. */
  readonly address: string;
  readonly pages: { readonly previous: string | undefined; readonly next: string | undefined };
}

export interface Searchable<Defaults extends Terms = Terms> {
  /** Where the list is: "/volunteers". */
  readonly path: string;
  /** The fields that can be searched by, with what they are at first. */
  readonly defaults: Defaults;
}

export interface List<Item, Answered extends Read<Item> = Read<Item>> extends Searchable {
  readonly read: (visit: Visit, terms: Terms, pageToken: string) => Promise<Answered>;
}

/** The page of the list that the address names. */
export async function readPage<Item, Answered extends Read<Item>>(
  visit: Visit,
  list: List<Item, Answered>,
): Promise<Listed<Item, Answered>> {
  const { searches } = visit.session;
  const search = searches.find(visit.query("search")) ?? searches.remember(list.path, list.defaults);
  const asked = Math.max(1, Number.parseInt(visit.query("page"), 10) || 1);
  const number = search.pageTokens[asked - 1] === undefined ? 1 : asked;
  try {
    return await readNumber(visit, list, search, number);
  } catch (error) {
    // A token is good for an hour; a list that was left for longer begins again.
    if (!failureOf(error)?.reason.startsWith("PAGE_TOKEN_")) throw error;
    search.pageTokens.length = 1;
    return await readNumber(visit, list, search, 1);
  }
}

async function readNumber<Item, Answered extends Read<Item>>(
  visit: Visit,
  list: List<Item, Answered>,
  search: Search,
  number: number,
): Promise<Listed<Item, Answered>> {
  const answered = await list.read(visit, search.terms, search.pageTokens[number - 1] ?? "");
  const { items, nextPageToken } = answered;
  search.pageTokens.length = number;
  if (nextPageToken !== "") search.pageTokens.push(nextPageToken);
  const addressOf = (page: number) => `${list.path}?search=${search.id}${page > 1 ? `&page=${page}` : ""}`;
  return {
    terms: search.terms,
    items,
    answered,
    number,
    address: addressOf(number),
    pages: {
      previous: number > 1 ? addressOf(number - 1) : undefined,
      next: nextPageToken === "" ? undefined : addressOf(number + 1),
    },
  };
}

/** Remembers what was looked for. A script gets the results alone; a browser is sent to them. */
export async function search<Item, Answered extends Read<Item>>(
  visit: Visit,
  list: List<Item, Answered>,
  results: (listed: Listed<Item, Answered>) => Promise<Answer>,
): Promise<Answer> {
  const terms = Object.fromEntries(
    Object.entries(list.defaults).map(([name, normal]) => [
      name,
      visit.form.has(name) ? visit.form.text(name) : normal,
    ]),
  );
  const remembered = visit.session.searches.remember(list.path, terms);
  if (!visit.wantsFragment) return { redirect: `${list.path}?search=${remembered.id}` };
  remembered.pageTokens.length = 1;
  return results(await readNumber(visit, list, remembered, 1));
}

/** Where a list is found as it is when searched by `terms`, all others as they are at first. */
export function listAddress<Defaults extends Terms>(
  visit: Visit,
  { path, defaults }: Searchable<Defaults>,
  terms: Partial<Record<keyof Defaults, string>>,
): string {
  return `${path}?search=${visit.session.searches.remember(path, { ...defaults, ...terms }).id}`;
}
