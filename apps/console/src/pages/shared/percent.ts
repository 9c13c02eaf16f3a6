// Scores as people read them.

const millionthsInTenth = 1000;

/** "82.4%". */
export function shareText(millionths: bigint): string {
  return `${(Math.round(Number(millionths) / millionthsInTenth) / 10).toFixed(1)}%`;
}
