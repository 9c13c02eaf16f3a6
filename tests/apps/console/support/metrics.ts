// Prometheus' text form, read.
import assert from "node:assert/strict";

export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Samples {
  readonly all: readonly Sample[];
  /** The value of the one with these labels and no others. */
  value(name: string, labels?: Readonly<Record<string, string>>): number | undefined;
}

function sampleOf(line: string): Sample {
  const [, name = "", inside = "", value = ""] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? assert.fail(line);
  const labels = [...inside.matchAll(/(\w+)="([^"]*)"/g)].map(([, label = "", text = ""]) => [label, text] as const);
  return { name, labels: Object.fromEntries(labels), value: Number(value) };
}

export function samplesOf(text: string): Samples {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const all = lines.map(sampleOf);
  const same = (one: Sample["labels"], other: Sample["labels"]) =>
    Object.keys(one).length === Object.keys(other).length &&
    Object.entries(one).every(([label, value]) => other[label] === value);
  return { all, value: (name, labels = {}) => all.find((one) => one.name === name && same(one.labels, labels))?.value };
}
