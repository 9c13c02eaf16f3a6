// Weeks, rules, dates and distances in words.
import assert from "node:assert/strict";
import { test } from "node:test";

import { create } from "@bufbuild/protobuf";
import type { MessageInitShape } from "@bufbuild/protobuf";

import { PlaceSchema } from "#protos/brokerage/common/v1/place_pb";

import { districtText } from "../../../../apps/console/src/pages/shared/place.ts";
import { ruleText } from "../../../../apps/console/src/pages/shared/rule.ts";
import { dateText, durationText, momentText } from "../../../../apps/console/src/pages/shared/dates.ts";
import { districtName, milesText } from "../../../../apps/console/src/pages/shared/terms.ts";
import { weekInWords, weekTable, windowsOf } from "../../../../apps/console/src/pages/shared/week.ts";
import { accessNeeds, languages } from "../../../../apps/console/src/services/vocabulary.ts";
import { table } from "../support/table.ts";

table(
  "a rule",
  {
    weekly: ["FREQ=WEEKLY;BYDAY=TU", "Every week on Tuesday"],
    "several days": ["FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,TH", "Every 2 weeks on Monday, Tuesday and Thursday"],
    counted: ["FREQ=DAILY;COUNT=10", "Every day 10 times"],
    "by a weekday of the month": [
      "FREQ=MONTHLY;BYDAY=2TU,-1FR",
      "Every month on the second Tuesday and the last Friday",
    ],
    "from the end": ["FREQ=MONTHLY;BYDAY=-2SU", "Every month on the second from last Sunday"],
    "until a date": ["FREQ=WEEKLY;UNTIL=20271231", "Every week until 31 December 2027"],
    "until a moment": ["FREQ=WEEKLY;UNTIL=20271231T190000Z", "Every week until 31 December 2027"],
    "of another kind": ["FREQ=YEARLY", "FREQ=YEARLY"],
  },
  ([rule = "", words]) => assert.equal(ruleText(rule), words),
);

test("ticked parts of a day that follow each other are one window", () => {
  const windows = windowsOf(["2-midday", "2-morning", "2-evening", "7-afternoon", "9-morning", "x"]);
  assert.deepEqual(weekInWords(windows), [
    { day: "Tuesday", times: "08:00 to 14:00, 17:00 to 21:00" },
    { day: "Sunday", times: "14:00 to 17:00" },
  ]);
  const table = weekTable(["2-midday"]);
  const ticked = table.days.flatMap(({ cells }) => cells.filter(({ checked }) => checked).map(({ label }) => label));
  assert.deepEqual(ticked, ["Tuesday Midday"]);
});

test("moments are those of the London clock", () => {
  assert.equal(
    momentText({ $typeName: "google.protobuf.Timestamp", seconds: 1_782_900_000n, nanos: 0 }),
    "1 July 2026 at 11:00",
  );
  assert.equal(dateText({ $typeName: "brokerage.common.v1.Date", year: 1987, month: 3, day: 27 }), "27 March 1987");
  assert.equal(momentText(undefined) + dateText(undefined), "");
});

test("lengths, distances and places", () => {
  assert.equal(durationText(90), "1 hour 30 minutes");
  assert.equal(durationText(1), "1 minute");
  assert.equal(milesText(1609), "1 mile");
  assert.equal(milesText(8047), "5 miles");
  const districts = new Map([["districts/E07000105", "Ashford"]]);
  assert.equal(districtName(districts, "districts/E07000105", "outside"), "Ashford");
  assert.equal(districtName(districts, "districts/outside", "outside"), "outside");
  assert.equal(districtName(districts, "", "outside"), "");
  const place = (fields: MessageInitShape<typeof PlaceSchema>) => districtText(districts, create(PlaceSchema, fields));
  assert.equal(place({ postcode: "TN23 1PL", district: "districts/E07000105" }), "Ashford");
  assert.equal(place({ postcode: "TN23" }), "Known only roughly");
  assert.equal(place({ latitude: 51.1, longitude: 0.9 }), "Known only roughly");
  assert.equal(place({}) + districtText(districts, undefined), "");
});

test("vocabularies are the services' own", () => {
  assert.equal(accessNeeds.get("step-free-access"), "Step-free access");
  assert.equal(languages.get("bfi"), "British Sign Language");
});
