// An organisation as titled lists of what is known.
import type { Organisation } from "#protos/brokerage/registry/v1/organisation_pb";

import { pageOf } from "../../services/names.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { organisationKinds, sizeBands, verificationStages } from "../../texts/en-GB/words.ts";
import { dayText, momentText } from "../shared/dates.ts";
import { section } from "../shared/sections.ts";
import type { Section } from "../shared/sections.ts";
import { districtName, nameIn } from "../shared/terms.ts";

const t = texts.organisations;

const pounds = new Intl.NumberFormat("en-GB", { style: "currency", currency: "GBP", maximumFractionDigits: 0 });

type Names = ReadonlyMap<string, string>;

export interface Tables {
  readonly causes: Names;
  readonly districts: Names;
  readonly organisations: Names;
}

/** The address itself when it is one of the web, whatever else may have been written there. */
const webAddress = (text: string) => (/^https?:\/\//i.test(text) && URL.canParse(text) ? text : undefined);

/** The page of the organisation that answers for it, when that could be read. */
const bodyHref = ({ organisations }: Tables, name: string) => (organisations.has(name) ? pageOf(name) : undefined);

/** What clients write of it. */
export function writtenSections(organisation: Organisation, tables: Tables): readonly Section[] {
  const { accountableBody, income, contact } = organisation;
  return [
    section(t.about, [
      [t.name, organisation.displayName],
      [t.kind, organisationKinds[organisation.kind]],
      [
        t.body,
        accountableBody === "" ? "" : nameIn(tables.organisations, accountableBody),
        bodyHref(tables, accountableBody),
      ],
      [t.identifiers, organisation.identifiers],
      [t.income, income === undefined ? "" : pounds.format(income)],
      [t.website, organisation.website, webAddress(organisation.website)],
      [t.description, organisation.description.split("\n")],
    ]),
    section(t.where, [
      [
        t.places,
        organisation.places.map(({ postcode, latitude, longitude }) => postcode || `${latitude}, ${longitude}`),
      ],
      [
        t.districts,
        organisation.districtsServed.map((name) => districtName(tables.districts, name, texts.lists.outside)),
      ],
      [t.causes, organisation.causes.map((name) => nameIn(tables.causes, name))],
    ]),
    section(t.contact, [
      [t.person, contact?.personName],
      [t.email, contact?.email],
      [t.phone, contact?.phone],
    ]),
  ];
}

export function sectionsOf(organisation: Organisation, tables: Tables, centreName: string): readonly Section[] {
  const { verification } = organisation;
  return [
    ...writtenSections(organisation, tables),
    section(t.verification, [
      [t.stage, verificationStages[verification?.stage ?? 0]],
      [t.verifiedOn, dayText(verification?.time)],
      [t.evidence, verification?.evidence.split("\n")],
    ]),
    section(t.record, [
      [t.centre, centreName],
      [t.size, sizeBands[organisation.sizeBand]],
      [t.suspended, organisation.suspendReason],
      [t.created, dayText(organisation.createTime)],
      [t.changed, momentText(organisation.updateTime)],
    ]),
  ].filter(({ rows }) => rows.length > 0);
}
