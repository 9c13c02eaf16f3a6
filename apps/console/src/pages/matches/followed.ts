// The best matches of a role as a watch tells them, in the order of lists.
import type { Match } from "#protos/brokerage/matching/v1/match_pb";
import type { WatchMatchesResponse } from "#protos/brokerage/matching/v1/matching_service_pb";

/** Score, highest first; then the last segment of the name, then the name, by their bytes. */
function inListOrder(a: Match, b: Match): number {
  if (a.scoreMillionths !== b.scoreMillionths) return a.scoreMillionths > b.scoreMillionths ? -1 : 1;
  const key = ({ volunteer }: Match) => `${volunteer.slice(volunteer.lastIndexOf("/") + 1)} ${volunteer}`;
  return key(a) < key(b) ? -1 : 1;
}

export class Followed {
  private readonly matches = new Map<string, Match>();

  /** Takes in what was told; whether it may have changed the list. */
  take({ event }: WatchMatchesResponse): boolean {
    switch (event.case) {
      case "snapshot":
        this.matches.clear();
        this.put(event.value.matches);
        return true;
      case "difference":
        for (const name of event.value.left) this.matches.delete(name);
        this.put(event.value.entered);
        this.put(event.value.changed);
        return true;
      default:
        return false;
    }
  }

  /** The volunteers' names, best first. */
  get names(): readonly string[] {
    return [...this.matches.values()].sort(inListOrder).map(({ volunteer }) => volunteer);
  }

  private put(matches: readonly Match[]): void {
    for (const match of matches) this.matches.set(match.volunteer, match);
  }
}
