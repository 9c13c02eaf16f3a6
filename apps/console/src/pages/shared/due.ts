// Opportunities that are to be confirmed soon.

const soonDays = 14;
const dayMs = 86_400_000;

/** The end of the fourteenth day from now, RFC 3339: what expires before is to be confirmed soon. The same all day. */
export function soonBefore(nowMs: number): string {
  const today = Math.floor(nowMs / dayMs);
  return new Date((today + soonDays + 1) * dayMs).toISOString().replace(".000", "");
}
