// A pair in words: parts as bars, conditions with their facts, distance and time.
import type { ConditionResult, PartResult } from "#protos/brokerage/matching/v1/match_pb";

import { texts } from "../../texts/en-GB/index.ts";
import { durationText } from "../shared/dates.ts";
import { milesText } from "../shared/terms.ts";

const t = texts.matches;

const millionthsInPercent = 10_000;
const absentPrefix = /^absent: /;

export interface Part {
  readonly label: string;
  readonly absent: boolean;
  /** "63%"; of an absent part, that it is not counted, and why. */
  readonly text: string;
  /** 0 to 100. */
  readonly width: number;
  readonly weight: number;
  /** How it came about; empty of an absent part. */
  readonly working: string;
}

function labelOf(part: string): string {
  return (t.parts as Readonly<Record<string, string>>)[part] ?? part;
}

export function partsOf(results: readonly PartResult[]): readonly Part[] {
  return results.map(({ part, millionths, weight, working }) => {
    const absent = millionths === undefined;
    const width = Math.round(Number(millionths ?? 0n) / millionthsInPercent);
    return {
      label: labelOf(part),
      absent,
      text: absent ? t.absent(working.replace(absentPrefix, "")) : `${width}%`,
      width,
      weight,
      working: absent ? "" : sentence(working),
    };
  });
}

export interface Condition {
  readonly holds: boolean;
  readonly label: string;
  readonly fact: string;
  /** Empty when it holds, or when nothing would change it. */
  readonly fix: string;
}

/** Facts are told as parts of sentences. */
function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function conditionsOf(results: readonly ConditionResult[]): readonly Condition[] {
  const labels = t.conditions as Readonly<Record<string, { readonly holds: string; readonly fails: string }>>;
  return results.map(({ code, holds, fact, fix }) => {
    const label = labels[code];
    return {
      holds,
      label: (holds ? label?.holds : label?.fails) ?? code,
      fact: sentence(fact),
      fix: sentence(fix),
    };
  });
}

/** What both a match and an explained pair say of distance and time. */
interface Measured {
  readonly distanceM?: bigint | undefined;
  readonly coveredMinutes: bigint;
  readonly committedMinutes: bigint;
}

/** "3 miles away", "6 hours of 8 hours covered"; what is not known is left out. */
export function measuresOf({ distanceM, coveredMinutes, committedMinutes }: Measured): readonly string[] {
  const covered = durationText(Number(coveredMinutes)) || t.noTime;
  return [
    ...(distanceM === undefined ? [] : [distanceText(Number(distanceM))]),
    ...(committedMinutes === 0n ? [] : [t.covered(covered, durationText(Number(committedMinutes)))]),
  ];
}

function distanceText(metres: number): string {
  const miles = milesText(metres);
  return miles === milesText(0) ? t.near : t.away(miles);
}
