// Titled lists of facts. What is not known is left out.
import { differences } from "../../forms/conflict.ts";
import type { Difference } from "../../forms/conflict.ts";

export interface Section {
  readonly title: string;
  readonly rows: readonly {
    readonly key: string;
    readonly lines: readonly string[];
    /** Where the lines lead, if anywhere. */
    readonly href: string | undefined;
  }[];
}

/** `href`: where the value leads, if anywhere. */
export type Fact = readonly [key: string, value: string | readonly string[] | undefined, href?: string | undefined];

export function section(title: string, facts: readonly Fact[]): Section {
  const rows = facts.map(([key, value, href]) => ({
    key,
    href,
    lines: (typeof value === "string" ? [value] : (value ?? [])).filter((line) => line !== ""),
  }));
  return { title, rows: rows.filter(({ lines }) => lines.length > 0) };
}

/** Where two versions of a record differ, in the words of its page. */
export function sectionDifferences(yours: readonly Section[], theirs: readonly Section[]): readonly Difference[] {
  const facts = (sections: readonly Section[]): Readonly<Record<string, string>> =>
    Object.fromEntries(sections.flatMap(({ rows }) => rows.map(({ key, lines }) => [key, lines.join("\n")])));
  const [mine, others] = [facts(yours), facts(theirs)];
  const labels = Object.fromEntries([...Object.keys(mine), ...Object.keys(others)].map((key) => [key, key]));
  return differences(labels, mine, others);
}
