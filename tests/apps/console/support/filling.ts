// Forms that a crawl finds, filled in by someone who knows nothing of them.
import { Crawl, kindOf, withValue } from "./crawl.ts";
import { markBeginning } from "./marked.ts";
import type { FormFound, Parser } from "./parser.ts";
import type { Pair, Visitor } from "./visitor.ts";

/** What is told of one record is told of every other. */
export const mostOfAKind = 3;

/** Something that a field takes, by what it is called, so that a form fails by the field that is tried alone. */
const plausible: readonly (readonly [RegExp, string])[] = [
  [/email/, "someone@example.org"],
  [/phone/, "01233 111222"],
  [/postcode/, "TN23 1PL"],
  [/website/, "https://example.org/"],
  [/term|other|identifier|rule|body/, ""],
  [
    /day|month|year|date|time|start|end|birth|expire|issue|until|hours|length|minimum|block|age|income|places|limit|count/,
    "",
  ],
];
const plausibleFor = (field: string) => plausible.find(([pattern]) => pattern.test(field))?.[1] ?? "Something";

/** The form filled in, where nothing is typed or chosen yet. */
export function filledIn({ fields, typed, chosen }: FormFound): readonly Pair[] {
  return fields.map(([name, value]) => {
    if (value !== "") return [name, value] as const;
    if (typed.includes(name)) return [name, plausibleFor(name)] as const;
    const values = chosen.find(([list]) => list === name)?.[1] ?? [];
    return [name, values.find((one) => one !== "") ?? ""] as const;
  });
}

const intentOf = ({ fields }: FormFound) => fields.find(([name]) => name === "intent")?.[1] ?? "";

/** Of the buttons of a form, the one that sends it for good, and not to look something up or to get another row. */
const isSent = (form: FormFound) => !/^(find|add)_/.test(intentOf(form));

/** Fields of rows are the same in every row. */
const fieldKind = (name: string) => name.replace(/\d+/g, "0");

/** Every form in which something can be typed, once. */
export async function findForms(visitor: Visitor, reader: Parser): Promise<readonly FormFound[]> {
  const bounds = { words: [markBeginning], mostOfAKind };
  const { forms } = await new Crawl(visitor, reader, bounds, () => {}).run();
  const typedIn = forms.filter((form) => form.typed.length > 0 && isSent(form));
  const fewestFirst = [...typedIn].sort((a, b) => a.typed.length - b.typed.length);
  return [...new Map(fewestFirst.map((form) => [kindOf(form.action), form])).values()];
}

/** The fields of a form that can be typed in, one of a kind. */
export const fieldsOf = ({ typed }: FormFound) => [...new Map(typed.map((name) => [fieldKind(name), name])).values()];

/** The form as it is now: what was stored before has changed the record, or would be the same request again. */
export async function fresh(visitor: Visitor, reader: Parser, form: FormFound): Promise<FormFound> {
  if (!form.fields.some(([name]) => name === "etag"))
    return { ...form, fields: withValue(form.fields, "request_id", "") };
  const { forms } = await reader.read((await visitor.get(form.from)).text, form.from);
  return forms.find((one) => one.action === form.action && intentOf(one) === intentOf(form)) ?? form;
}
