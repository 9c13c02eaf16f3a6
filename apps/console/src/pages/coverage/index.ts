import { ReportService } from "#protos/brokerage/matching/v1/report_service_pb";
import { ReferenceService } from "#protos/brokerage/registry/v1/reference_service_pb";

import { get, post } from "../../server/page.ts";
import type { Feature } from "../../server/page.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { showDistrict } from "./district.ts";
import { chooseTerms, showCoverage } from "./overview.ts";

const { method } = ReferenceService;
const needs = [
  ReportService.method.getDistrictCoverage,
  method.listDistricts,
  method.listSkills,
  method.listCauses,
  method.resolveTerm,
];

export const coverage: Feature = {
  navigation: { text: texts.coverage.title, href: "/coverage", needs },
  routes: [
    get("/coverage", needs, showCoverage),
    post("/coverage", needs, chooseTerms),
    get("/coverage/:district", needs, showDistrict),
  ],
};
