// Organisations.
import { create } from "@bufbuild/protobuf";

import {
  Organisation_Kind,
  Organisation_KindSchema,
  OrganisationSchema,
} from "#protos/brokerage/registry/v1/organisation_pb";
import type { Organisation } from "#protos/brokerage/registry/v1/organisation_pb";
import { OrganisationService } from "#protos/brokerage/registry/v1/organisation_service_pb";
import { ReferenceService } from "#protos/brokerage/registry/v1/reference_service_pb";

import type { Clients } from "../../../services/clients.ts";
import { organisationColumns } from "../../../texts/en-GB/import-columns.ts";
import { texts } from "../../../texts/en-GB/index.ts";
import { organisationKinds } from "../../../texts/en-GB/words.ts";
import { enumWords } from "../cells/enums.ts";
import { cellFault, splitList } from "../cells/row.ts";
import type { Row } from "../cells/row.ts";
import { parsePounds, parseWord } from "../cells/values.ts";
import { folded } from "../cells/words.ts";
import { columnOfPath, nanosOf } from "./kind.ts";
import type { Draft, Kind, Source } from "./kind.ts";
import { organisationSample } from "./organisation-sample.ts";
import { organisationsBy, readOrganisation } from "./organisations-by.ts";

const t = texts.import.cells;

type Column = keyof typeof organisationColumns;

const { method } = OrganisationService;

/** The contract's words, and those of the console's own forms. */
const kindWords: Readonly<Record<string, Organisation_Kind>> = {
  ...enumWords<Organisation_Kind>(Organisation_KindSchema),
  ...Object.fromEntries(
    Object.entries(organisationKinds)
      .filter(([value]) => value !== "0")
      .map(([value, text]) => [text.toLowerCase().replaceAll(" ", "-"), Number(value) as Organisation_Kind]),
  ),
};

const companyDigits = 8;

export const organisations: Kind = {
  id: "organisations",
  columns: organisationColumns,
  needed: [["display_name"], ["kind"]],
  needs: [method.createOrganisation, method.listOrganisations, ReferenceService.method.resolveTerm],
  read: async (row, source) => {
    const income = row.read("income", parsePounds);
    const organisation = create(OrganisationSchema, {
      ...readIdentity(row),
      accountableBody: await readBody(row, source),
      ...(income === undefined ? {} : { income }),
      places: splitList(row.cell("postcodes")).map((postcode) => ({ postcode })),
      districtsServed: [...new Set(await row.lookedUp("districts", (entry) => source.words.districts(entry)))],
      causes: [...new Set(await row.lookedUp("causes", (entry) => source.words.causes(entry)))],
      contact: {
        personName: row.cell("contact_name"),
        email: row.cell("contact_email"),
        phone: row.cell("contact_phone"),
      },
      website: row.cell("website"),
      description: row.cell("description"),
    });
    return draftOf(organisation, source);
  },
};

function readIdentity(row: Row) {
  if (!row.has("display_name")) row.fault("display_name", t.isNeeded);
  if (!row.has("kind")) row.fault("kind", t.isNeeded);
  const kind = row.read("kind", (text) => parseWord(kindWords, text));
  const charity = row.read("charity_number", (text) => registerNumber("GB-CHC-", text, 0));
  const company = row.read("company_number", (text) => registerNumber("GB-COH-", text, companyDigits));
  const others = [charity, company].flatMap((one) => one ?? []);
  return {
    displayName: row.cell("display_name"),
    ...(kind === undefined ? {} : { kind }),
    identifiers: [...new Set([...splitList(row.cell("identifiers")).map((one) => one.toUpperCase()), ...others])],
  };
}

/** The number of a register as org-id.guide writes it. Spreadsheets drop the zeros that company numbers begin with. */
function registerNumber(prefix: string, text: string, digits: number): string {
  if (!/^[0-9A-Za-z]{1,12}$/.test(text)) throw cellFault(text, t.registerNumber);
  return `${prefix}${text.toUpperCase().padStart(digits, "0")}`;
}

/** The organisation that answers for a group. */
function readBody(row: Row, source: Source): Promise<string> {
  const isGroup = row.read("kind", (text) => parseWord(kindWords, text)) === Organisation_Kind.UNCONSTITUTED_GROUP;
  if (isGroup && !row.has("accountable_body")) row.fault("accountable_body", t.bodyMissing);
  return readOrganisation(row, "accountable_body", source.organisations);
}

async function duplicatesOf(clients: Clients, { displayName, identifiers }: Organisation): Promise<readonly string[]> {
  const alike = await Promise.all([
    organisationsBy(clients, "display_name", displayName),
    ...identifiers.map((identifier) => organisationsBy(clients, "identifier", identifier)),
  ]);
  return [...new Set(alike.flat())];
}

const paths: Readonly<Record<string, Column>> = {
  "organisation.display_name": "display_name",
  "organisation.kind": "kind",
  "organisation.identifiers": "identifiers",
  "organisation.accountable_body": "accountable_body",
  "organisation.income": "income",
  "organisation.places": "postcodes",
  "organisation.districts_served": "districts",
  "organisation.causes": "causes",
  "organisation.contact.person_name": "contact_name",
  "organisation.contact.email": "contact_email",
  "organisation.contact.phone": "contact_phone",
  "organisation.website": "website",
  "organisation.description": "description",
};

function draftOf(organisation: Organisation, source: Source): Draft {
  const service = source.clients.organisations;
  return {
    keys: [organisation.displayName, ...organisation.identifiers].map(folded),
    columnOf: (path) => columnOfPath(paths, path),
    check: async () => {
      const shown = await service.createOrganisation({ organisation, validateOnly: true });
      return {
        at: nanosOf(shown.createTime),
        duplicates: await duplicatesOf(source.clients, organisation),
        sample: () => organisationSample(shown, source),
      };
    },
    make: async (requestId, made) => {
      const stored = await service.createOrganisation({ organisation, requestId });
      made({ name: stored.name, at: nanosOf(stored.createTime) });
    },
  };
}
