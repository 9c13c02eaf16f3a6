// The drawing of the districts, and what is counted in words.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { create } from "@bufbuild/protobuf";

import { CoverageSchema } from "#protos/brokerage/matching/v1/report_pb";

import { addressOf, rowOf } from "../../../../apps/console/src/pages/coverage/rows.ts";
import { draw, linesOf, spotOf, touch } from "../../../../apps/console/src/pages/coverage/tiles.ts";
import { ratioText } from "../../../../apps/console/src/pages/shared/coverage.ts";
import { outside } from "../../../../apps/console/src/pages/shared/terms.ts";
import { table } from "../support/table.ts";

declare const TREE: string;

/** The districts that are served unless a deployment says otherwise. */
const served = readFileSync(join(TREE, "reference/data/districts.csv"), "utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => {
    const [code = "", , name = ""] = line.split(",");
    return { district: `districts/${code}`, name };
  });
const all = [...served, { district: outside, name: "Outside the county" }];

const spotNamed = (name: string) => {
  const spot = spotOf(all.find((one) => one.name === name)?.district ?? "");
  assert.ok(spot, name);
  return spot;
};

test("every served district has a tile, and no two are on one spot", () => {
  assert.equal(served.length, 12);
  const { tiles } = draw(all);
  assert.deepEqual(
    tiles.map(({ district }) => district),
    all.map(({ district }) => district),
  );
  assert.equal(new Set(tiles.map(({ x, y }) => `${x} ${y}`)).size, all.length);
  assert.equal(new Set(tiles.map(({ short }) => short)).size, all.length);
});

test("tiles do not cover each other, and all lie within the drawing", () => {
  const { tiles, points, width, height } = draw(all);
  const corners = points.split(" ").map((point) => point.split(",").map(Number) as [number, number]);
  const [wide, high] = [0, 1].map((axis) => Math.max(...corners.map((corner) => corner[axis] ?? 0)));
  assert.ok(wide !== undefined && high !== undefined);
  for (const { x, y, district } of tiles) {
    assert.ok(x - wide >= 0 && x + wide <= width && y - high >= 0 && y + high <= height, district);
    for (const other of tiles) {
      if (other.district === district) continue;
      const [across, down] = [Math.abs(other.x - x), Math.abs(other.y - y)];
      // In one row they lie side by side; rows are set into each other by a quarter of a hexagon.
      assert.ok(down === 0 ? across > 2 * wide : down > 1.5 * high && (down > 2 * high || across >= wide), district);
    }
  }
});

table(
  "neighbours touch",
  {
    "in the north-west": ["Dartford", "Gravesham"],
    "Dartford and Sevenoaks": ["Dartford", "Sevenoaks"],
    "Gravesham and Medway": ["Gravesham", "Outside the county"],
    "Medway and Swale": ["Outside the county", "Swale"],
    "Medway and Maidstone": ["Outside the county", "Maidstone"],
    "Sevenoaks and its east": ["Sevenoaks", "Tonbridge and Malling"],
    "the two Ts": ["Tonbridge and Malling", "Tunbridge Wells"],
    "Maidstone and Ashford": ["Maidstone", "Ashford"],
    "Swale and Canterbury": ["Swale", "Canterbury"],
    "Canterbury and Thanet": ["Canterbury", "Thanet"],
    "Thanet and Dover": ["Thanet", "Dover"],
    "Dover and Folkestone": ["Dover", "Folkestone and Hythe"],
    "Ashford and the coast": ["Ashford", "Folkestone and Hythe"],
    "Ashford and Canterbury": ["Ashford", "Canterbury"],
  } satisfies Readonly<Record<string, readonly [string, string]>>,
  ([left, right]) => assert.ok(touch(spotNamed(left), spotNamed(right))),
);

test("what lies apart does not touch", () => {
  for (const [left, right] of [
    ["Dartford", "Dover"],
    ["Sevenoaks", "Ashford"],
    ["Thanet", "Ashford"],
    ["Dartford", "Dartford"],
  ] as const) {
    assert.equal(touch(spotNamed(left), spotNamed(right)), false, `${left} ${right}`);
  }
});

test("a district that is not drawn is left out of the drawing", () => {
  const elsewhere = { district: "districts/E07000999", name: "Elsewhere" };
  assert.deepEqual(draw([elsewhere]).tiles, []);
  assert.equal(spotOf("constructor"), undefined);
});

table(
  "names in lines",
  {
    short: ["Ashford", ["Ashford"]],
    long: ["Folkestone and Hythe", ["Folkestone", "and Hythe"]],
    "long words": ["Tonbridge and Malling", ["Tonbridge", "and Malling"]],
    "two words": ["Tunbridge Wells", ["Tunbridge", "Wells"]],
  } satisfies Readonly<Record<string, readonly [string, readonly string[]]>>,
  ([name, lines]) => assert.deepEqual(linesOf(name), lines),
);

test("every name fits into its tile", () => {
  for (const { lines } of draw(all).tiles) assert.ok(lines.length <= 2, JSON.stringify(lines));
});

table(
  "the ratio",
  {
    none: [undefined, ""],
    zero: [0n, "0.00"],
    "less than a tenth": [7n, "0.07"],
    "less than one": [99n, "0.99"],
    one: [100n, "1.00"],
    more: [1234n, "12.34"],
  } satisfies Readonly<Record<string, readonly [bigint | undefined, string]>>,
  ([hundredths, text]) => {
    const coverage = create(
      CoverageSchema,
      hundredths === undefined ? {} : { volunteersPerPlaceHundredths: hundredths },
    );
    assert.equal(ratioText(coverage), text);
  },
);

table(
  "a row",
  {
    thin: [{ openPlaces: 2n, thin: true }, "Thin"],
    covered: [{ openPlaces: 2n, thin: false }, "Covered"],
    "without places": [{ openPlaces: 0n, thin: false }, "No open place"],
  } satisfies Readonly<Record<string, readonly [{ openPlaces: bigint; thin: boolean }, string]>>,
  ([coverage, text]) => assert.equal(rowOf("Ashford", undefined, create(CoverageSchema, coverage)).state.text, text),
);

test("what is chosen is in the address, and nothing else", () => {
  assert.equal(addressOf("/coverage", { cause: "", skill: "" }), "/coverage");
  const address = addressOf("/coverage", { cause: "causes/health", skill: "" });
  assert.equal(address, "/coverage?cause=causes%2Fhealth");
  const both = new URL(addressOf("/coverage", { cause: "causes/health", skill: "skills/first-aid" }), "http://x");
  assert.equal(both.searchParams.get("skill"), "skills/first-aid");
});
