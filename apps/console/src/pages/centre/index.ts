import { CentreService } from "#protos/brokerage/registry/v1/centre_service_pb";
import { ReferenceService } from "#protos/brokerage/registry/v1/reference_service_pb";

import { get, post } from "../../server/page.ts";
import type { Feature, Route } from "../../server/page.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { askStep, takeStep } from "../shared/steps.ts";
import { add, showAddition } from "./add.ts";
import { addition, address, all, listNeeds, own } from "./address.ts";
import { credentialSteps, make, showNew } from "./credentials.ts";
import { edit, showEdit } from "./edit.ts";
import { showCentres } from "./list.ts";
import { showCentre } from "./view.ts";

const { method } = CentreService;
const read = [method.getCentre, ReferenceService.method.listDistricts];
const change = [...read, method.updateCentre];
const revoke = [method.listCredentials, method.revokeCredential];

const pagesAt = (path: string): readonly Route[] => [
  get(path, read, showCentre),
  get(`${path}/edit`, change, showEdit),
  post(`${path}/edit`, change, edit),
  get(`${path}/credentials/new`, [method.createCredential], showNew),
  post(`${path}/credentials/new`, [method.createCredential], make),
];

export const centre: Feature = {
  navigation: {
    text: texts.centre.all,
    href: all,
    needs: listNeeds,
    // Below /centres are volunteers and opportunities too.
    covers: /^\/centre(?:\/.*)?$|^\/centres(?:\/[^/]+(?:\/(?:edit|credentials)(?:\/.*)?)?)?$/,
    otherwise: { text: texts.centre.title, href: own, needs: change },
  },
  routes: [
    get(all, listNeeds, showCentres),
    get(addition, listNeeds, showAddition),
    post(addition, listNeeds, add),
    ...pagesAt(own),
    ...pagesAt(address),
    get(`${address}/credentials/:credential/steps/:step`, revoke, (visit) => askStep(visit, credentialSteps(visit))),
    post(`${address}/credentials/:credential/steps/:step`, revoke, (visit) => takeStep(visit, credentialSteps(visit))),
  ],
};
