// A change that would bring more matches: what it would do, and making it.
import { OpportunityService } from "#protos/brokerage/matching/v1/opportunity_service_pb";
import type { Opportunity } from "#protos/brokerage/matching/v1/opportunity_pb";
import { VolunteerService } from "#protos/brokerage/matching/v1/volunteer_service_pb";
import type { Volunteer } from "#protos/brokerage/matching/v1/volunteer_pb";

import { NotFound } from "../../server/page.ts";
import type { Answer, Visit } from "../../server/page.ts";
import { mayChange } from "../../services/access.ts";
import { centreOf } from "../../services/names.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { shareText } from "../shared/percent.ts";
import { changeWords } from "./advice.ts";
import { changeText, changedRole, readChange } from "./changes.ts";
import type { Change } from "./changes.ts";
import { pairPath } from "./pair-address.ts";
import { crumbsTo, parentFor, shownRole, shownVolunteer, subjectOf } from "./subject.ts";
import type { Shown, Subject } from "./subject.ts";

const t = texts.matches.change;

const previewed = 20;
/** The matches now are read so far to tell who would be new. */
const comparedWith = 1000;

export async function showChange(visit: Visit): Promise<Answer> {
  const subject = subjectOf(visit);
  const change = readChange(visit.query("to"));
  if (change === undefined) throw new NotFound();
  const { name, kind } = subject;
  if (kind === "volunteer") {
    const volunteer = await visit.clients.volunteers.getVolunteer({ name });
    if (changedProfile(change) === undefined) throw new NotFound();
    return page(visit, subject, change, shownVolunteer(volunteer), volunteer.etag, undefined);
  }
  const role = await visit.clients.opportunities.getOpportunity({ name });
  const changed = changedRole(role, change);
  if (changed === undefined) throw new NotFound();
  return page(visit, subject, change, shownRole(role), role.etag, await preview(visit, subject, changed.role));
}

/** The first of the list as it would be, with those marked who are not in it now. */
async function preview(visit: Visit, { name }: Subject, role: Opportunity) {
  const parent = parentFor(visit.session.caller, name);
  const { matching } = visit.clients;
  const [after, before] = await Promise.all([
    matching.matchVolunteers({ parent, pageSize: previewed, role: { case: "draft", value: role } }),
    matching.matchVolunteers({ parent, pageSize: comparedWith, role: { case: "opportunity", value: name } }),
  ]);
  const known = new Set(before.matches.map(({ volunteer }) => volunteer));
  return after.matches.map(({ volunteer, displayName, scoreMillionths }) => ({
    name: displayName,
    href: pairPath(name, volunteer),
    score: shareText(scoreMillionths),
    isNew: !known.has(volunteer),
  }));
}

async function page(
  visit: Visit,
  subject: Subject,
  change: Change,
  shown: Shown,
  etag: string,
  rows: Awaited<ReturnType<typeof preview>> | undefined,
): Promise<Answer> {
  const { kind, name, path } = subject;
  const method =
    kind === "opportunity" ? OpportunityService.method.updateOpportunity : VolunteerService.method.updateVolunteer;
  return {
    view: "pages/matches/change.njk",
    model: {
      breadcrumbs: crumbsTo(subject, shown, t.crumb),
      subjectTitle: shown.title,
      heading: changeWords(kind, change, await visit.reference.skills()),
      side: t[kind],
      path,
      etag,
      to: changeText(change),
      rows,
      mayWrite: mayChange(visit.session.caller, method, centreOf(name)),
    },
  };
}

export async function makeChange(visit: Visit): Promise<Answer> {
  const { kind, name, path } = subjectOf(visit);
  const change = readChange(visit.form.text("to"));
  if (change === undefined) throw new NotFound();
  const etag = visit.form.text("etag");
  if (kind === "volunteer") await changeVolunteer(visit, name, etag, change);
  else await changeRole(visit, name, etag, change);
  return { redirect: path, flash: { kind: "success", text: t.saved } };
}

async function changeRole(visit: Visit, name: string, etag: string, change: Change): Promise<void> {
  const changed = changedRole(await visit.clients.opportunities.getOpportunity({ name }), change);
  if (changed === undefined) throw new NotFound();
  await visit.clients.opportunities.updateOpportunity({
    opportunity: { ...changed.role, etag },
    updateMask: { paths: [...changed.paths] },
  });
}

async function changeVolunteer(visit: Visit, name: string, etag: string, change: Change): Promise<void> {
  const changed = changedProfile(change);
  if (changed === undefined) throw new NotFound();
  const { paths, ...fields } = changed;
  await visit.clients.volunteers.updateVolunteer({ volunteer: { name, etag, ...fields }, updateMask: { paths } });
}

type ProfileChange = Partial<Pick<Volunteer, "travelRadiusM" | "acceptsRemote">> & { readonly paths: string[] };

function changedProfile(change: Change): ProfileChange | undefined {
  if (change.what === "radius") return { travelRadiusM: change.metres, paths: ["travel_radius_m"] };
  return change.what === "remote" ? { acceptsRemote: true, paths: ["accepts_remote"] } : undefined;
}
