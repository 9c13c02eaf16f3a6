// Rows as records: what each kind makes of its columns, and what is wrong with a row.
import assert from "node:assert/strict";
import { test } from "node:test";
import { create, toBinary } from "@bufbuild/protobuf";
import type { DescMessage, DescMethod } from "@bufbuild/protobuf";

import { Sharing } from "#protos/brokerage/common/v1/sharing_pb";
import type { Opportunity } from "#protos/brokerage/matching/v1/opportunity_pb";
import { CreateOpportunityRequestSchema } from "#protos/brokerage/matching/v1/opportunity_service_pb";
import type { Volunteer } from "#protos/brokerage/matching/v1/volunteer_pb";
import { CreateVolunteerRequestSchema } from "#protos/brokerage/matching/v1/volunteer_service_pb";
import type { Organisation } from "#protos/brokerage/registry/v1/organisation_pb";
import { CreateOrganisationRequestSchema } from "#protos/brokerage/registry/v1/organisation_service_pb";

import { Row } from "../../../../apps/console/src/pages/import/cells/row.ts";
import { Words } from "../../../../apps/console/src/pages/import/cells/words.ts";
import { readHeadings } from "../../../../apps/console/src/pages/import/file/headings.ts";
import type { Draft, Kind, Source } from "../../../../apps/console/src/pages/import/kinds/kind.ts";
import { opportunities } from "../../../../apps/console/src/pages/import/kinds/opportunities.ts";
import { Organisations } from "../../../../apps/console/src/pages/import/kinds/organisations-by.ts";
import { organisations } from "../../../../apps/console/src/pages/import/kinds/organisations.ts";
import { volunteers } from "../../../../apps/console/src/pages/import/kinds/volunteers.ts";
import type { Clients } from "../../../../apps/console/src/services/clients.ts";
import { reference } from "../support/import-reference.ts";

interface Sent {
  volunteer?: Volunteer;
  organisation?: Organisation;
  opportunity?: Opportunity;
}

/** Reads one row, and what would be sent. */
async function read(kind: Kind, cells: Readonly<Record<string, string>>, may = true) {
  const sent: Sent = {};
  // As a client does: what cannot be written fails here.
  const take = (schema: DescMessage) => (request: Sent) => {
    toBinary(schema, create(schema, { ...request }));
    Object.assign(sent, request);
    return Promise.resolve({});
  };
  const listed = [{ name: "organisations/pantry", displayName: "Ashford Foodbank", identifiers: ["GB-CHC-1"] }];
  const clients = {
    volunteers: { createVolunteer: take(CreateVolunteerRequestSchema) },
    opportunities: {
      createOpportunity: take(CreateOpportunityRequestSchema),
      listOpportunities: () => Promise.resolve({ opportunities: [] }),
    },
    organisations: {
      createOrganisation: take(CreateOrganisationRequestSchema),
      listOrganisations: () => Promise.resolve({ organisations: listed }),
    },
  } as unknown as Clients;
  const source: Source = {
    clients,
    words: new Words(reference),
    organisations: new Organisations(clients),
    centre: "centres/ashford",
    may: (_method: DescMethod) => may,
  };
  const headings = readHeadings(kind.columns, Object.keys(cells));
  const row = new Row(headings, { number: 2, cells: Object.values(cells) });
  const draft: Draft = await kind.read(row, source);
  await draft.check();
  return { ...sent, draft, notes: row.notes, faults: row.faults.map(({ column, text }) => `${column}: ${text}`) };
}

const examples = (kind: Kind) =>
  Object.fromEntries(
    Object.entries(kind.columns).flatMap(([id, { example }]) => (example === "" ? [] : [[id, example]])),
  );

test("the examples that the page of columns gives are good rows", async () => {
  const person = await read(volunteers, examples(volunteers));
  assert.deepEqual(person.faults, []);
  assert.equal(person.volunteer?.displayName, "Ann Baker");
  assert.deepEqual(person.volunteer?.languages, ["en", "bfi"]);
  assert.deepEqual(person.volunteer?.accessNeeds, ["step-free-access"]);
  assert.equal(person.volunteer?.consents.length, 3);
  assert.equal(person.volunteer?.sharing, Sharing.COUNTY);
  assert.equal(person.volunteer?.availability?.weekly.length, 5);
  assert.equal(person.volunteer?.travelRadiusM, 8047);
  const group = await read(organisations, examples(organisations));
  assert.deepEqual(group.faults, []);
  assert.deepEqual(group.organisation?.districtsServed, ["districts/E07000105", "districts/E07000113"]);
  // A role has one kind of schedule: the others' examples are of other rows.
  const { sessions, recurrence, left_out, flexible_time, flexible_block, flexible_windows, weekly, ...rest } = examples(
    opportunities,
  ) as Record<string, string>;
  const text = (cell: string | undefined) => cell ?? "";
  for (const schedule of [
    { weekly: text(weekly) },
    { sessions: text(sessions), recurrence: text(recurrence), left_out: text(left_out) },
    {
      flexible_time: text(flexible_time),
      flexible_block: text(flexible_block),
      flexible_windows: text(flexible_windows),
    },
  ]) {
    const role = await read(opportunities, { ...rest, ...schedule });
    assert.deepEqual(role.faults, []);
    assert.equal(role.opportunity?.organisation, "organisations/pantry");
    assert.equal(role.opportunity?.minimumCoverageBp, 5000);
    assert.notEqual(role.opportunity?.schedule, undefined);
  }
});

interface FaultyRow {
  readonly kind: Kind;
  readonly cells: Readonly<Record<string, string>>;
  readonly faults: readonly string[];
  readonly may?: boolean;
}

const named = { "First name": "Ann", Tel: "01233 555 0100" };
const role = { Role: "Cook", Where: "TN23 1PL" };

const faulty: Readonly<Record<string, FaultyRow>> = {
  "a volunteer without a name": {
    kind: volunteers,
    cells: { "First name": "", Tel: "01233" },
    faults: ["First name: is needed, or a given or family name"],
  },
  "a volunteer whom nobody can reach": {
    kind: volunteers,
    cells: { "First name": "Ann", Tel: "" },
    faults: ["Tel: is needed, or an address for email, or a postcode"],
  },
  "a skill with a typing error": {
    kind: volunteers,
    cells: { ...named, Skills: "frist aid; driving" },
    faults: ["Skills: “frist aid” is no skill that is known: is First aid meant?"],
  },
  "a cause that may be two": {
    kind: volunteers,
    cells: { ...named, Interests: "society" },
    faults: ["Interests: “society” may be Arts and Culture or Community: write which"],
  },
  "a level and an importance that a volunteer cannot have": {
    kind: volunteers,
    cells: { ...named, Skills: "driving:6; teamwork*2" },
    faults: [
      "Skills: “driving:6” has no level from 1 to 5 behind its colon",
      "Skills: has an importance, which a volunteer’s has not: leave * out",
    ],
  },
  "sharing without a consent": {
    kind: volunteers,
    cells: { ...named, Share: "yes" },
    faults: ["Sharing consent date: is needed to share with the county: the day on which they agreed"],
  },
  "searching without a home": {
    kind: volunteers,
    cells: { ...named, Status: "Searching" },
    faults: [
      "Postcode: is needed for the state searching, unless they accept remote roles",
      "Travel radius km: is needed for the state searching, unless they accept remote roles",
    ],
  },
  "half a place, and two": {
    kind: volunteers,
    cells: { ...named, Latitude: "51.1", "Home postcode": "TN23 1PL" },
    faults: ["Home longitude: is needed beside the other", "Home postcode: and coordinates are two places: give one"],
  },
  "a group that nobody answers for": {
    kind: organisations,
    cells: { Name: "Walkers", Type: "Unconstituted group", "Company number": "no 5" },
    faults: [
      "Company number: “no 5” is no number of a register",
      "Accountable body: is needed for an unconstituted group",
    ],
  },
  "an organisation of no kind": {
    kind: organisations,
    cells: { Name: "", Type: "" },
    faults: ["Name: is needed", "Type: is needed"],
  },
  "two kinds of schedule": {
    kind: opportunities,
    cells: { ...role, When: "Mon evening", "Hours per week": "3h", Except: "1/2/2027" },
    faults: [
      "Except: is another kind of schedule than the one before: give one",
      "Hours per week: is another kind of schedule than the one before: give one",
    ],
  },
  "dates that are left out of nothing": {
    kind: opportunities,
    cells: { ...role, Except: "1/2/2027" },
    faults: ["Except: needs a recurrence to leave dates out of"],
  },
  "flexible times without a length": {
    kind: opportunities,
    cells: { ...role, "Flexible times": "Mon 9:00-10:00" },
    faults: ["Flexible time: is needed beside the other columns of flexible time"],
  },
  "a check without its level": {
    kind: opportunities,
    cells: { ...role, Workforce: "adults" },
    faults: ["Check level: is needed beside the other columns of the check"],
  },
  "a remote role at a place": {
    kind: opportunities,
    cells: { ...role, Remote: "yes" },
    faults: ["Remote: cannot be yes beside a place: give one"],
  },
  "an open role without what that needs": {
    kind: opportunities,
    cells: { Role: "Cook", State: "open" },
    may: false,
    faults: [
      "State: takes a manager’s role: write submitted",
      "Organisation: is needed for the state open",
      "Postcode: is needed for the state open, unless it is remote",
    ],
  },
  "an organisation that is not registered": {
    kind: opportunities,
    cells: { ...role, Organisation: "Nobody" },
    faults: ["Organisation: “Nobody” is no organisation that is registered: register it, or import it, first"],
  },
};

for (const [name, { kind, cells, faults, may }] of Object.entries(faulty)) {
  test(`a row at fault: ${name}`, async () => assert.deepEqual((await read(kind, cells, may)).faults, faults));
}

test("lists may have commas, words several times, and a row cells too many", async () => {
  const { volunteer, faults } = await read(volunteers, { ...named, Skills: "driving, First Aid; skills/first-aid" });
  assert.deepEqual(faults, []);
  assert.deepEqual(
    volunteer?.skills.map(({ skill }) => skill),
    ["skills/Driving (car)", "skills/first-aid"],
  );
  const headings = readHeadings(volunteers.columns, ["Given name"]);
  const row = new Row(headings, { number: 2, cells: ["Ann", "", "Baker"] });
  assert.match(row.faults[0]?.text ?? "", /^has more cells than there are headings/);
  assert.deepEqual(new Row(headings, { number: 2, cells: ["Ann", "", " "] }).faults, []);
});

test("a path of the request is said of the column that it came from", async () => {
  const { draft } = await read(volunteers, { ...named, "Guardian consent": "1/2/2026", "Photo consent": "1/2/2026" });
  assert.equal(draft.columnOf("volunteer.consents[1].given_time"), "publicity_consent_date");
  assert.equal(draft.columnOf("volunteer.home.postcode"), "postcode");
  assert.equal(draft.columnOf("volunteer.display_name"), "given_name");
  assert.equal(draft.columnOf("parent"), "");
  const asked = await read(opportunities, { ...role, "Required skills": "teamwork", Skills: "driving" });
  assert.equal(asked.draft.columnOf("opportunity.skills[0].level"), "required_skills");
  assert.equal(asked.draft.columnOf("opportunity.skills[1].level"), "wanted_skills");
  assert.equal(asked.draft.columnOf("opportunity.schedule.dated.recurrence.rrule"), "recurrence");
});

test("rows are known by what the services compare", async () => {
  const keys = async (cells: Readonly<Record<string, string>>) => (await read(volunteers, cells)).draft.keys;
  const one = await keys({
    Name: "Ann Baker",
    Tel: "+44 (0)1233 555 0100",
    Postcode: "tn231pl",
    Email: "A@example.org",
  });
  const other = await keys({ Name: "ANN  BAKER", Tel: "01233 5550100", Postcode: "TN23 1PL", Email: "a@example.org" });
  assert.deepEqual(one, other);
  assert.equal(one.length, 3);
  assert.deepEqual(await keys({ Name: "Ann", Tel: "123" }), []);
});

/** What a reader may take for something else than a text. */
const hostile = [
  ...[
    "constructor",
    "__proto__",
    "constructor evening",
    "Mon constructor",
    "__proto__ 9:00-10:00",
    "Mon-constructor 9-10am",
  ],
  ...[
    "-1",
    "0",
    "1e9",
    "NaN",
    "Infinity",
    "2147483648",
    "9".repeat(19),
    "9".repeat(20),
    "9".repeat(400),
    "£9,999,999,999,999,999,999",
  ],
  ...[
    "99999999999h",
    `${"9".repeat(400)} min`,
    `2026-12-05 09:00 ${"9".repeat(400)}h`,
    `2026-12-05 09:00 99999999999999h FREQ=DAILY`,
  ],
  ...[
    "0001-01-01",
    "31/12/9999",
    "9999-12-31 23:30 24h",
    "\ud800",
    "\u0000",
    "💥".repeat(100),
    "'",
    "=",
    ";;;",
    ",,,",
    ":*",
    "*:9",
  ],
];

for (const kind of [volunteers, organisations, opportunities]) {
  test(`whatever a cell of ${kind.id} holds, it is at fault or can be sent`, async () => {
    for (const column of Object.keys(kind.columns)) {
      for (const cell of hostile) {
        const row = { [column]: cell, ...(column === "recurrence" ? { left_out: "1/2/2027" } : {}) };
        await assert.doesNotReject(read(kind, row), `${JSON.stringify(cell)} in ${column}`);
      }
    }
  });
}
