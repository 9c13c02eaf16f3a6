// What is counted, as rows of tables.
import type { Coverage, TermCoverage } from "#protos/brokerage/matching/v1/report_pb";

import { texts } from "../../texts/en-GB/index.ts";
import { ratioText } from "../shared/coverage.ts";
import type { Chosen } from "../shared/coverage.ts";
import { nameIn } from "../shared/terms.ts";

const t = texts.coverage;

const number = new Intl.NumberFormat("en-GB");

/** `path` as what is chosen shows it. */
export function addressOf(path: string, chosen: Chosen): string {
  const set = Object.entries(chosen).filter(([, value]) => value !== "") as [string, string][];
  return set.length === 0 ? path : `${path}?${new URLSearchParams(set).toString()}`;
}

export type Kind = "thin" | "covered" | "none";

const states = {
  thin: { text: t.thin, colour: "orange" },
  covered: { text: t.covered, colour: "green" },
  none: { text: t.noPlace, colour: "grey" },
} as const satisfies Readonly<Record<Kind, object>>;

export interface Row {
  readonly name: string;
  readonly href: string | undefined;
  readonly volunteers: string;
  readonly opportunities: string;
  readonly places: string;
  readonly ratio: string;
  readonly kind: Kind;
  readonly state: { readonly text: string; readonly colour: string };
}

export function rowOf(name: string, href: string | undefined, coverage: Coverage): Row {
  const kind = coverage.openPlaces === 0n ? "none" : coverage.thin ? "thin" : "covered";
  return {
    name,
    href,
    volunteers: number.format(coverage.searchingVolunteers),
    opportunities: number.format(coverage.openOpportunities),
    places: number.format(coverage.openPlaces),
    ratio: ratioText(coverage),
    kind,
    state: states[kind],
  };
}

/** Skills or causes; each leads to the count of those who have it too. */
export function termRows(
  terms: readonly TermCoverage[],
  names: ReadonlyMap<string, string>,
  path: string,
  choose: (term: string) => Chosen,
): readonly Row[] {
  return terms.flatMap(({ term, coverage }) =>
    coverage === undefined ? [] : [rowOf(nameIn(names, term), addressOf(path, choose(term)), coverage)],
  );
}
