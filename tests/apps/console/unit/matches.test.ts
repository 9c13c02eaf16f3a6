// Matches in words: moves, parts, conditions, and the changes that advice names.
import assert from "node:assert/strict";
import { test } from "node:test";

import type { Match } from "#protos/brokerage/matching/v1/match_pb";
import type { WatchMatchesResponse } from "#protos/brokerage/matching/v1/matching_service_pb";

import { Followed } from "../../../../apps/console/src/pages/matches/followed.ts";
import { changeText, changedRole, readChange } from "../../../../apps/console/src/pages/matches/changes.ts";
import type { Change } from "../../../../apps/console/src/pages/matches/changes.ts";
import { moveOf } from "../../../../apps/console/src/pages/matches/moves.ts";
import { conditionsOf, measuresOf, partsOf } from "../../../../apps/console/src/pages/matches/pair-words.ts";
import { shareText } from "../../../../apps/console/src/pages/shared/percent.ts";
import { pairPath } from "../../../../apps/console/src/pages/matches/pair-address.ts";
import { table } from "../support/table.ts";

table(
  "a move",
  {
    up: [1, 4, "up 3"],
    down: [4, 1, "down 3"],
    none: [2, 2, "same place"],
    "from beyond what is compared": [20, undefined, "from further below"],
    "beyond what is compared, then as now": [201, undefined, "far below before, too"],
  },
  ([now, before, text]: (number | string | undefined)[]) =>
    assert.equal(moveOf(Number(now), before === undefined ? undefined : Number(before)).text, text),
);

table(
  "a share",
  { none: [0n, "0.0%"], rounded: [876_549n, "87.7%"], whole: [1_000_000n, "100.0%"] },
  ([millionths, text]: (bigint | string)[]) => assert.equal(shareText(BigInt(millionths ?? 0)), text),
);

const part = { $typeName: "brokerage.matching.v1.PartResult" } as const;
const condition = { $typeName: "brokerage.matching.v1.ConditionResult" } as const;

test("an absent part is not counted, and it is said why", () => {
  const [skills, causes] = partsOf([
    { ...part, part: "skills", millionths: 634_000n, weight: 40, working: "First aid 76/120 × importance 3" },
    { ...part, part: "causes", weight: 10, working: "absent: not stated by both" },
  ]);
  assert.deepEqual([skills?.label, skills?.text, skills?.width, skills?.absent], ["Skills", "63%", 63, false]);
  assert.deepEqual([causes?.text, causes?.absent, causes?.working], ["not counted: not stated by both", true, ""]);
});

test("a condition is called by what holds or what fails, and one that is new by its code", () => {
  const [near, far, unknown] = conditionsOf([
    { ...condition, code: "TOO_FAR", holds: true, fact: "1 km away", fix: "" },
    { ...condition, code: "TOO_FAR", holds: false, fact: "9 km away", fix: "1 km beyond their 8 km" },
    { ...condition, code: "BRAND_NEW", holds: false, fact: "", fix: "" },
  ]);
  assert.deepEqual([near?.label, far?.label, unknown?.label], ["Near enough", "Too far", "BRAND_NEW"]);
});

test("distance and time say what is known", () => {
  const nothing = { coveredMinutes: 0n, committedMinutes: 0n };
  assert.deepEqual(measuresOf(nothing), []);
  assert.deepEqual(measuresOf({ distanceM: 4828n, coveredMinutes: 0n, committedMinutes: 90n }), [
    "3 miles away",
    "none of 1 hour 30 minutes covered",
  ]);
  assert.deepEqual(measuresOf({ ...nothing, distanceM: 300n }), ["less than half a mile away"]);
});

const changes: Readonly<Record<string, Change>> = {
  coverage: { what: "coverage", basisPoints: 0 },
  "a skill": { what: "skill", skill: "skills/first-aid" },
  "a radius": { what: "radius", metres: 4828 },
  remote: { what: "remote" },
};
table("a change is read as it was written", changes, (change: Change) =>
  assert.deepEqual(readChange(changeText(change)), change),
);

table(
  "no change",
  {
    nothing: "",
    "another word": "colour:1",
    "no number": "radius:x",
    "too much": "coverage:10001",
    "a group": "skill:x",
  },
  (text: string) => assert.equal(readChange(text), undefined),
);

test("a profile's change is none of a role's", () => {
  type Role = Parameters<typeof changedRole>[0];
  assert.equal(changedRole({} as Role, { what: "radius", metres: 1 }), undefined);
});

test("a pair has one page, which keeps weights that are not the usual ones", () => {
  const [role, person] = ["centres/dover/opportunities/o1", "centres/ashford/volunteers/v1"];
  assert.equal(pairPath(role, person, "weightSets/default"), "/centres/dover/opportunities/o1/matches/ashford/v1");
  assert.equal(
    pairPath(role, person, "weightSets/w1"),
    "/centres/dover/opportunities/o1/matches/ashford/v1?weights=weightSets%2Fw1",
  );
});

const match = (volunteer: string, score: number): Match => ({
  $typeName: "brokerage.matching.v1.Match",
  volunteer: `centres/ashford/volunteers/${volunteer}`,
  displayName: volunteer,
  opportunity: "",
  score: 0,
  scoreMillionths: BigInt(score),
  coveredMinutes: 0n,
  committedMinutes: 0n,
  notes: [],
  organisation: "",
  organisationDisplayName: "",
});

const told = (event: WatchMatchesResponse["event"]): WatchMatchesResponse => ({
  $typeName: "brokerage.matching.v1.WatchMatchesResponse",
  event,
  revision: "",
  indexRevision: "",
  weightSet: "",
});

test("what a watch tells is kept in the order of lists", () => {
  const followed = new Followed();
  const snapshot = { $typeName: "brokerage.matching.v1.MatchesSnapshot", more: false } as const;
  const difference = { $typeName: "brokerage.matching.v1.MatchesDifference", more: false } as const;
  const heartbeat = { $typeName: "brokerage.matching.v1.MatchesHeartbeat" } as const;
  const names = () => followed.names.map((name) => name.slice(-1)).join("");
  const first = [match("b", 5), match("a", 5), match("c", 9)];
  assert.ok(followed.take(told({ case: "snapshot", value: { ...snapshot, matches: first } })));
  assert.equal(names(), "cab");
  const changes = { entered: [match("d", 7)], left: ["centres/ashford/volunteers/a"], changed: [match("b", 10)] };
  assert.ok(followed.take(told({ case: "difference", value: { ...difference, ...changes } })));
  assert.equal(names(), "bcd");
  assert.ok(!followed.take(told({ case: "heartbeat", value: heartbeat })));
  assert.ok(followed.take(told({ case: "snapshot", value: { ...snapshot, matches: [] } })));
  assert.equal(names(), "");
});
