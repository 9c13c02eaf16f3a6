// The start page: what is waiting, and what there is to do.
import type { DescMethod } from "@bufbuild/protobuf";
import { OpportunityService } from "#protos/brokerage/matching/v1/opportunity_service_pb";
import { ReferralService } from "#protos/brokerage/matching/v1/referral_service_pb";
import { ReportService } from "#protos/brokerage/matching/v1/report_service_pb";
import { VolunteerService } from "#protos/brokerage/matching/v1/volunteer_service_pb";
import { OrganisationService } from "#protos/brokerage/registry/v1/organisation_service_pb";
import { ReferenceService } from "#protos/brokerage/registry/v1/reference_service_pb";

import { get } from "../../server/page.ts";
import type { Answer, Feature, Visit } from "../../server/page.ts";
import { failureOf } from "../../services/failure.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { thinDistricts } from "../shared/coverage.ts";
import { clockText } from "../shared/dates.ts";
import { listAddress } from "../shared/listing.ts";
import type { Searchable } from "../shared/listing.ts";
import { opportunitySearch, volunteerSearch } from "../shared/records.ts";
import { referralSearch } from "../shared/referrals/terms.ts";
import { Counts } from "./counts.ts";
import type { CountKind } from "./counts.ts";

const t = texts.home;

const { listVolunteers, createVolunteer } = VolunteerService.method;
const { listOpportunities, createOpportunity } = OpportunityService.method;

const coverageNeeds = [ReportService.method.getDistrictCoverage, ReferenceService.method.listDistricts];

const tasks = [
  { ...t.register, href: "/volunteers/register", needs: [createVolunteer] },
  { ...t.write, href: "/opportunities/new", needs: [createOpportunity] },
  { ...t.volunteers, href: "/volunteers", needs: [listVolunteers] },
  { ...t.opportunities, href: "/opportunities", needs: [listOpportunities] },
  { ...t.inHand, href: "/referrals", needs: [ReferralService.method.listReferrals] },
  { ...t.organisations, href: "/organisations", needs: [OrganisationService.method.listOrganisations] },
  { ...t.coverage, href: "/coverage", needs: coverageNeeds },
  { ...t.import, href: "/import", needs: [createVolunteer] },
];

interface Waiting {
  readonly kind: CountKind;
  readonly text: string;
  readonly needs: DescMethod;
  readonly list: Searchable;
  /** What the list is searched by, but what it is at first. */
  readonly terms: Readonly<Record<string, string>>;
}

const roles = { needs: listOpportunities, list: opportunitySearch };
const people = { needs: listVolunteers, list: volunteerSearch };

const waiting: readonly Waiting[] = [
  { ...roles, kind: "approval", text: t.approval, terms: { state: "SUBMITTED" } },
  { ...roles, kind: "soon", text: t.soon, terms: { due: "soon" } },
  { ...roles, kind: "expired", text: t.expired, terms: { state: "EXPIRED" } },
  { ...people, kind: "enquiries", text: t.enquiries, terms: { state: "ENQUIRY" } },
  { ...people, kind: "papers", text: t.papers, terms: { ends: "paper" } },
  { ...people, kind: "breaks", text: t.breaks, terms: { ends: "break" } },
  {
    kind: "referrals",
    text: t.referrals,
    needs: ReferralService.method.listReferrals,
    list: referralSearch,
    terms: { waits: "us" },
  },
];

const counts = new Counts();

/** The page is there without what a service does not count; who may not be here any more is told so, and a fault of ours reported. */
function passOver(error: unknown): undefined {
  const kind = failureOf(error)?.kind;
  if (kind === undefined || kind === "signed-out") throw error;
  return undefined;
}

/** What is waiting, with how much there is of it; undefined when that cannot be counted. */
async function readWaiting(visit: Visit) {
  const { caller } = visit.session;
  const shown = waiting.filter(({ needs }) => visit.may(needs));
  try {
    const read = await Promise.all(shown.map(({ kind }) => counts.read(visit.clients, caller, kind)));
    const items = shown.map(({ text, list, terms }, index) => {
      const { number = 0, isMore = false } = read[index] ?? {};
      const href = listAddress(visit, list, terms);
      return { text, number, count: isMore ? t.atLeast(number) : String(number), href };
    });
    const asOf = Math.min(...read.map(({ at }) => at));
    return { items: items.filter(({ number }) => number > 0), asOf: read.length === 0 ? "" : t.asOf(clockText(asOf)) };
  } catch (error) {
    return passOver(error);
  }
}

/** The districts that are thin, in a line; empty when there are none, or they cannot be counted. */
async function readThin(visit: Visit): Promise<string> {
  if (!coverageNeeds.every((method) => visit.may(method))) return "";
  try {
    const names = await thinDistricts(visit);
    return names.length === 0 ? "" : t.thin(names);
  } catch (error) {
    passOver(error);
    return "";
  }
}

async function show(visit: Visit): Promise<Answer> {
  const open = tasks
    .filter(({ needs }) => needs.every((method) => visit.may(method)))
    .map(({ href, title, text }) => ({ href, title, text }));
  const onBreak = listAddress(visit, volunteerSearch, { state: "ON_BREAK" });
  const [counted, thin] = await Promise.all([readWaiting(visit), readThin(visit)]);
  const model = {
    tasks: open,
    counts: waiting.some(({ needs }) => visit.may(needs)),
    waiting: counted,
    thin,
    onBreak: visit.may(listVolunteers) ? onBreak : undefined,
  };
  return { view: "pages/home/home.njk", model };
}

export const home: Feature = {
  routes: [get("/", [], show)],
  navigation: { text: t.title, href: "/", needs: [] },
};
