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

/** What a set is called. */
export function titleOf({ name, displayName }: WeightSet): string {
  return name === defaultWeights ? t.standard : displayName || nameIn(new Map(), name);
}

function labelOf(set: WeightSet): string {
  return t.label(titleOf(set), [set.skills, set.location, set.availability, set.causes]);
}

export function weightOptions(names: WeightNames): readonly Option[] {
  return [...names].map(([value, text]) => ({ value, text }));
}
