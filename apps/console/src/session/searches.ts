// What someone looked for, kept with their session: a name that was typed is in no address and no log, and going back
// to a list finds it as it was.
import { randomBytes } from "node:crypto";

/** The fields of a search, as they were typed. */
export type Terms = Readonly<Record<string, string>>;

export interface Search {
  readonly id: string;
  readonly terms: Terms;
  /** The token of each page that was reached; the first is empty. */
  readonly pageTokens: string[];
}

const kept = 50;

function keyOf(list: string, terms: Terms): string {
  return JSON.stringify([list, Object.entries(terms).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

export class Searches {
  private readonly byKey = new Map<string, Search>();

  /** The search of these terms in a list: the same one again when it is remembered. */
  remember(list: string, terms: Terms): Search {
    const key = keyOf(list, terms);
    const search = this.byKey.get(key) ?? { id: randomBytes(9).toString("base64url"), terms, pageTokens: [""] };
    this.byKey.delete(key);
    this.byKey.set(key, search);
    for (const oldest of this.byKey.keys()) {
      if (this.byKey.size <= kept) break;
      this.byKey.delete(oldest);
    }
    return search;
  }

  find(id: string): Search | undefined {
    for (const search of this.byKey.values()) if (search.id === id) return search;
    return undefined;
  }
}
