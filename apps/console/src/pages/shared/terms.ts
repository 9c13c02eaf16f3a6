// Names of reference data as a page shows them.

/** "Ashford" for `districts/E07000105`. What a table does not have (yet) is shown by its own id. */
export function nameIn(table: ReadonlyMap<string, string>, name: string): string {
  return table.get(name) ?? name.slice(name.lastIndexOf("/") + 1);
}

export const outside = "districts/outside";

/** A district's name; "outside the county" for the rest, empty when none is known. */
export function districtName(districts: ReadonlyMap<string, string>, name: string, outsideText: string): string {
  if (name === "") return "";
  return name === outside ? outsideText : nameIn(districts, name);
}

/** Metres to the nearest half mile: "3 miles". */
export function milesText(metres: number): string {
  const miles = Math.round((metres / 1609.344) * 2) / 2;
  return `${miles} ${miles === 1 ? "mile" : "miles"}`;
}
