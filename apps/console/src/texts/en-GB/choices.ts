export const choices = {
  chosen: "Chosen",
  found: "Tick what is meant",
  foundOne: "Choose which is meant",
  neither: "None of these",
  nothing: (term: string) => `Nothing is called “${term}”, or nearly so. Try another word for it.`,
  unchosen: (term: string) => `Choose what you mean by “${term}”, or clear the word`,
  matched: (term: string) => `found by “${term}”`,
} as const;
