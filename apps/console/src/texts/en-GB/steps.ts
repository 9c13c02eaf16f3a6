export const steps = {
  title: "Next step",
  cancel: "Leave it as it is",
  reasonMissing: "Say why",
  dateWrong: "Enter a real date, such as 27 3 2027",
  changed:
    "Someone else changed the record in the meantime: look at it first, then send this again if it is still needed",
  refused: {
    ORGANISATION_NOT_ACTIVE: "Its organisation is suspended or deleted: it cannot offer roles at the moment.",
    UNDELETE_PERIOD_OVER: "It was deleted more than 30 days ago and cannot be brought back.",
    LAST_LEAD_ADMIN: "Nobody could administer the system without this credential: make another one first.",
  },
} as const;
