// A centre whose records hold marks in every text of theirs: what another centre may not see is known by its marks.
import { ScalarType } from "@bufbuild/protobuf";
import type { DescMessage } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";

import { Role as CallerRole } from "#protos/brokerage/common/v1/access_pb";
import { CheckLevel } from "#protos/brokerage/common/v1/check_pb";
import { Sharing } from "#protos/brokerage/common/v1/sharing_pb";
import { IntroductionConsent_Means } from "#protos/brokerage/matching/v1/referral_pb";
import { OpportunitySchema } from "#protos/brokerage/matching/v1/opportunity_pb";
import {
  AvailabilityException_Kind,
  Consent_Purpose,
  VolunteerSchema,
} from "#protos/brokerage/matching/v1/volunteer_pb";
import { OrganisationSchema, Organisation_Kind } from "#protos/brokerage/registry/v1/organisation_pb";
import type { Organisation } from "#protos/brokerage/registry/v1/organisation_pb";

import type { Clients } from "../../../../apps/console/src/services/clients.ts";
import type { County } from "./county.ts";

/** How the centre is told from another one, also in what is no text. */
export interface Marking {
  readonly centre: string;
  readonly year: number;
  readonly outcode: string;
  /** Of a place some miles away. */
  readonly nearby: string;
}

/** Every mark begins so, and can be looked for by that. */
export const markBeginning = "Qx";

/** Records by the patterns of their names. */
export type Records = ReadonlyMap<string, string>;

export interface Marked {
  readonly centre: string;
  readonly admin: string;
  readonly caseworker: string;
  readonly reader: string;
  /** What nobody of another centre may see, as pages or as answers of methods write it. */
  readonly hidden: readonly string[];
  /** Records that are the centre's own alone, and such as are shared. */
  readonly kept: Records;
  readonly shared: Records;
}

export class Marks {
  readonly hidden: string[] = [];

  constructor(private readonly centre: string) {}

  /** A text of its own that is to stay hidden. */
  text(what: string): string {
    return this.hide(`${markBeginning}${this.centre}${what}Zk`);
  }

  email(what: string): string {
    return `${this.text(what).toLowerCase()}@example.org`;
  }

  hide(text: string): string {
    this.hidden.push(text);
    return text;
  }
}

interface Maker {
  readonly clients: Clients;
  readonly marks: Marks;
  readonly marking: Marking;
  readonly parent: string;
}

const kinds = {
  centre: "centres/{centre}",
  organisation: "organisations/{organisation}",
  volunteer: "centres/{centre}/volunteers/{volunteer}",
  opportunity: "centres/{centre}/opportunities/{opportunity}",
  referral: "centres/{centre}/referrals/{referral}",
  credential: "centres/{centre}/credentials/{credential}",
} as const;

export async function makeMarked(county: County, marking: Marking): Promise<Marked> {
  const parent = `centres/${marking.centre}`;
  const marks = new Marks(marking.centre);
  const admin = await county.credential(CallerRole.CENTRE_ADMIN, parent);
  const maker = { clients: county.as(admin), marks, marking, parent };
  const organisation = await makeOrganisation(maker);
  const made = {
    credential: await makeCredential(maker),
    keptRole: await makeRole(maker, organisation, Sharing.CENTRE),
    sharedRole: await makeRole(maker, organisation, Sharing.COUNTY),
    keptPerson: await makePerson(maker, Sharing.CENTRE),
    sharedPerson: await makePerson(maker, Sharing.COUNTY),
  };
  await rejectRole(maker, organisation);
  await makeThin(maker, organisation);
  const common = [
    [kinds.centre, parent],
    [kinds.organisation, organisation.name],
  ] as const;
  return {
    centre: parent,
    admin,
    caseworker: await county.credential(CallerRole.CASEWORKER, parent),
    reader: await county.credential(CallerRole.READER, parent),
    hidden: marks.hidden,
    kept: new Map([
      ...common,
      [kinds.volunteer, made.keptPerson],
      [kinds.opportunity, made.keptRole],
      [kinds.referral, await refer(maker, made.keptPerson, made.keptRole)],
      [kinds.credential, made.credential],
    ]),
    shared: new Map([...common, [kinds.volunteer, made.sharedPerson], [kinds.opportunity, made.sharedRole]]),
  };
}

/** The active one; another is suspended for a reason that is nobody else's business. */
async function makeOrganisation({ clients, marks, marking }: Maker): Promise<Organisation> {
  const { organisations } = clients;
  const make = (displayName: string, contact: object) =>
    organisations.createOrganisation({ organisation: { displayName, kind: Organisation_Kind.CHARITY, contact } });
  const contact = {
    personName: marks.text("orgperson"),
    email: marks.email("orgmail"),
    phone: marks.hide(`01${marking.year} 111111`),
  };
  const suspended = await make(`Quiet Society of ${marking.centre}`, { personName: marks.text("quietperson") });
  await organisations.suspendOrganisation({ name: suspended.name, reason: marks.text("suspended") });
  return make(`Open Society of ${marking.centre}`, contact);
}

async function makeCredential({ clients, marks, parent }: Maker): Promise<string> {
  const credential = { displayName: marks.text("credential"), role: CallerRole.READER };
  const made = await clients.centres.createCredential({ parent, credential });
  marks.hide(made.secret);
  return made.name;
}

const at = (year: number, month: number, day: number) =>
  timestampFromDate(new Date(Date.UTC(year, month - 1, day, 12)));
const far = 100_000; // metres: the whole county

function makeRole(maker: Maker, organisation: Organisation, sharing: Sharing): Promise<string> {
  const { marks, marking } = maker;
  const isKept = sharing === Sharing.CENTRE;
  const title = isKept ? marks.text("title") : `Shared role of ${marking.centre}`;
  const description = isKept ? marks.text("description") : "For everyone to read";
  const place = { postcode: `${marking.outcode} 1AA` };
  return openRole(maker, organisation, { title, description, place, sharing, places: 5 });
}

type Role = NonNullable<Parameters<Clients["opportunities"]["createOpportunity"]>[0]["opportunity"]>;

async function openRole({ clients, parent }: Maker, organisation: Organisation, role: Role): Promise<string> {
  const opportunity = { ...role, organisation: organisation.name };
  const { name } = await clients.opportunities.createOpportunity({ parent, opportunity });
  // A role is handed in once the matching service has heard of its organisation.
  const asked = { case: "opportunity", value: name } as const;
  await clients.matching.matchVolunteers({ parent, role: asked, atLeastAsFresh: organisation.consistencyToken });
  await clients.opportunities.submitOpportunity({ name });
  await clients.opportunities.approveOpportunity({ name });
  return name;
}

/** A role that would have more if it asked for less, and someone who would if they went further: what brings more is told of both. */
async function makeThin(maker: Maker, organisation: Organisation): Promise<void> {
  const { clients, marks, parent, marking } = maker;
  const place = { postcode: `${marking.outcode} 1AA` };
  const skills = [{ skill: "skills/bookkeeping", required: true }];
  await openRole(maker, organisation, { title: marks.text("thintitle"), place, skills });
  const volunteer = {
    displayName: marks.text("thinname"),
    contact: { phone: marks.hide(`01${marking.year} 333333`) },
    home: { postcode: `${marking.nearby} 1AA` },
    travelRadiusM: 100,
  };
  const { name } = await clients.volunteers.createVolunteer({ parent, volunteer });
  await clients.volunteers.registerVolunteer({ name });
  await clients.volunteers.activateVolunteer({ name });
}

async function rejectRole({ clients, marks, parent, marking }: Maker, organisation: Organisation): Promise<void> {
  const { opportunities } = clients;
  const opportunity = {
    organisation: organisation.name,
    title: `Rejected role of ${marking.centre}`,
    remote: true,
    sharing: Sharing.COUNTY,
  };
  const { name } = await opportunities.createOpportunity({ parent, opportunity });
  await opportunities.submitOpportunity({ name });
  await opportunities.rejectOpportunity({ name, reason: marks.text("rejected") });
}

async function makePerson({ clients, marks, parent, marking }: Maker, sharing: Sharing): Promise<string> {
  const { centre, year, outcode } = marking;
  const isKept = sharing === Sharing.CENTRE;
  const which = isKept ? "kept" : "shared";
  const own = isKept ? 0 : 10;
  const displayName = isKept ? marks.text("name") : `Shared Person of ${centre}`;
  const date = (days: number) => ({ year: year + own, month: 6, day: 17 + days });
  for (const [days, moment] of [
    [0, false],
    [1, false],
    [2, true],
    [3, true],
  ] as const) {
    const { year: shownYear, day } = date(days);
    marks.hide(`${day} June ${shownYear}`);
    marks.hide(moment ? `${shownYear}-06-${day}T` : `"year":${shownYear},"month":6,"day":${day}`);
  }
  const { name } = await clients.volunteers.createVolunteer({
    parent,
    volunteer: {
      displayName,
      contact: {
        givenName: marks.text(`${which}given`),
        familyName: marks.text(`${which}family`),
        email: marks.email(`${which}mail`),
        phone: marks.hide(`01${year} 22222${own / 10}`),
        postcode: marks.hide(`${outcode} 2A${isKept ? "B" : "D"}`),
        addressLines: [marks.text(`${which}address`)],
      },
      home: { postcode: marks.hide(`${outcode} 3A${isKept ? "B" : "D"}`) },
      travelRadiusM: far,
      acceptsRemote: true,
      dateOfBirth: date(0),
      checks: [{ level: CheckLevel.BASIC, issueDate: date(1), seenBy: marks.text(`${which}seenby`) }],
      consents: [{ purpose: Consent_Purpose.SHARING, givenTime: at(year + own, 6, 19) }],
      availability: {
        exceptions: [
          { kind: AvailabilityException_Kind.EXTRA, startTime: at(year + own, 6, 20), endTime: at(year + own, 6, 21) },
        ],
      },
      sharing,
      notes: marks.text(`${which}notes`),
    },
  });
  await clients.volunteers.registerVolunteer({ name });
  await clients.volunteers.activateVolunteer({ name });
  return name;
}

/** Puts someone forward as far as to where their contact details are shown to their own centre. */
async function refer({ clients, marks, parent }: Maker, volunteer: string, opportunity: string): Promise<string> {
  const { referrals } = clients;
  const note = (what: string) => marks.text(`referral${what}`);
  const { name } = await referrals.shortlistVolunteer({ parent, volunteer, opportunity, note: note("begun") });
  await referrals.offerReferral({ name, note: note("offered") });
  await referrals.recordConsent({ name, means: IntroductionConsent_Means.TELEPHONE, note: note("agreed") });
  await referrals.introduceVolunteer({ name });
  return name;
}

/** Shortlists someone of one centre, who is not shared, for the shared role of another. Answers the referral's name. */
export async function referAcross(county: County, from: Marked, to: Marked): Promise<string> {
  const { name } = await county.as(from.caseworker).referrals.shortlistVolunteer({
    parent: from.centre,
    volunteer: from.kept.get(kinds.volunteer) ?? "",
    opportunity: to.shared.get(kinds.opportunity) ?? "",
  });
  return name;
}

/** The texts of volunteers' records, and of what else a centre keeps to itself, that hold nothing: what has no mark cannot be missed. */
export async function emptyTexts(county: County, { admin, kept }: Marked): Promise<readonly string[]> {
  const { volunteers, opportunities, organisations } = county.as(admin);
  const name = (kind: string) => ({ name: kept.get(kind) ?? "" });
  return [
    ...emptyIn(VolunteerSchema, await volunteers.getVolunteer(name(kinds.volunteer))),
    ...emptyIn(OpportunitySchema, await opportunities.getOpportunity(name(kinds.opportunity))),
    ...emptyIn(OrganisationSchema, await organisations.getOrganisation(name(kinds.organisation))),
  ];
}

function emptyIn(schema: DescMessage, message: object): readonly string[] {
  return schema.fields.flatMap((field): readonly string[] => {
    const value = (message as Record<string, unknown>)[field.localName];
    const first: unknown = Array.isArray(value) ? value[0] : value;
    if (field.message !== undefined) return emptyIn(field.message, (first as object | undefined) ?? {});
    const isText = field.scalar === ScalarType.STRING;
    return isText && (first === undefined || first === "") ? [`${schema.name}.${field.name}`] : [];
  });
}

/** All that belongs to a centre, as it is now: another one's write would show. */
export async function stateOf(county: County, { centre }: Marked): Promise<string> {
  const { volunteers, opportunities, referrals, organisations, centres } = county.as(county.lead);
  const own = { parent: "centres/-", filter: `centre="${centre}"`, pageSize: 1000 };
  const all = await Promise.all([
    volunteers.listVolunteers(own),
    opportunities.listOpportunities({ ...own, showDeleted: true }),
    referrals.listReferrals({ parent: centre, pageSize: 1000 }),
    organisations.listOrganisations({ filter: `centre="${centre}"`, pageSize: 1000, showDeleted: true }),
    centres.getCentre({ name: centre }),
    centres.listCredentials({ parent: centre, pageSize: 1000 }),
  ]);
  return JSON.stringify(all, (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value), 1);
}
