// The steps of an opportunity from state to state.
import { Opportunity_State } from "#protos/brokerage/matching/v1/opportunity_pb";
import type { Opportunity } from "#protos/brokerage/matching/v1/opportunity_pb";
import { OpportunityService } from "#protos/brokerage/matching/v1/opportunity_service_pb";

import { centreOf } from "../../services/names.ts";
import { texts } from "../../texts/en-GB/index.ts";
import type { Stepped, StepsOf } from "../shared/steps.ts";
import { nameOf } from "./address.ts";

const t = texts.opportunities.steps;
const { method } = OpportunityService;
const { DRAFT, SUBMITTED, OPEN, REJECTED, PAUSED, FILLED, EXPIRED, CLOSED, DELETED } = Opportunity_State;

export const stepped = ({ name, etag, state, title }: Opportunity): Stepped => ({
  name,
  etag,
  state,
  centre: centreOf(name),
  title,
});

export const opportunitySteps: StepsOf = {
  list: { text: texts.opportunities.title, href: "/opportunities" },
  incomplete: t.incomplete,
  read: async (visit) => stepped(await visit.clients.opportunities.getOpportunity({ name: nameOf(visit) })),
  steps: {
    submit: {
      method: method.submitOpportunity,
      from: [DRAFT, REJECTED],
      call: ({ opportunities }, request) => opportunities.submitOpportunity(request),
      words: t.submit,
    },
    approve: {
      method: method.approveOpportunity,
      from: [SUBMITTED],
      call: ({ opportunities }, request) => opportunities.approveOpportunity(request),
      words: t.approve,
    },
    reject: {
      method: method.rejectOpportunity,
      from: [SUBMITTED],
      asks: "reason",
      call: ({ opportunities }, request, { reason }) => opportunities.rejectOpportunity({ ...request, reason }),
      words: t.reject,
    },
    confirm: {
      method: method.confirmOpportunity,
      from: [OPEN, PAUSED, FILLED, EXPIRED],
      call: ({ opportunities }, request) => opportunities.confirmOpportunity(request),
      words: t.confirm,
    },
    pause: {
      method: method.pauseOpportunity,
      from: [OPEN, FILLED, EXPIRED],
      call: ({ opportunities }, request) => opportunities.pauseOpportunity(request),
      words: t.pause,
    },
    resume: {
      method: method.resumeOpportunity,
      from: [PAUSED],
      call: ({ opportunities }, request) => opportunities.resumeOpportunity(request),
      words: t.resume,
    },
    close: {
      method: method.closeOpportunity,
      from: [SUBMITTED, OPEN, PAUSED, FILLED, EXPIRED],
      asks: "confirm",
      call: ({ opportunities }, request) => opportunities.closeOpportunity(request),
      words: t.close,
    },
    delete: {
      method: method.deleteOpportunity,
      from: [DRAFT, SUBMITTED, OPEN, REJECTED, PAUSED, FILLED, EXPIRED, CLOSED],
      asks: "confirm",
      call: ({ opportunities }, request) => opportunities.deleteOpportunity(request),
      words: t.delete,
    },
    undelete: {
      method: method.undeleteOpportunity,
      from: [DELETED],
      call: ({ opportunities }, request) => opportunities.undeleteOpportunity(request),
      words: t.undelete,
    },
  },
};

/** Whether a role in this state is still written. */
export const isWritten = (state: Opportunity_State) => state !== CLOSED && state !== DELETED;
