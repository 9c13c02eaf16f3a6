import { MatchingService } from "#protos/brokerage/matching/v1/matching_service_pb";
import { OpportunityService } from "#protos/brokerage/matching/v1/opportunity_service_pb";
import { ReferenceService } from "#protos/brokerage/registry/v1/reference_service_pb";

import { get, post } from "../../server/page.ts";
import type { Feature } from "../../server/page.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { askStep, takeStep } from "../shared/steps.ts";
import { createNew, saveEdit, showEdit, showNew } from "../shared/write.ts";
import { address } from "./address.ts";
import { preview } from "./form/preview.ts";
import { writtenRole } from "./form/write.ts";
import { searchOpportunities, showOpportunities } from "./list.ts";
import { opportunitySteps } from "./steps.ts";
import { showOpportunity } from "./view.ts";

const { method } = OpportunityService;
const list = [method.listOpportunities, ReferenceService.method.listDistricts];
const change = [method.getOpportunity, method.updateOpportunity];

export const opportunities: Feature = {
  navigation: { text: texts.opportunities.title, href: "/opportunities", needs: list },
  routes: [
    get("/opportunities", list, showOpportunities),
    post("/opportunities", list, searchOpportunities),
    get("/opportunities/new", [method.createOpportunity], (visit) => showNew(visit, writtenRole)),
    post("/opportunities/new", [method.createOpportunity], (visit) => createNew(visit, writtenRole)),
    post("/opportunities/preview", [MatchingService.method.matchVolunteers], preview),
    get(address, [method.getOpportunity], showOpportunity),
    get(`${address}/edit`, change, (visit) => showEdit(visit, writtenRole)),
    post(`${address}/edit`, change, (visit) => saveEdit(visit, writtenRole)),
    get(`${address}/steps/:step`, [method.getOpportunity], (visit) => askStep(visit, opportunitySteps)),
    post(`${address}/steps/:step`, [method.getOpportunity], (visit) => takeStep(visit, opportunitySteps)),
  ],
};
