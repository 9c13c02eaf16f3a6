// Opportunities: a row becomes a draft, and goes on as far as its state says.
import { create } from "@bufbuild/protobuf";

import {
  BarredListSchema,
  CheckLevel,
  CheckLevelSchema,
  EligibilityBasisSchema,
  WorkforceSchema,
} from "#protos/brokerage/common/v1/check_pb";
import type { BarredList, EligibilityBasis, Workforce } from "#protos/brokerage/common/v1/check_pb";
import { LicenceKindSchema } from "#protos/brokerage/common/v1/licence_pb";
import type { LicenceKind } from "#protos/brokerage/common/v1/licence_pb";
import { Sharing } from "#protos/brokerage/common/v1/sharing_pb";
import { OpportunitySchema, Opportunity_State } from "#protos/brokerage/matching/v1/opportunity_pb";
import type { Opportunity } from "#protos/brokerage/matching/v1/opportunity_pb";
import { OpportunityService } from "#protos/brokerage/matching/v1/opportunity_service_pb";
import { OrganisationService } from "#protos/brokerage/registry/v1/organisation_service_pb";
import { ReferenceService } from "#protos/brokerage/registry/v1/reference_service_pb";

import { stepId } from "../../../forms/request-id.ts";
import { filterOf } from "../../../services/filter.ts";
import { opportunityColumns } from "../../../texts/en-GB/import-role-columns.ts";
import { texts } from "../../../texts/en-GB/index.ts";
import { enumWords } from "../cells/enums.ts";
import type { Row } from "../cells/row.ts";
import { parseDegrees, parsePercent, parseWhole, parseWord, parseYesNo } from "../cells/values.ts";
import { folded } from "../cells/words.ts";
import { columnOfPath, eachOnce, nanosOf, sharingWords } from "./kind.ts";
import type { Draft, Kind, Source } from "./kind.ts";
import { opportunitySample } from "./opportunity-sample.ts";
import { readOrganisation } from "./organisations-by.ts";
import { readSchedule } from "./role-schedule.ts";

const t = texts.import.cells;

type Column = keyof typeof opportunityColumns;

const { method } = OpportunityService;

/** The states that an import reaches, in their order. */
const states: Readonly<Record<string, Opportunity_State>> = {
  draft: Opportunity_State.DRAFT,
  submitted: Opportunity_State.SUBMITTED,
  open: Opportunity_State.OPEN,
};

const licenceWords = enumWords<LicenceKind>(LicenceKindSchema);
const levelWords = enumWords<CheckLevel>(CheckLevelSchema);
const workforceWords = enumWords<Workforce>(WorkforceSchema);
const listWords = enumWords<BarredList>(BarredListSchema);
const basisWords = enumWords<EligibilityBasis>(EligibilityBasisSchema);

export const opportunities: Kind = {
  id: "opportunities",
  columns: opportunityColumns,
  needed: [["title"]],
  needs: [
    method.createOpportunity,
    method.submitOpportunity,
    method.listOpportunities,
    OrganisationService.method.listOrganisations,
    ReferenceService.method.resolveTerm,
  ],
  read: async (row, source) => {
    const { words } = source;
    const skills = eachOnce([
      ...(await row.lookedUp("required_skills", (entry) => words.skills(entry))).map((one) => ({
        ...one,
        required: true,
      })),
      ...(await row.lookedUp("wanted_skills", (entry) => words.skills(entry))).map((one) => ({
        ...one,
        required: false,
      })),
    ]);
    if (!row.has("title")) row.fault("title", t.isNeeded);
    const schedule = readSchedule(row);
    const role = create(OpportunitySchema, {
      organisation: await readOrganisation(row, "organisation", source.organisations),
      title: row.cell("title"),
      description: row.cell("description"),
      ...readPlace(row),
      ...readNumbers(row),
      ...readCheck(row),
      ...(schedule === undefined ? {} : { schedule }),
      skills: [...skills],
      guardianConsent: row.read("guardian_consent", parseYesNo) ?? false,
      licences: [...row.list("licences", (text) => parseWord(licenceWords, text))],
      languages: [...new Set(await row.lookedUp("languages", (entry) => words.languages(entry)))],
      causes: [...new Set(await row.lookedUp("causes", (entry) => words.causes(entry)))],
      accessSupport: [...new Set(await row.lookedUp("access_support", (entry) => words.accessNeeds(entry)))],
      sharing: row.read("sharing", (text) => parseWord(sharingWords, text)) ?? Sharing.CENTRE,
    });
    return draftOf(role, readState(row, role, source), row, source);
  },
};

function readPlace(row: Row) {
  const remote = row.read("remote", parseYesNo) ?? false;
  const [latitude, longitude] = [row.read("latitude", parseDegrees), row.read("longitude", parseDegrees)];
  if (row.has("latitude") !== row.has("longitude")) {
    row.fault(row.has("latitude") ? "longitude" : "latitude", t.besideTheOther);
  }
  if (row.has("postcode") && row.has("latitude")) row.fault("postcode", t.twoPlaces);
  if (remote) {
    if (row.has("postcode") || row.has("latitude")) row.fault("remote", t.placeAndRemote);
    return { remote };
  }
  if (latitude !== undefined && longitude !== undefined) return { place: { latitude, longitude } };
  return row.has("postcode") ? { place: { postcode: row.cell("postcode") } } : {};
}

function readNumbers(row: Row) {
  const number = <Key extends string>(key: Key, value: number | undefined) =>
    value === undefined ? {} : ({ [key]: value } as Record<Key, number>);
  return {
    ...number("places", row.read("places", parseWhole)),
    ...number("minimumAge", row.read("minimum_age", parseWhole)),
    ...number("maximumAge", row.read("maximum_age", parseWhole)),
    ...number("minimumCoverageBp", row.read("minimum_coverage", parsePercent)),
  };
}

function readCheck(row: Row) {
  const others = ["check_workforces", "check_barred_lists", "check_eligibility"] as const;
  if (!row.has("check_level")) {
    if (others.some((column) => row.has(column))) row.fault("check_level", t.besideCheck);
    return {};
  }
  const barredLists = [...row.list("check_barred_lists", (text) => parseWord(listWords, text))];
  const level = row.read("check_level", (text) => parseWord(levelWords, text));
  const requiredCheck = {
    workforces: [...row.list("check_workforces", (text) => parseWord(workforceWords, text))],
    barredLists,
    eligibilityBasis: [...row.list("check_eligibility", (text) => parseWord(basisWords, text))],
  };
  if (level === undefined) return {};
  const isBarred = level === CheckLevel.ENHANCED && barredLists.length > 0;
  return { requiredCheck: { ...requiredCheck, level: isBarred ? CheckLevel.ENHANCED_BARRED : level } };
}

function readState(row: Row, role: Opportunity, source: Source): Opportunity_State {
  const state = row.read("state", (text) => parseWord(states, text)) ?? Opportunity_State.DRAFT;
  if (state === Opportunity_State.DRAFT) return state;
  const word = row.cell("state").toLowerCase();
  if (state === Opportunity_State.OPEN && !source.may(method.approveOpportunity)) row.fault("state", t.managersOnly);
  if (!row.has("organisation")) row.fault("organisation", t.neededForRole(word));
  const isPlaced = role.remote || row.isFaulty("remote") || row.has("postcode") || row.has("latitude");
  if (!isPlaced) row.fault("postcode", t.placeForRole(word));
  return state;
}

/** Paths of the request → columns. */
const paths: Readonly<Record<string, Column>> = {
  "opportunity.organisation": "organisation",
  "opportunity.title": "title",
  "opportunity.description": "description",
  "opportunity.place": "postcode",
  "opportunity.place.latitude": "latitude",
  "opportunity.place.longitude": "longitude",
  "opportunity.remote": "remote",
  "opportunity.schedule.weekly": "weekly",
  "opportunity.schedule.dated": "sessions",
  "opportunity.schedule.dated.recurrence": "recurrence",
  "opportunity.schedule.dated.recurrence.exdates": "left_out",
  "opportunity.schedule.flexible": "flexible_time",
  "opportunity.schedule.flexible.minimum_block_minutes": "flexible_block",
  "opportunity.schedule.flexible.windows": "flexible_windows",
  "opportunity.minimum_coverage_bp": "minimum_coverage",
  "opportunity.places": "places",
  "opportunity.minimum_age": "minimum_age",
  "opportunity.maximum_age": "maximum_age",
  "opportunity.guardian_consent": "guardian_consent",
  "opportunity.required_check": "check_level",
  "opportunity.required_check.workforces": "check_workforces",
  "opportunity.required_check.barred_lists": "check_barred_lists",
  "opportunity.required_check.eligibility_basis": "check_eligibility",
  "opportunity.licences": "licences",
  "opportunity.languages": "languages",
  "opportunity.causes": "causes",
  "opportunity.access_support": "access_support",
  "opportunity.sharing": "sharing",
};

function draftOf(opportunity: Opportunity, state: Opportunity_State, row: Row, source: Source): Draft {
  const { opportunities: service } = source.clients;
  const required = opportunity.skills.filter((skill) => skill.required).length;
  return {
    keys: [folded(`${opportunity.organisation} ${opportunity.title}`)],
    columnOf: (path) => {
      const skill = /^opportunity\.skills\[(\d+)\]/.exec(path)?.[1];
      if (skill === undefined) return columnOfPath(paths, path);
      return Number(skill) < required ? "required_skills" : "wanted_skills";
    },
    check: async () => {
      const shown = await service.createOpportunity({ parent: source.centre, opportunity, validateOnly: true });
      return {
        at: nanosOf(shown.createTime),
        duplicates: await sameRoles(opportunity, source),
        sample: () => opportunitySample(shown, state, row.cell("organisation"), source),
      };
    },
    make: async (requestId, made) => {
      const stored = await service.createOpportunity({ parent: source.centre, opportunity, requestId });
      const { name } = stored;
      made({ name, at: nanosOf(stored.createTime) });
      // One that was made before may be further by now, or somewhere else.
      let reached = stored.state;
      if (reached === Opportunity_State.DRAFT && state >= Opportunity_State.SUBMITTED) {
        reached = (await service.submitOpportunity({ name, requestId: stepId(requestId, "submit") })).state;
      }
      if (reached === Opportunity_State.SUBMITTED && state === Opportunity_State.OPEN) {
        await service.approveOpportunity({ name, requestId: stepId(requestId, "approve") });
      }
    },
  };
}

/** Roles of the same title at the same organisation. */
async function sameRoles(
  { title, organisation }: Opportunity,
  { clients, centre }: Source,
): Promise<readonly string[]> {
  if (organisation === "") return [];
  const filter = filterOf([
    { field: "title", op: "=", value: title },
    { field: "organisation", op: "=", value: organisation },
    { field: "centre", op: "=", value: centre },
  ]);
  const { opportunities: same } = await clients.opportunities.listOpportunities({ parent: centre, filter });
  return same.map(({ name }) => name);
}
