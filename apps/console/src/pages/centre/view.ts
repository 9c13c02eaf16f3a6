// A centre: what is known of it, and its credentials.
import { Credential_State } from "#protos/brokerage/registry/v1/centre_pb";
import type { Credential } from "#protos/brokerage/registry/v1/centre_pb";
import { CentreService } from "#protos/brokerage/registry/v1/centre_service_pb";

import type { Answer, Visit } from "../../server/page.ts";
import { mayChange } from "../../services/access.ts";
import { pageOf } from "../../services/names.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { roles } from "../../texts/en-GB/words.ts";
import { shortDayText } from "../shared/dates.ts";
import { section } from "../shared/sections.ts";
import { nameIn } from "../shared/terms.ts";
import { mayList, nameOf } from "./address.ts";
import { centrePage, top } from "./crumbs.ts";

const t = texts.centre;
const { method } = CentreService;

/** At most so many are shown. */
const pageSize = 1000;

const isInUse = ({ state }: Credential) => state === Credential_State.ACTIVE;

function credentialRow(credential: Credential, own: string) {
  const { name, displayName, role, scopes, expireTime, createTime, revokeTime } = credential;
  const isOver = expireTime !== undefined && Number(expireTime.seconds) * 1000 <= Date.now();
  return {
    displayName,
    isOwn: name === own,
    isOver,
    role: roles[role],
    limited: scopes.length === 0 ? "" : t.limited(scopes.length),
    expires: expireTime === undefined ? t.noEnd : shortDayText(expireTime),
    made: shortDayText(createTime),
    revoked: shortDayText(revokeTime),
    revoke: `${pageOf(name)}/steps/revoke`,
  };
}

export async function showCentre(visit: Visit): Promise<Answer> {
  const { caller } = visit.session;
  const centre = await visit.clients.centres.getCentre({ name: nameOf(visit) });
  const mayManage = mayChange(caller, method.listCredentials, centre.name);
  const [districts, listed] = await Promise.all([
    visit.reference.districts(),
    mayManage ? visit.clients.centres.listCredentials({ parent: centre.name, pageSize }) : undefined,
  ]);
  const rows = (wanted: (credential: Credential) => boolean) =>
    (listed?.credentials ?? []).filter(wanted).map((credential) => credentialRow(credential, caller.credential));
  return {
    view: "pages/centre/view.njk",
    model: {
      breadcrumbs: mayList(visit) ? [top(visit), { text: centre.displayName }] : [],
      displayName: centre.displayName,
      href: centrePage(visit, centre.name),
      sections: [
        section(t.about, [
          [t.name, centre.displayName],
          [t.districts, centre.districts.map((name) => nameIn(districts, name))],
          [t.leads, centre.lead ? t.yes : ""],
        ]),
      ],
      mayEdit: mayChange(caller, method.updateCentre, centre.name),
      mayMake: mayChange(caller, method.createCredential, centre.name),
      mayRevoke: mayChange(caller, method.revokeCredential, centre.name),
      mayManage,
      inUse: rows(isInUse),
      revoked: rows((credential) => !isInUse(credential)),
      isCut: listed !== undefined && listed.nextPageToken !== "",
    },
  };
}
