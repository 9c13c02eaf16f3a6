// Volunteers: a row becomes an enquiry, and goes on as far as its state says.
import { create } from "@bufbuild/protobuf";

import { Sharing } from "#protos/brokerage/common/v1/sharing_pb";
import { Consent_Purpose, VolunteerSchema, Volunteer_State } from "#protos/brokerage/matching/v1/volunteer_pb";
import type { Volunteer } from "#protos/brokerage/matching/v1/volunteer_pb";
import { VolunteerService } from "#protos/brokerage/matching/v1/volunteer_service_pb";
import { ReferenceService } from "#protos/brokerage/registry/v1/reference_service_pb";

import { stepId } from "../../../forms/request-id.ts";
import { volunteerColumns } from "../../../texts/en-GB/import-columns.ts";
import { texts } from "../../../texts/en-GB/index.ts";
import { splitList } from "../cells/row.ts";
import type { Row } from "../cells/row.ts";
import { parseDate, parseDegrees, parseDistance, parseWhole, parseWord, parseYesNo, startOf } from "../cells/values.ts";
import { folded } from "../cells/words.ts";
import { readWeek } from "../cells/week.ts";
import { normalPostcode } from "../../shared/place.ts";
import { dayField } from "../../shared/times.ts";
import { saysMiles } from "../file/headings.ts";
import { parseCheck, parseLicence } from "./holdings.ts";
import { columnOfPath, eachOnce, nanosOf, sharingWords } from "./kind.ts";
import type { Draft, Kind, Source } from "./kind.ts";
import { volunteerSample } from "./volunteer-sample.ts";

const t = texts.import.cells;

type Column = keyof typeof volunteerColumns;

const consentColumns: readonly (readonly [Column, Consent_Purpose])[] = [
  ["sharing_consent_date", Consent_Purpose.SHARING],
  ["guardian_consent_date", Consent_Purpose.GUARDIAN],
  ["contact_consent_date", Consent_Purpose.CONTACT],
  ["health_consent_date", Consent_Purpose.HEALTH],
  ["publicity_consent_date", Consent_Purpose.PUBLICITY],
];

const { method } = VolunteerService;

/** The states that an import reaches, in their order. */
const states: Readonly<Record<string, Volunteer_State>> = {
  enquiry: Volunteer_State.ENQUIRY,
  registered: Volunteer_State.REGISTERED,
  searching: Volunteer_State.SEARCHING,
};

export const volunteers: Kind = {
  id: "volunteers",
  columns: volunteerColumns,
  needed: [
    ["display_name", "given_name", "family_name"],
    ["phone", "email", "postcode"],
  ],
  needs: [
    method.createVolunteer,
    method.registerVolunteer,
    method.activateVolunteer,
    ReferenceService.method.resolveTerm,
    ReferenceService.method.listSkills,
  ],
  read: async (row, source) => {
    const [skills, causes, languages, accessNeeds] = [
      await row.lookedUp("skills", (entry) => source.words.skills(entry)),
      await row.lookedUp("causes", (entry) => source.words.causes(entry)),
      await row.lookedUp("languages", (entry) => source.words.languages(entry)),
      await row.lookedUp("access_needs", (entry) => source.words.accessNeeds(entry)),
    ];
    if (skills.some(({ importance }) => importance !== undefined)) row.fault("skills", t.noImportance);
    const volunteer = create(VolunteerSchema, {
      ...readPerson(row),
      ...readTravel(row),
      ...readAgreements(row),
      availability: { weekly: readFree(row) },
      skills: eachOnce(skills).map(({ importance: _importance, ...skill }) => skill),
      causes: [...new Set(causes)],
      languages: [...new Set(languages)],
      accessNeeds: [...new Set(accessNeeds)],
      licences: [...row.list("licences", parseLicence)],
      checks: [...row.list("checks", (text) => parseCheck(text, row.cell("checks_seen_by")))],
      notes: row.cell("notes"),
    });
    return draftOf(volunteer, readState(row, volunteer), row, source);
  },
};

const nameColumn = (row: Row): Column =>
  row.has("display_name") || !row.knows("given_name") ? "display_name" : "given_name";

function readPerson(row: Row) {
  const [given, family] = [row.cell("given_name"), row.cell("family_name")];
  const both = [given, family].filter((name) => name !== "").join(" ");
  const displayName = row.has("display_name") ? row.cell("display_name") : both;
  if (displayName === "") row.fault(nameColumn(row), t.nameMissing);
  const [email, phone, postcode] = [row.cell("email"), row.cell("phone"), row.cell("postcode")];
  if (email + phone + postcode + row.cell("home_postcode") === "") row.fault("phone", t.reachMissing);
  const born = row.read("date_of_birth", parseDate);
  const contacted = row.read("last_contact_date", parseDate);
  return {
    displayName,
    contact: {
      givenName: given,
      familyName: family,
      email,
      phone,
      postcode,
      addressLines: [...splitList(row.cell("address"))],
    },
    ...(born === undefined ? {} : { dateOfBirth: born }),
    ...(contacted === undefined ? {} : { lastContactTime: startOf(contacted) }),
  };
}

function readTravel(row: Row) {
  const isMiles = saysMiles(row.heading("travel_radius_km"));
  const radius = row.read("travel_radius_km", (text) => parseDistance(text, isMiles));
  const limit = row.read("placement_limit", parseWhole);
  return {
    ...readHome(row),
    acceptsRemote: row.read("accepts_remote", parseYesNo) ?? false,
    ...(radius === undefined ? {} : { travelRadiusM: radius }),
    ...(limit === undefined ? {} : { placementLimit: limit }),
  };
}

function readHome(row: Row) {
  const [latitude, longitude] = [row.read("home_latitude", parseDegrees), row.read("home_longitude", parseDegrees)];
  if (row.has("home_latitude") !== row.has("home_longitude")) {
    row.fault(row.has("home_latitude") ? "home_longitude" : "home_latitude", t.besideTheOther);
  }
  if (row.has("home_postcode") && row.has("home_latitude")) row.fault("home_postcode", t.twoPlaces);
  if (latitude !== undefined && longitude !== undefined) return { home: { latitude, longitude } };
  // Most people set out from their address.
  const postcode = row.has("home_postcode") ? row.cell("home_postcode") : row.cell("postcode");
  return postcode === "" ? {} : { home: { postcode } };
}

function readFree(row: Row) {
  const { windows, faults, notes } = readWeek(row.cell("availability"), "inward");
  for (const fault of faults) row.fault("availability", fault);
  for (const note of notes) row.note("availability", note);
  return windows;
}

function readAgreements(row: Row) {
  const sharing = row.read("sharing", (text) => parseWord(sharingWords, text)) ?? Sharing.CENTRE;
  const consents = consentColumns.flatMap(([column, purpose]) => {
    const date = row.read(column, parseDate);
    return date === undefined ? [] : [{ purpose, givenTime: startOf(date) }];
  });
  if (sharing === Sharing.COUNTY && !row.has("sharing_consent_date")) {
    row.fault("sharing_consent_date", t.consentMissing);
  }
  // Sharing that is at fault by its consent is not asked for: that would be a second fault for the same.
  const isAgreed = consents.some(({ purpose }) => purpose === Consent_Purpose.SHARING);
  return { sharing: isAgreed ? sharing : Sharing.CENTRE, consents };
}

function readState(row: Row, { acceptsRemote }: Volunteer): Volunteer_State {
  const state = row.read("state", (text) => parseWord(states, text)) ?? Volunteer_State.ENQUIRY;
  if (state === Volunteer_State.ENQUIRY || acceptsRemote || row.isFaulty("accepts_remote")) return state;
  const reason = t.neededForState(row.cell("state").toLowerCase());
  if (!row.has("postcode") && !row.has("home_postcode") && !row.has("home_latitude")) row.fault("postcode", reason);
  if (!row.has("travel_radius_km")) row.fault("travel_radius_km", reason);
  return state;
}

/** Paths of the request → columns. The postcode of the address is mostly that of the home too. */
function pathsOf(row: Row): Readonly<Record<string, Column>> {
  const home = row.has("home_latitude") ? "home_latitude" : row.has("home_postcode") ? "home_postcode" : "postcode";
  return {
    "volunteer.display_name": nameColumn(row),
    "volunteer.contact": "phone",
    "volunteer.contact.given_name": "given_name",
    "volunteer.contact.family_name": "family_name",
    "volunteer.contact.email": "email",
    "volunteer.contact.phone": "phone",
    "volunteer.contact.postcode": "postcode",
    "volunteer.contact.address_lines": "address",
    "volunteer.date_of_birth": "date_of_birth",
    "volunteer.home": home,
    "volunteer.home.longitude": "home_longitude",
    "volunteer.travel_radius_m": "travel_radius_km",
    "volunteer.accepts_remote": "accepts_remote",
    "volunteer.skills": "skills",
    "volunteer.availability": "availability",
    "volunteer.causes": "causes",
    "volunteer.languages": "languages",
    "volunteer.licences": "licences",
    "volunteer.checks": "checks",
    "volunteer.access_needs": "access_needs",
    "volunteer.sharing": "sharing",
    "volunteer.consents": "sharing_consent_date",
    "volunteer.placement_limit": "placement_limit",
    "volunteer.notes": "notes",
    "volunteer.last_contact_time": "last_contact_date",
  };
}

/** Fewer digits are an extension. */
const leastDigits = 6;

/** As the matching service compares people, by and large: docs/api.md. */
function keysOf({ displayName, contact, home, dateOfBirth }: Volunteer): readonly string[] {
  const name = folded(displayName);
  const digits = (contact?.phone ?? "").replace(/^\s*\+44\s*(\(0\))?/, "0").replace(/\D/g, "");
  const postcode = normalPostcode(home?.postcode ?? "");
  return [
    ...(contact?.email ? [`email ${folded(contact.email)}`] : []),
    ...(digits.length >= leastDigits ? [`phone ${digits}`] : []),
    ...(postcode === "" ? [] : [`postcode ${name} ${postcode}`]),
    ...(dateOfBirth === undefined ? [] : [`born ${name} ${dayField(dateOfBirth)}`]),
  ];
}

function draftOf(volunteer: Volunteer, state: Volunteer_State, row: Row, source: Source): Draft {
  const { volunteers: service } = source.clients;
  const paths = pathsOf(row);
  return {
    keys: keysOf(volunteer),
    columnOf: (path) => {
      const consent = /^volunteer\.consents\[(\d+)\]/.exec(path)?.[1];
      const given = consentColumns.filter(([column]) => row.has(column) && !row.isFaulty(column));
      return consent === undefined ? columnOfPath(paths, path) : (given[Number(consent)]?.[0] ?? "");
    },
    check: async () => {
      const shown = await service.createVolunteer({ parent: source.centre, volunteer, validateOnly: true });
      return {
        at: nanosOf(shown.createTime),
        duplicates: shown.possibleDuplicates,
        sample: () => volunteerSample(shown, state, source),
      };
    },
    make: async (requestId, made) => {
      const stored = await service.createVolunteer({ parent: source.centre, volunteer, requestId });
      const { name } = stored;
      made({ name, at: nanosOf(stored.createTime), duplicates: stored.possibleDuplicates });
      // One that was made before may be further by now.
      if (stored.state < Volunteer_State.REGISTERED && state >= Volunteer_State.REGISTERED) {
        await service.registerVolunteer({ name, requestId: stepId(requestId, "register") });
      }
      if (stored.state < Volunteer_State.SEARCHING && state >= Volunteer_State.SEARCHING) {
        await service.activateVolunteer({ name, requestId: stepId(requestId, "activate") });
      }
    },
  };
}
