// What the page says of the widget, by attributes.
import type { Question } from "./search.ts";

export const attributes = [
  "api",
  "causes",
  "centre",
  "heading",
  "heading-level",
  "limit",
  "near",
  "radius-miles",
  "remote",
  "respond",
  "search",
] as const;

type Attribute = (typeof attributes)[number];

export type Read = (name: Attribute) => string | null;

const metresPerMile = 1609.344;
const farthestM = 200_000;
const mostListings = 100;
const usualListings = 10;
const remoteWork: Readonly<Record<string, string>> = { only: "REMOTE_WORK_ONLY", none: "REMOTE_WORK_NONE" };

/** "ashford" is "centres/ashford". */
const named = (collection: string, id: string) => (id.startsWith(`${collection}/`) ? id : `${collection}/${id}`);

function numberOf(text: string | null, least: number, most: number): number | undefined {
  const number = Number(text ?? "");
  return text === null || !(number > 0) ? undefined : Math.min(most, Math.max(least, Math.round(number)));
}

/** The question that the attributes ask; what the visitor chose goes before. */
export function questionOf(read: Read, text: string, onlyRemote: boolean): Question {
  const centre = read("centre")?.trim();
  const near = read("near")?.trim();
  const causes = (read("causes") ?? "").split(/[\s,]+/).filter(Boolean);
  const miles = Number(read("radius-miles") ?? "");
  const remote = onlyRemote ? remoteWork["only"] : remoteWork[read("remote") ?? ""];
  return {
    ...(centre ? { centre: named("centres", centre) } : {}),
    ...(near ? { near } : {}),
    ...(near && miles > 0 ? { radiusM: Math.min(farthestM, Math.round(miles * metresPerMile)) } : {}),
    ...(causes.length > 0 ? { causes: causes.map((cause) => named("causes", cause)) } : {}),
    ...(text === "" ? {} : { text }),
    ...(remote === undefined ? {} : { remote }),
    pageSize: numberOf(read("limit"), 1, mostListings) ?? usualListings,
  };
}

export const headingLevelOf = (read: Read) => numberOf(read("heading-level"), 1, 5) ?? 2;

/** Where someone goes who would like to help; undefined when the page names no such place. */
export function respondAddress(read: Read, opportunity: string, title: string): string | undefined {
  const text = read("respond");
  if (text === null) return undefined;
  let address: URL;
  try {
    address = new URL(text, document.baseURI);
  } catch {
    return undefined;
  }
  if (address.protocol === "mailto:") return `${address.href.split("?")[0]}?subject=${encodeURIComponent(title)}`;
  if (address.protocol !== "https:" && address.protocol !== "http:") return undefined;
  address.searchParams.set("opportunity", opportunity);
  return address.href;
}
