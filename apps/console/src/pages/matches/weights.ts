// The weight sets to choose from.
import type { WeightSet } from "#protos/brokerage/matching/v1/weight_set_pb";

import type { Visit } from "../../server/page.ts";
import { texts } from "../../texts/en-GB/index.ts";
import type { Option } from "../shared/options.ts";
import { nameIn } from "../shared/terms.ts";

const t = texts.matches.weights;

export const defaultWeights = "weightSets/default";

export type WeightNames = ReadonlyMap<string, string>;

/** Every set's name for people, the built-in one first. */
export async function readWeightNames(visit: Visit): Promise<WeightNames> {
  const { weightSets } = await visit.clients.matching.listWeightSets({ pageSize: 1000 });
  const sorted = weightSets.map((set) => [set.name, labelOf(set)] as const);
  const first = sorted.filter(([name]) => name === defaultWeights);
  const others = sorted.filter(([name]) => name !== defaultWeights).sort(([, a], [, b]) => a.localeCompare(b, "en-GB"));
  return new Map([...first, ...others]);
}

function labelOf({ name, displayName, skills, location, availability, causes }: WeightSet): string {
  const title = name === defaultWeights ? t.standard : displayName || nameIn(new Map(), name);
  return t.label(title, [skills, location, availability, causes]);
}

export function weightOptions(names: WeightNames): readonly Option[] {
  return [...names].map(([value, text]) => ({ value, text }));
}
