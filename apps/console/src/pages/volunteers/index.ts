import { VolunteerService } from "#protos/brokerage/matching/v1/volunteer_service_pb";
import { ReferenceService } from "#protos/brokerage/registry/v1/reference_service_pb";

import { get, post } from "../../server/page.ts";
import type { Feature } from "../../server/page.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { askStep, takeStep } from "../shared/steps.ts";
import { address } from "./address.ts";
import { edit, showEdit } from "./edit.ts";
import { searchVolunteers, showVolunteers } from "./list.ts";
import { showVolunteer } from "./profile.ts";
import { register, showRegistration } from "./register.ts";
import { partRoutes } from "./parts/index.ts";
import { volunteerSteps } from "./steps.ts";

const { method } = VolunteerService;
const list = [method.listVolunteers, ReferenceService.method.listDistricts];
const write = [method.createVolunteer, method.registerVolunteer, method.activateVolunteer];

export const volunteers: Feature = {
  navigation: { text: texts.volunteers.title, href: "/volunteers", needs: list },
  routes: [
    get("/volunteers", list, showVolunteers),
    post("/volunteers", list, searchVolunteers),
    get("/volunteers/register", write, showRegistration),
    post("/volunteers/register", write, register),
    get(address, [method.getVolunteer], showVolunteer),
    get(`${address}/edit`, [method.getVolunteer, method.updateVolunteer], showEdit),
    post(`${address}/edit`, [method.getVolunteer, method.updateVolunteer], edit),
    ...partRoutes,
    get(`${address}/steps/:step`, [method.getVolunteer], (visit) => askStep(visit, volunteerSteps)),
    post(`${address}/steps/:step`, [method.getVolunteer], (visit) => takeStep(visit, volunteerSteps)),
  ],
};
