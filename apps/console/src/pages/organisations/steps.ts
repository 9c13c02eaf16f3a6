// The steps of an organisation: how far it was verified, and whether it may offer roles.
import { Organisation_State } from "#protos/brokerage/registry/v1/organisation_pb";
import type { Organisation, Verification_Stage } from "#protos/brokerage/registry/v1/organisation_pb";
import { OrganisationService } from "#protos/brokerage/registry/v1/organisation_service_pb";

import { texts } from "../../texts/en-GB/index.ts";
import { verificationStages } from "../../texts/en-GB/words.ts";
import { chosenNumber, numberOptions } from "../shared/options.ts";
import type { Stepped, StepsOf } from "../shared/steps.ts";
import { nameOf } from "./address.ts";

const t = texts.organisations.steps;
const { method } = OrganisationService;
const { ACTIVE, SUSPENDED, DELETED } = Organisation_State;

export const stepped = ({ name, etag, state, centre, displayName }: Organisation): Stepped => ({
  name,
  etag,
  state,
  centre,
  title: displayName,
});

export const organisationSteps: StepsOf = {
  list: { text: texts.organisations.title, href: "/organisations" },
  incomplete: t.incomplete,
  read: async (visit) => stepped(await visit.clients.organisations.getOrganisation({ name: nameOf(visit) })),
  steps: {
    verify: {
      method: method.recordVerification,
      from: [ACTIVE, SUSPENDED],
      asks: "reason",
      options: numberOptions(verificationStages),
      call: ({ organisations }, request, { choice, reason: evidence }) =>
        organisations.recordVerification({ ...request, stage: chosenNumber<Verification_Stage>(choice), evidence }),
      words: t.verify,
    },
    suspend: {
      method: method.suspendOrganisation,
      from: [ACTIVE],
      asks: "reason",
      call: ({ organisations }, request, { reason }) => organisations.suspendOrganisation({ ...request, reason }),
      words: t.suspend,
    },
    reinstate: {
      method: method.reinstateOrganisation,
      from: [SUSPENDED],
      call: ({ organisations }, request) => organisations.reinstateOrganisation(request),
      words: t.reinstate,
    },
    delete: {
      method: method.deleteOrganisation,
      from: [ACTIVE, SUSPENDED],
      asks: "confirm",
      call: ({ organisations }, request) => organisations.deleteOrganisation(request),
      words: t.delete,
    },
    undelete: {
      method: method.undeleteOrganisation,
      from: [DELETED],
      call: ({ organisations }, request) => organisations.undeleteOrganisation(request),
      words: t.undelete,
    },
  },
};
