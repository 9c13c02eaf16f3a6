// Follows an import while it is under way.
import type { PageEvent } from "../../server/events.ts";
import type { Answer, Visit } from "../../server/page.ts";
import { progressWords } from "./progress.ts";
import { jobOf } from "./open.ts";

/** A page is told so often at most, and hears at least so often. */
const leastMs = 200;
const mostMs = 5000;

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const over = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", over);
      resolve();
    };
    const timer = setTimeout(over, ms);
    signal.addEventListener("abort", over);
  });

export function followImport(visit: Visit): Promise<Answer> {
  const job = jobOf(visit);
  async function* events(signal: AbortSignal): AsyncIterable<PageEvent | undefined> {
    while (job.isWorking && !signal.aborted) {
      yield { event: "progress", data: JSON.stringify(progressWords(job)) };
      const heard = new AbortController();
      const both = () => heard.abort();
      signal.addEventListener("abort", both, { once: true });
      await pause(leastMs, signal);
      await Promise.race([job.changed(heard.signal), pause(mostMs, heard.signal)]);
      heard.abort();
      signal.removeEventListener("abort", both);
    }
    yield { event: "end", data: "" };
  }
  return Promise.resolve({ events });
}
