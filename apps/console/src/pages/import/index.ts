import { VolunteerService } from "#protos/brokerage/matching/v1/volunteer_service_pb";

import { get, post } from "../../server/page.ts";
import type { Feature } from "../../server/page.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { beginImport, showStart } from "./begin.ts";
import { showColumns, template } from "./columns.ts";
import { followImport } from "./live.ts";
import { downloadFaulty, downloadResults } from "./downloads.ts";
import { showImport } from "./show.ts";
import { goOnChecking, runImport, stopImport } from "./work.ts";

const needs = [VolunteerService.method.createVolunteer];
const job = "/import/jobs/:job";

export const imports: Feature = {
  navigation: { text: texts.import.title, href: "/import", needs },
  routes: [
    get("/import", needs, showStart),
    post("/import", needs, beginImport),
    get("/import/columns/:kind", needs, showColumns),
    get("/import/templates/:kind", needs, template),
    get(job, needs, showImport),
    get(`${job}/live`, needs, followImport),
    post(`${job}/check`, needs, goOnChecking),
    post(`${job}/run`, needs, runImport),
    post(`${job}/stop`, needs, stopImport),
    get(`${job}/results`, needs, downloadResults),
    get(`${job}/faulty`, needs, downloadFaulty),
  ],
};
