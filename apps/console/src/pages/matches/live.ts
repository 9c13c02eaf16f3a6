// Follows the first page of a role's list: the page is told who would be on it now, and offers to show it.
import type { Answer, Visit } from "../../server/page.ts";
import type { PageEvent } from "../../server/events.ts";
import { Followed } from "./followed.ts";
import { pageSize } from "./list.ts";
import { parentFor, subjectOf } from "./subject.ts";

export function followMatches(visit: Visit): Promise<Answer> {
  const { name } = subjectOf(visit);
  const request = {
    parent: parentFor(visit.session.caller, name),
    opportunity: name,
    limit: pageSize,
    weightSet: visit.query("weights"),
  };
  const noLimit = 0;
  async function* events(signal: AbortSignal): AsyncIterable<PageEvent | undefined> {
    const followed = new Followed();
    for await (const told of visit.clients.matching.watchMatches(request, { signal, timeoutMs: noLimit })) {
      if (told.event.case === "end") yield { event: "end", data: "" };
      else if (followed.take(told)) yield { event: "names", data: JSON.stringify(followed.names) };
      else yield undefined;
    }
  }
  return Promise.resolve({ events });
}
