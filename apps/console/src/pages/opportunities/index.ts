import { OpportunityService } from "#protos/brokerage/matching/v1/opportunity_service_pb";
import { ReferenceService } from "#protos/brokerage/registry/v1/reference_service_pb";

import { get, post } from "../../server/page.ts";
import type { Feature } from "../../server/page.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { searchOpportunities, showOpportunities } from "./list.ts";
import { showOpportunity } from "./view.ts";

const { method } = OpportunityService;
const list = [method.listOpportunities, ReferenceService.method.listDistricts];

export const opportunities: Feature = {
  navigation: { text: texts.opportunities.title, href: "/opportunities", needs: list },
  routes: [
    get("/opportunities", list, showOpportunities),
    post("/opportunities", list, searchOpportunities),
    get("/centres/:centre/opportunities/:opportunity", [method.getOpportunity], showOpportunity),
  ],
};
