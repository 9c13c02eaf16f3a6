// The one question that the widget asks: a GET that needs no permission asked first, and carries nothing about the visitor.
import type { Schedule } from "./schedule.ts";

export interface Listing {
  readonly opportunity?: string;
  readonly organisationDisplayName?: string;
  readonly title?: string;
  readonly description?: string;
  readonly remote?: boolean;
  readonly outcode?: string;
  readonly distanceKm?: number;
  readonly schedule?: Schedule;
  readonly minimumAge?: number;
  readonly placesLeft?: number;
}

export interface Answer {
  readonly listings: readonly Listing[];
  readonly nextPageToken: string;
}

/** What is asked: the request's fields, unset ones left out. */
export interface Question {
  readonly centre?: string;
  readonly near?: string;
  readonly radiusM?: number;
  readonly causes?: readonly string[];
  readonly text?: string;
  readonly remote?: string;
  readonly pageSize?: number;
  readonly pageToken?: string;
}

/** How it went wrong: too many calls, or anything else. */
export class SearchFailed extends Error {
  constructor(
    readonly busy: boolean,
    message: string,
  ) {
    super(message);
  }
}

const method = "/brokerage.matching.v1.OpportunityService/SearchOpportunities";
const patienceMs = 15_000;

export function addressOf(api: string, question: Question): string {
  const address = new URL(method, api);
  address.searchParams.set("connect", "v1");
  address.searchParams.set("encoding", "json");
  address.searchParams.set("message", JSON.stringify(question));
  return address.href;
}

/** @throws SearchFailed, or an AbortError once `signal` is aborted. */
export async function search(api: string, question: Question, signal: AbortSignal): Promise<Answer> {
  const gaveUp = new AbortController();
  const giveUp = () => gaveUp.abort();
  const timer = setTimeout(giveUp, patienceMs);
  signal.addEventListener("abort", giveUp);
  try {
    const response = await fetch(addressOf(api, question), {
      credentials: "omit",
      referrerPolicy: "no-referrer",
      signal: gaveUp.signal,
    });
    if (!response.ok) throw new SearchFailed(response.status === 429, `${response.status}: ${await response.text()}`);
    const { listings = [], nextPageToken = "" } = (await response.json()) as Partial<Answer>;
    return { listings, nextPageToken };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", giveUp);
  }
}
