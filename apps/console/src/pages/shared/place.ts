// What is known of a postcode, in words.
import { PlacePrecision } from "#protos/brokerage/common/v1/place_pb";
import type { Place } from "#protos/brokerage/common/v1/place_pb";

import type { Reference } from "../../services/reference.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { districtName } from "./terms.ts";

const t = texts.volunteers.register;

/** "TN23 1PL is in Ashford."; empty for no postcode. */
export async function placeText(reference: Reference, postcode: string): Promise<string> {
  if (postcode === "") return "";
  const place = await reference.resolvePlace(postcode);
  if (place === undefined) return t.unknownPostcode;
  const district = districtName(await reference.districts(), place.district, texts.lists.outside);
  const exact = place.precision === PlacePrecision.POSTCODE;
  return exact ? t.found(place.postcode, district) : t.roughly(place.postcode, district);
}

/** The district of a record's place, or that it is known too roughly to say; empty when there is no place. */
export function districtText(districts: ReadonlyMap<string, string>, place: Place | undefined): string {
  const isPlace = place !== undefined && (place.postcode !== "" || place.latitude !== undefined);
  return districtName(districts, place?.district ?? "", texts.lists.outside) || (isPlace ? texts.lists.roughly : "");
}

/** A postcode as the services write it: "TN23 1PL". */
export function normalPostcode(postcode: string): string {
  return postcode
    .toUpperCase()
    .replace(/\s+/g, "")
    .replace(/(.{3})$/, " $1");
}
