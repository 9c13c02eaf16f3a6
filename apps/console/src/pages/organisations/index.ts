import { OrganisationService } from "#protos/brokerage/registry/v1/organisation_service_pb";
import { ReferenceService } from "#protos/brokerage/registry/v1/reference_service_pb";

import { get, post } from "../../server/page.ts";
import type { Feature } from "../../server/page.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { askStep, takeStep } from "../shared/steps.ts";
import { address } from "./address.ts";
import { searchOrganisations, showOrganisations } from "./list.ts";
import { organisationSteps } from "./steps.ts";
import { showOrganisation } from "./view.ts";
import { edit, register, showEdit, showNew } from "./write.ts";

const { method } = OrganisationService;
const list = [method.listOrganisations];
const read = [method.getOrganisation, ReferenceService.method.listDistricts];
const change = [method.getOrganisation, method.updateOrganisation];

export const organisations: Feature = {
  navigation: { text: texts.organisations.title, href: "/organisations", needs: list },
  routes: [
    get("/organisations", list, showOrganisations),
    post("/organisations", list, searchOrganisations),
    get("/organisations/new", [method.createOrganisation], showNew),
    post("/organisations/new", [method.createOrganisation], register),
    get(address, read, showOrganisation),
    get(`${address}/edit`, change, showEdit),
    post(`${address}/edit`, change, edit),
    get(`${address}/steps/:step`, [method.getOrganisation], (visit) => askStep(visit, organisationSteps)),
    post(`${address}/steps/:step`, [method.getOrganisation], (visit) => takeStep(visit, organisationSteps)),
  ],
};
