// Items of govukSelect and govukRadios.
export interface Option {
  readonly value: string;
  readonly text: string;
}

/** The options with the chosen one marked. */
export function choose(options: readonly Option[], value: string) {
  return options.map((option) => ({ ...option, selected: option.value === value }));
}

/** The values of an enum as a filter names them, but "not stated", with their words. */
export function enumOptions<Value extends number>(
  names: Readonly<Record<number, string>>,
  words: Readonly<Record<Value, { readonly text: string }>>,
): readonly Option[] {
  return (Object.keys(words) as unknown as Value[])
    .filter((value) => Number(value) !== 0)
    .map((value) => ({ value: names[value] ?? "", text: words[value].text }));
}

/** Checkboxes or radios with the chosen ones ticked. */
export function tick(options: readonly Option[], values: readonly string[]) {
  return options.map((option) => ({ ...option, checked: values.includes(option.value) }));
}

/** The number of an enum's value that was chosen; "not stated" for what no form of ours sends. */
export const chosenNumber = <Value extends number>(text: string) =>
  (/^\d{1,3}$/.test(text) ? Number(text) : 0) as Value;

/** The values of an enum by their numbers, but "not stated", with their words. */
export function numberOptions<Value extends number>(words: Readonly<Record<Value, string>>): readonly Option[] {
  return Object.entries<string>(words)
    .filter(([value]) => value !== "0")
    .map(([value, text]) => ({ value, text }));
}

/** A table of words as options. */
export function tableOptions(table: Iterable<readonly [value: string, text: string]>): readonly Option[] {
  return [...table].map(([value, text]) => ({ value, text }));
}
