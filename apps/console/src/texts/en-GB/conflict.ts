export const conflict = {
  warning: "Someone else changed this record while you were typing. Nothing of theirs or yours is lost.",
  caption: "Where you differ",
  field: "Field",
  yours: "Yours",
  theirs: "Theirs, as it is now",
  keepTheirs: "Leave it as they wrote it",
} as const;
