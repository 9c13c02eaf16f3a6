// What was posted, and what is wrong with it.
import type { Failure } from "../services/failure.ts";

/** The fields of a posted form, trimmed. */
export class Form {
  constructor(private readonly fields: ReadonlyMap<string, readonly string[]>) {}

  static of(body: unknown): Form {
    const fields = new Map<string, readonly string[]>();
    for (const [name, value] of Object.entries((body ?? {}) as Record<string, unknown>)) {
      const values = (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === "string");
      fields.set(
        name,
        values.map((text) => text.replace(/\r\n/g, "\n").trim()),
      );
    }
    return new Form(fields);
  }

  /** The field's first value; empty when it was not sent. */
  text(name: string): string {
    return this.fields.get(name)?.[0] ?? "";
  }

  /** All values of a field that may be sent several times, each once, without empty ones. */
  all(name: string): readonly string[] {
    return [...new Set(this.fields.get(name) ?? [])].filter((value) => value !== "");
  }

  has(name: string): boolean {
    return this.fields.has(name);
  }

  /** All fields, one pair for each value. */
  pairs(): readonly { readonly name: string; readonly value: string }[] {
    return [...this.fields].flatMap(([name, values]) => values.map((value) => ({ name, value })));
  }
}

/** One fault, as the summary above a form lists it. `field` is the field's id; empty: of the form as a whole. */
export interface FormError {
  readonly field: string;
  readonly text: string;
}

export class FormErrors {
  private readonly errors: FormError[] = [];

  add(field: string, text: string): void {
    if (!this.errors.some((error) => error.field === field && error.text === text)) this.errors.push({ field, text });
  }

  get empty(): boolean {
    return this.errors.length === 0;
  }

  /** For govukErrorSummary. */
  get summary(): readonly { readonly text: string; readonly href?: string }[] {
    return this.errors.map(({ field, text }) => (field === "" ? { text } : { text, href: `#${field}` }));
  }

  /** For each field's errorMessage, by its id; the first fault of a field is shown at it. */
  get byField(): Readonly<Record<string, { readonly text: string }>> {
    const fields: Record<string, { readonly text: string }> = {};
    for (const { field, text } of this.errors) fields[field] ??= { text };
    return fields;
  }
}

/** Which field of the form a path of the request came from, and how the form calls it. Longest prefix wins. */
export type FieldMap = Readonly<Record<string, { readonly field: string; readonly label: string }>>;

/** Adds every fault that a service found. One of a path that is not mapped is shown for the form as a whole. */
export function addFaults(errors: FormErrors, failure: Failure, map: FieldMap): void {
  for (const { field: path, description } of failure.faults) {
    const prefix = Object.keys(map)
      .filter((candidate) => path === candidate || path.startsWith(`${candidate}.`) || path.startsWith(`${candidate}[`))
      .sort((a, b) => b.length - a.length)[0];
    const target = prefix === undefined ? undefined : map[prefix];
    if (target === undefined) errors.add("", `${path} ${description}`);
    else errors.add(target.field, `${target.label} ${description}`);
  }
  if (failure.faults.length === 0) errors.add("", failure.message);
}
