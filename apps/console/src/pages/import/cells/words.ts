// Skills, causes, languages and the like, by any word that people have for them.
import { TermKind } from "#protos/brokerage/registry/v1/reference_pb";
import type { TermMatch } from "#protos/brokerage/registry/v1/reference_pb";

import type { Reference } from "../../../services/reference.ts";
import { accessNeeds, languages } from "../../../services/vocabulary.ts";
import { texts } from "../../../texts/en-GB/index.ts";
import { CellFault, cellFault } from "./row.ts";

const t = texts.import.cells;

const mostMeanings = 4;

/** A term as the reference service compares it. */
export const folded = (text: string) => text.toLowerCase().replaceAll("&", " and ").replace(/\s+/g, " ").trim();

type Kind = TermKind.SKILL | TermKind.CAUSE;

/** What a word means: a name, or why none. */
type Meaning = { readonly name: string } | { readonly problem: string };

export interface FoundSkill {
  readonly skill: string;
  /** 1 to 5. */
  readonly level?: number;
  readonly importance?: number;
}

/** Looks each word up once, for all rows of a file. */
export class Words {
  private readonly known = new Map<string, Promise<Meaning>>();

  constructor(private readonly reference: Reference) {}

  /** What skills and causes are called. */
  names(): Promise<readonly [ReadonlyMap<string, string>, ReadonlyMap<string, string>]> {
    return Promise.all([this.reference.skills(), this.reference.causes()]);
  }

  districtNames(): Promise<ReadonlyMap<string, string>> {
    return this.reference.districts();
  }

  /**
   * `skills/{skill}`, with the level and importance behind it: "first aid:4*5". An entry that is no skill may be several,
   * with commas between.
   */
  skills(entry: string): Promise<readonly FoundSkill[]> {
    return this.severally(entry, async (text) => {
      const [, word = "", level, importance] = /^(.*?)\s*(?::\s*([^:*]*?))?\s*(?:\*\s*([^:*]*))?$/s.exec(text) ?? [];
      const rating = (number: string | undefined, problem: string) => {
        if (number !== undefined && !/^[1-5]$/.test(number)) throw cellFault(text, problem);
        return number === undefined ? undefined : Number(number);
      };
      const [known, counts] = [rating(level, t.level), rating(importance, t.importance)];
      return {
        skill: await this.term(TermKind.SKILL, word),
        ...(known === undefined ? {} : { level: known }),
        ...(counts === undefined ? {} : { importance: counts }),
      };
    });
  }

  /** `causes/{cause}`. */
  causes(entry: string): Promise<readonly string[]> {
    return this.severally(entry, (text) => this.term(TermKind.CAUSE, text));
  }

  languages(entry: string): Promise<readonly string[]> {
    return this.severally(entry, (text) => Promise.resolve(this.inTable(languages, text, t.noLanguage)));
  }

  accessNeeds(entry: string): Promise<readonly string[]> {
    return this.severally(entry, (text) => Promise.resolve(this.inTable(accessNeeds, text, t.noAccessNeed)));
  }

  /** `districts/{code}`. */
  districts(entry: string): Promise<readonly string[]> {
    return this.severally(entry, async (text) => {
      const districts = await this.districtNames();
      const wanted = folded(text).replaceAll("-", " ");
      for (const [name, label] of districts) {
        if (folded(label) === wanted || name.slice(name.indexOf("/") + 1).toLowerCase() === wanted) return name;
      }
      throw cellFault(text, t.noDistrict);
    });
  }

  /** What `find` makes of the whole entry, or else of each of its parts between commas. */
  private async severally<Value>(entry: string, find: (text: string) => Promise<Value>): Promise<readonly Value[]> {
    const parts = entry.split(/\s*,\s*/).filter((part) => part !== "");
    try {
      return [await find(entry)];
    } catch (error) {
      if (parts.length < 2 || !(error instanceof CellFault)) throw error;
    }
    const values: Value[] = [];
    for (const part of parts) values.push(await find(part));
    return values;
  }

  private async term(kind: Kind, text: string): Promise<string> {
    const key = `${kind} ${folded(text)}`;
    let meaning = this.known.get(key);
    if (meaning === undefined) {
      meaning = this.resolve(kind, text);
      this.known.set(key, meaning);
      // A service that was away is asked again.
      meaning.catch(() => this.known.delete(key));
    }
    const meant = await meaning;
    if ("problem" in meant) throw cellFault(text, meant.problem);
    return meant.name;
  }

  private async resolve(kind: Kind, text: string): Promise<Meaning> {
    const isSkill = kind === TermKind.SKILL;
    const table = await (isSkill ? this.reference.skills() : this.reference.causes());
    const collection = isSkill ? "skills" : "causes";
    const id = `${collection}/${folded(text).replace(`${collection}/`, "").replaceAll(" ", "-")}`;
    if (table.has(id)) return { name: id };
    const matches = await this.reference.resolveTerm(text, kind);
    const exact = matches.filter((match) => folded(match.matchedTerm) === folded(text));
    // A name wins over what another is also called.
    const named = exact.filter((match) => folded(match.displayName) === folded(text));
    const [first, second] = named.length > 0 ? named : exact;
    if (first !== undefined && second === undefined) return { name: first.name };
    if (first !== undefined) return { problem: t.severalMeanings(meanings(exact)) };
    const none = isSkill ? t.noSkill : t.noCause;
    return { problem: matches.length === 0 ? none : `${none}${t.meant(meanings(matches))}` };
  }

  private inTable(table: ReadonlyMap<string, string>, text: string, none: string): string {
    const wanted = folded(text);
    for (const [id, label] of table) if (id === wanted || folded(label) === wanted) return id;
    throw cellFault(text, none);
  }
}

const meanings = (matches: readonly TermMatch[]) =>
  matches
    .slice(0, mostMeanings)
    .map(({ displayName }) => displayName)
    .join(t.or);
