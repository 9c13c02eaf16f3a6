// The cause and the skill that are chosen, which the address has.
import type { Visit } from "../../server/page.ts";
import { texts } from "../../texts/en-GB/index.ts";
import type { Chosen } from "../shared/coverage.ts";
import { nameIn } from "../shared/terms.ts";

export const chosenIn = (visit: Visit): Chosen => ({ cause: visit.query("cause"), skill: visit.query("skill") });

type Table = ReadonlyMap<string, string>;

export interface Names {
  readonly districts: Table;
  readonly causes: Table;
  readonly skills: Table;
}

export async function namesOf({ reference }: Visit): Promise<Names> {
  const [districts, causes, skills] = await Promise.all([
    reference.districts(),
    reference.causes(),
    reference.skills(),
  ]);
  return { districts, causes, skills };
}

/** What is said of a count that is not of everybody; empty when it is. */
export function onlyText(names: Names, { cause, skill }: Chosen): string {
  const terms = [
    ...(cause === "" ? [] : [nameIn(names.causes, cause)]),
    ...(skill === "" ? [] : [nameIn(names.skills, skill)]),
  ];
  return terms.length === 0 ? "" : texts.coverage.only(terms);
}
