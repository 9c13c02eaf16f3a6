// The start page: what there is to do.
import { OpportunityService } from "#protos/brokerage/matching/v1/opportunity_service_pb";
import { VolunteerService } from "#protos/brokerage/matching/v1/volunteer_service_pb";

import { get } from "../../server/page.ts";
import type { Answer, Feature, Visit } from "../../server/page.ts";
import { texts } from "../../texts/en-GB/index.ts";

const t = texts.home;

const tasks = [
  { ...t.register, href: "/volunteers/register", needs: VolunteerService.method.createVolunteer },
  { ...t.volunteers, href: "/volunteers", needs: VolunteerService.method.listVolunteers },
  { ...t.opportunities, href: "/opportunities", needs: OpportunityService.method.listOpportunities },
];

function show(visit: Visit): Promise<Answer> {
  const open = tasks.filter((task) => visit.may(task.needs)).map(({ href, title, text }) => ({ href, title, text }));
  return Promise.resolve({ view: "pages/home/home.njk", model: { tasks: open } });
}

export const home: Feature = { routes: [get("/", [], show)] };
