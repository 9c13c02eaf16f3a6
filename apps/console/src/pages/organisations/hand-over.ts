// Handing an organisation over to the centre that is to manage it: the lead administrator's to do.
import { Role } from "#protos/brokerage/common/v1/access_pb";
import type { Organisation } from "#protos/brokerage/registry/v1/organisation_pb";

import { FormErrors } from "../../forms/form.ts";
import { Forbidden } from "../../server/page.ts";
import type { Answer, Visit } from "../../server/page.ts";
import { centreNames, readCentreNames } from "../../services/centres.ts";
import { pageOf } from "../../services/names.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { tableOptions, tick } from "../shared/options.ts";
import { section, sectionDifferences } from "../shared/sections.ts";
import { nameIn } from "../shared/terms.ts";
import type { Changed, Shown } from "../shared/write.ts";
import { nameOf } from "./address.ts";

const t = texts.organisations.handOver;

/** `centres/{centre}`: the one that is chosen. */
interface Chosen {
  readonly centre: string;
}

/** Only the lead administrator names another managing centre. */
export const mayHandOver = ({ session }: Visit) => session.caller.role === Role.LEAD_ADMIN;

export const handedOver: Changed<Chosen, Organisation> = {
  read: (form) => ({ centre: form.text("centre") }),
  typedOf: ({ centre }) => ({ centre }),
  check: ({ centre }) => {
    const errors = new FormErrors();
    if (centre === "") errors.add("centre", t.missing);
    return errors;
  },
  fields: { "organisation.centre": { field: "centre", label: texts.organisations.centre } },
  texts: { saved: t.done, incomplete: texts.organisations.steps.incomplete },
  nameOf,
  get: ({ clients }, name) => clients.organisations.getOrganisation({ name }),
  requireChange: (visit) => {
    if (!mayHandOver(visit)) throw new Forbidden();
  },
  update: ({ clients }, { centre }, seen) =>
    clients.organisations.updateOrganisation({
      organisation: { ...seen, centre },
      updateMask: { paths: ["centre"] },
    }),
  differences: async (visit, mine, theirs) => {
    const names = await centreNames(visit.clients);
    // All that they wrote may be elsewhere in the record: which centre manages it is told in any case.
    const facts = (centre: string) => [section(t.title, [[texts.organisations.centre, nameIn(names, centre)]])];
    return sectionDifferences(facts(mine.centre), facts(theirs.centre));
  },
  page: showForm,
};

async function showForm(visit: Visit, typed: Chosen, shown: Shown): Promise<Answer> {
  const { stored, errors = new FormErrors(), conflict = [] } = shown;
  const href = stored === undefined ? "" : pageOf(stored.name);
  // A form without them could not be sent again: the page that says that the registry is away keeps what was chosen.
  const centres = await readCentreNames(visit.clients);
  return {
    view: "pages/organisations/hand-over.njk",
    status: shown.status ?? (errors.empty ? 200 : 422),
    model: {
      breadcrumbs: [
        { text: texts.organisations.title, href: "/organisations" },
        { text: texts.organisations.name, href },
        { text: t.title },
      ],
      href,
      etag: stored?.etag,
      centres: tick(tableOptions(centres), [typed.centre]),
      errors,
      conflict,
    },
  };
}
