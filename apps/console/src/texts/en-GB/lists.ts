export const lists = {
  search: "Search",
  state: "State",
  anyState: "Any state",
  district: "District",
  anyDistrict: "Any district",
  outside: "Outside the county",
  roughly: "Known only roughly",
  whose: {
    label: "Whose",
    own: "Our centre’s",
    shared: "Ours and those shared with us",
    all: "Every centre’s",
  },
} as const;
