// The words of the contract's enums as cells have them: "medium-goods-vehicle" is LICENCE_KIND_MEDIUM_GOODS_VEHICLE.
import type { DescEnum } from "@bufbuild/protobuf";

/** Word → value of all values but "not stated". */
export function enumWords<Value extends number>(schema: DescEnum): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    schema.values
      .filter(({ number }) => number !== 0)
      .map(({ localName, number }) => [localName.toLowerCase().replaceAll("_", "-"), number as Value]),
  );
}
