// What is to be seen to soon: opportunities to confirm, breaks and papers that end.
import type { Term } from "../../services/filter.ts";
import { beginOfLondonDay, londonDayAfter } from "./dates.ts";

/** In days: what ends today ends in none. */
export const soonDays = { confirm: 14, break: 14, paper: 30 } as const;

/** The end of London's fourteenth day from now, RFC 3339: what expires before is to be confirmed soon. The same all day. */
export function soonBefore(nowMs: number): string {
  const end = beginOfLondonDay(londonDayAfter(nowMs, soonDays.confirm + 1));
  return new Date(end).toISOString().replace(".000", "");
}

/** Volunteers whose break, or of whom a check or a licence, ends soon; of those who have left there is nothing to do. */
export function endsSoon(what: "break" | "paper", nowMs: number): readonly Term[] {
  const last = londonDayAfter(nowMs, soonDays[what]);
  if (what === "break") return [{ field: "break_until_date", op: "<=", value: last }];
  return [
    { field: "next_expire_date", op: "<=", value: last },
    { field: "state", op: "!=", value: "LEFT" },
  ];
}
