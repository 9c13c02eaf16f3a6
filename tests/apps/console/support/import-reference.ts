// Reference data as an import looks it up, without a service.
import type { TermMatch } from "#protos/brokerage/registry/v1/reference_pb";

import type { Reference } from "../../../../apps/console/src/services/reference.ts";

/** Terms by their words: each may have several meanings. */
const terms: Readonly<Record<string, readonly string[]>> = {
  driving: ["Driving (car)"],
  cooking: ["Food preparation"],
  society: ["Arts and Culture", "Community"],
  "frist aid": ["First aid"],
};

const asTerm = (displayName: string, matchedTerm: string) => ({
  name: `skills/${displayName}`,
  displayName,
  matchedTerm,
});

const tables = (collection: string, names: readonly string[]) =>
  Promise.resolve(new Map(names.map((name) => [`${collection}/${name}`, name])));

export const reference = {
  skills: () => tables("skills", ["first-aid", "food-hygiene", "teamwork"]),
  causes: () => tables("causes", ["animal-welfare", "anti-poverty"]),
  districts: () =>
    Promise.resolve(
      new Map([
        ["districts/E07000105", "Ashford"],
        ["districts/E07000113", "Swale"],
      ]),
    ),
  resolveTerm: (term: string) =>
    Promise.resolve(
      (Object.hasOwn(terms, term) ? (terms[term] ?? []) : []).map(
        (name) => asTerm(name, term === "frist aid" ? "first aid" : term) as TermMatch,
      ),
    ),
} as unknown as Reference;
