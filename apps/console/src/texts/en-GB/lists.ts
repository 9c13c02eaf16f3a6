export const lists = {
  search: "Search",
  state: "State",
  anyState: "Any state",
  district: "District",
  anyDistrict: "Any district",
  outside: "Outside the county",
  roughly: "Known only roughly",
  about: (name: string) => `Only those of ${name}.`,
  everything: "Look at all of ours",
  whose: {
    label: "Whose",
    own: "Our centre’s",
    shared: "Ours and those shared with us",
    all: "Every centre’s",
  },
} as const;
