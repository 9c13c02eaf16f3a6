// Someone else changed the record while a form was open: what they wrote and what was typed, side by side.

export interface Difference {
  readonly label: string;
  readonly yours: string;
  readonly theirs: string;
}

/** The fields in which the two differ, in the order of `labels`: field id → label. */
export function differences(
  labels: Readonly<Record<string, string>>,
  yours: Readonly<Record<string, string>>,
  theirs: Readonly<Record<string, string>>,
): readonly Difference[] {
  return Object.entries(labels)
    .map(([id, label]) => ({ label, yours: yours[id] ?? "", theirs: theirs[id] ?? "" }))
    .filter((one) => one.yours !== one.theirs);
}
