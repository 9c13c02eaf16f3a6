// What a field's comment says of its size, as far as a schema can say it too. A limit in bytes is one in characters as well.
import { ScalarType } from "@bufbuild/protobuf";
import type { DescField } from "@bufbuild/protobuf";

import type { Schema } from "./types.ts";

const count = String.raw`(\d+(?:,\d{3})*)`;
const bytesFromTo = new RegExp(`${count} to ${count} bytes`);
const bytesUpTo = new RegExp(`[Uu]p to ${count} bytes`);
const itemsUpTo = new RegExp(`(?:[Aa]t most|[Uu]p to|1 to) ${count}(?: windows| sessions)?(?=[.;,]|$)`);
const numbersFromTo = new RegExp(`(?:^|[ :])(-?${count.slice(1, -1)}) to ${count}(?=[.;,: ]|$)`);
const identifier = /^A UUID\b/;

const numberOf = (text: string | undefined) => Number((text ?? "").replaceAll(",", ""));

function ofText(comment: string, isRequired: boolean): Schema {
  const range = bytesFromTo.exec(comment);
  if (range !== null) return { ...(isRequired ? { minLength: 1 } : {}), maxLength: numberOf(range[2]) };
  if (identifier.test(comment)) return { format: "uuid" };
  const most = bytesUpTo.exec(comment);
  return most === null ? {} : { maxLength: numberOf(most[1]) };
}

/** A zero that stands for "not said" is not bounded from below. */
function ofNumber(comment: string, zeroIsValue: boolean): Schema {
  const range = numbersFromTo.exec(comment);
  if (range === null) return {};
  const [least, most] = [numberOf(range[1]), numberOf(range[2])];
  return { ...(zeroIsValue || least <= 0 ? { minimum: least } : {}), maximum: most };
}

/** Of a list: how many. */
export function itemLimits(comment: string): Schema {
  const most = itemsUpTo.exec(comment);
  return most === null ? {} : { maxItems: numberOf(most[1]) };
}

/** Of a single scalar. 64-bit numbers are texts in JSON, and so without a limit. */
export function scalarLimits(field: DescField, comment: string, isRequired: boolean): Schema {
  switch (field.scalar) {
    case ScalarType.STRING:
      return ofText(comment, isRequired);
    case ScalarType.INT32:
    case ScalarType.UINT32:
    case ScalarType.DOUBLE:
      return ofNumber(comment, isRequired || field.presence !== 2);
    default:
      return {};
  }
}
