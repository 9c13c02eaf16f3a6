// One change to a role or to a volunteer's profile: as advice names it, as an address and a form carry it, and made to
// the record.
import { create } from "@bufbuild/protobuf";

import { OpportunitySchema } from "#protos/brokerage/matching/v1/opportunity_pb";
import type { Opportunity } from "#protos/brokerage/matching/v1/opportunity_pb";
import type { Relaxation } from "#protos/brokerage/matching/v1/relaxation_pb";

export type Change =
  | { readonly what: "coverage"; readonly basisPoints: number }
  | { readonly what: "skill"; readonly skill: string }
  | { readonly what: "radius"; readonly metres: number }
  | { readonly what: "remote" };

const greatestCoverage = 10_000;
const greatestRadius = 500_000;

/** The change to write; undefined when there is none: a role has no radius. */
export function changeOf({ change }: Relaxation): Change | undefined {
  switch (change.case) {
    case "radius":
      return change.value.travelRadiusM === undefined
        ? undefined
        : { what: "radius", metres: change.value.travelRadiusM };
    case "minimumCoverageBp":
      return { what: "coverage", basisPoints: change.value };
    case "wantedSkill":
      return { what: "skill", skill: change.value };
    case "remote":
      return { what: "remote" };
    default:
      return undefined;
  }
}

/** As one text: "coverage:5000". */
export function changeText(change: Change): string {
  switch (change.what) {
    case "coverage":
      return `coverage:${change.basisPoints}`;
    case "skill":
      return `skill:${change.skill}`;
    case "radius":
      return `radius:${change.metres}`;
    case "remote":
      return "remote:";
  }
}

/** The change that such a text says; undefined when it says none. */
export function readChange(text: string): Change | undefined {
  const [what, value = ""] = text.split(":", 2);
  const number = /^\d{1,6}$/.test(value) ? Number(value) : Number.NaN;
  if (what === "coverage" && number <= greatestCoverage) return { what, basisPoints: number };
  if (what === "radius" && number <= greatestRadius) return { what, metres: number };
  if (what === "skill" && value.startsWith("skills/")) return { what, skill: value };
  return what === "remote" ? { what } : undefined;
}

/** The role as it would be, with the fields that the change writes; undefined when it is no change to a role. */
export function changedRole(
  role: Opportunity,
  change: Change,
): { readonly role: Opportunity; readonly paths: readonly string[] } | undefined {
  switch (change.what) {
    case "coverage":
      return { role: { ...role, minimumCoverageBp: change.basisPoints }, paths: ["minimum_coverage_bp"] };
    case "skill": {
      const skills = role.skills.map((one) => (one.skill === change.skill ? { ...one, required: false } : one));
      return { role: { ...role, skills }, paths: ["skills"] };
    }
    case "remote": {
      const { place: _place, ...rest } = role;
      return { role: create(OpportunitySchema, { ...rest, remote: true }), paths: ["remote", "place"] };
    }
    default:
      return undefined;
  }
}
