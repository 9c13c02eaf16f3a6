export const lists = {
  search: "Search",
  state: "State",
  anyState: "Any state",
  outside: "Outside the county",
  whose: {
    label: "Whose",
    own: "Our centre’s",
    shared: "Ours and those shared with us",
    all: "Every centre’s",
  },
} as const;
