// Who would match a role that is still being written.
import { create } from "@bufbuild/protobuf";

import { MatchVolunteersRequestSchema } from "#protos/brokerage/matching/v1/matching_service_pb";
import { MatchingService } from "#protos/brokerage/matching/v1/matching_service_pb";

import { FormErrors, addFaults } from "../../../forms/form.ts";
import type { Answer, Visit } from "../../../server/page.ts";
import { failureOf } from "../../../services/failure.ts";
import { texts } from "../../../texts/en-GB/index.ts";
import { checkRole, fieldMap, readRole, roleOf } from "./role.ts";
import type { TypedRole } from "./role.ts";

const t = texts.opportunityForm;

const namesShown = 10;

export interface Preview {
  readonly count: string;
  readonly names: string;
  readonly faults: readonly string[];
}

export const mayPreview = (visit: Visit) => visit.may(MatchingService.method.matchVolunteers);

const faulty = (faults: readonly string[]): Preview => ({ count: "", names: "", faults });

/** What matching says of the form as it stands at `centre`; what keeps it from saying anything is said instead. */
export async function readPreview(visit: Visit, centre: string, typed: TypedRole): Promise<Preview> {
  // What has no title yet can be matched all the same.
  const titled = { ...typed, title: typed.title === "" ? t.newTitle : typed.title };
  const found = checkRole(titled);
  if (!found.empty) return faulty(found.summary.map(({ text }) => text));
  try {
    const answer = await visit.clients.matching.matchVolunteers(
      create(MatchVolunteersRequestSchema, {
        parent: centre,
        role: { case: "draft", value: roleOf(titled) },
        pageSize: namesShown,
        includeCounts: true,
      }),
    );
    const names = answer.matches.map(({ displayName }) => displayName.split(" ")[0] ?? "");
    const count = Number(answer.eligibleCount ?? names.length);
    return { count: t.previewCount(count), names: t.previewNames(names.join(", "), count - names.length), faults: [] };
  } catch (error) {
    const failure = failureOf(error);
    if (failure?.kind === "unavailable" || failure?.kind === "busy") return faulty([t.previewAway]);
    if (failure?.kind !== "invalid") throw error;
    const errors = new FormErrors();
    addFaults(errors, failure, fieldMap("draft"));
    return faulty(errors.summary.map(({ text }) => text));
  }
}

/** The part of the form that follows what is typed. */
export async function preview(visit: Visit): Promise<Answer> {
  const model = { preview: await readPreview(visit, visit.form.text("parent"), readRole(visit.form)) };
  return { view: "pages/opportunities/form/preview.njk", model };
}
