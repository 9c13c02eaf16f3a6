// Titled lists of facts. What is not known is left out.

export interface Section {
  readonly title: string;
  readonly rows: readonly { readonly key: string; readonly lines: readonly string[] }[];
}

export type Fact = readonly [key: string, value: string | readonly string[] | undefined];

export function section(title: string, facts: readonly Fact[]): Section {
  const rows = facts.map(([key, value]) => ({
    key,
    lines: (typeof value === "string" ? [value] : (value ?? [])).filter((line) => line !== ""),
  }));
  return { title, rows: rows.filter(({ lines }) => lines.length > 0) };
}
