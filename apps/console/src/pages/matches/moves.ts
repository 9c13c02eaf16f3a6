// What became of a list when other weights order it.
import { texts } from "../../texts/en-GB/index.ts";

const t = texts.matches.moves;

/** How many of the list before are looked at. */
export const comparedDepth = 200;

export interface Move {
  readonly kind: "up" | "down" | "same";
  readonly text: string;
}

/** From place `before`, undefined when it was beyond the compared ones, to place `now`. */
export function moveOf(now: number, before: number | undefined): Move {
  if (before === undefined)
    return now > comparedDepth ? { kind: "same", text: t.far } : { kind: "up", text: t.fromBelow };
  if (before === now) return { kind: "same", text: t.same };
  return before > now ? { kind: "up", text: t.up(before - now) } : { kind: "down", text: t.down(now - before) };
}
