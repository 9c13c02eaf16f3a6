// Which single change would bring more matches.
import type { Relaxation } from "#protos/brokerage/matching/v1/relaxation_pb";

import type { Visit } from "../../server/page.ts";
import { failureOf } from "../../services/failure.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { shareText } from "../shared/percent.ts";
import { milesText, nameIn } from "../shared/terms.ts";
import { changeOf, changeText } from "./changes.ts";
import type { Change } from "./changes.ts";
import { isForeign, parentFor } from "./subject.ts";
import type { Kind, Subject } from "./subject.ts";

const t = texts.matches.advice;

const basisPointsInPercent = 100;

export interface Suggestion {
  /** "If people went 3 miles further than they say". */
  readonly change: string;
  /** "4 more people". */
  readonly gains: string;
  /** "best score 71.2%", and what is lost. */
  readonly more: readonly string[];
  /** The page of the change; undefined when there is nothing to write. */
  readonly href: string | undefined;
}

/** The suggestions, most gain first; undefined when they cannot be had: a list is of use without. */
export async function adviceFor(
  visit: Visit,
  subject: Subject,
  weights: string,
): Promise<readonly Suggestion[] | undefined> {
  const { kind, name } = subject;
  const { caller } = visit.session;
  const request = { parent: parentFor(caller, name), weightSet: weights };
  try {
    const [answer, skills] = await Promise.all([
      visit.clients.matching.suggestRelaxations({ ...request, subject: { case: kind, value: name } }),
      visit.reference.skills(),
    ]);
    const mayLook = !isForeign(caller, name);
    return answer.relaxations.map((relaxation) => suggestionOf(subject, relaxation, skills, mayLook));
  } catch (error) {
    if (failureOf(error) === undefined) throw error;
    return undefined;
  }
}

type Names = ReadonlyMap<string, string>;

function suggestionOf(subject: Subject, relaxation: Relaxation, skills: Names, mayLook: boolean): Suggestion {
  const { additionalCount, lostCount, bestNewScoreMillionths } = relaxation;
  const written = changeOf(relaxation);
  return {
    change: suggestionWords(subject.kind, relaxation, skills),
    gains: t[subject.kind].gains(Number(additionalCount)),
    more: [...(lostCount === 0n ? [] : [t.lost(Number(lostCount))]), t.best(shareText(bestNewScoreMillionths))],
    href:
      written === undefined || !mayLook
        ? undefined
        : `${subject.path}/change?to=${encodeURIComponent(changeText(written))}`,
  };
}

function suggestionWords(kind: Kind, relaxation: Relaxation, skills: Names): string {
  const { change } = relaxation;
  if (change.case === "radius") return t[kind].further(milesText(change.value.furtherM));
  const written = changeOf(relaxation);
  return written === undefined ? "" : changeWords(kind, written, skills);
}

/** "If 50% of the time were enough". */
export function changeWords(kind: Kind, change: Change, skills: Names): string {
  switch (change.what) {
    case "radius":
      return t.radius(milesText(change.metres));
    case "coverage":
      return t.coverage(change.basisPoints / basisPointsInPercent);
    case "skill":
      return t.skill(nameIn(skills, change.skill));
    case "remote":
      return t[kind].remote;
  }
}
