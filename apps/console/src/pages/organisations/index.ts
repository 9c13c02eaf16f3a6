import { OrganisationService } from "#protos/brokerage/registry/v1/organisation_service_pb";
import { ReferenceService } from "#protos/brokerage/registry/v1/reference_service_pb";

import { get, post } from "../../server/page.ts";
import type { Feature } from "../../server/page.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { askStep, takeStep } from "../shared/steps.ts";
import { createNew, saveEdit, showEdit, showNew } from "../shared/write.ts";
import { address } from "./address.ts";
import { handedOver } from "./hand-over.ts";
import { searchOrganisations, showOrganisations } from "./list.ts";
import { organisationSteps } from "./steps.ts";
import { showOrganisation } from "./view.ts";
import { writtenOrganisation } from "./write.ts";

const { method } = OrganisationService;
const list = [method.listOrganisations];
const read = [method.getOrganisation, ReferenceService.method.listDistricts];
const change = [method.getOrganisation, method.updateOrganisation];

export const organisations: Feature = {
  navigation: { text: texts.organisations.title, href: "/organisations", needs: list },
  routes: [
    get("/organisations", list, showOrganisations),
    post("/organisations", list, searchOrganisations),
    get("/organisations/new", [method.createOrganisation], (visit) => showNew(visit, writtenOrganisation)),
    post("/organisations/new", [method.createOrganisation], (visit) => createNew(visit, writtenOrganisation)),
    get(address, read, showOrganisation),
    get(`${address}/edit`, change, (visit) => showEdit(visit, writtenOrganisation)),
    post(`${address}/edit`, change, (visit) => saveEdit(visit, writtenOrganisation)),
    get(`${address}/hand-over`, change, (visit) => showEdit(visit, handedOver)),
    post(`${address}/hand-over`, change, (visit) => saveEdit(visit, handedOver)),
    get(`${address}/steps/:step`, [method.getOrganisation], (visit) => askStep(visit, organisationSteps)),
    post(`${address}/steps/:step`, [method.getOrganisation], (visit) => takeStep(visit, organisationSteps)),
  ],
};
