// What can be done with an import.
import type { Answer, Redirect, Visit } from "../../server/page.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { addressOf, jobOf, jobs } from "./open.ts";

const back = (visit: Visit): Redirect => ({ redirect: addressOf(visit.param("job")) });

export function goOnChecking(visit: Visit): Promise<Answer> {
  const job = jobOf(visit);
  if (job.phase === "unchecked") void job.check();
  return Promise.resolve(back(visit));
}

/** Begins to write, or goes on. Sent twice, the second finds that it has begun. */
export function runImport(visit: Visit): Promise<Answer> {
  const job = jobOf(visit);
  if (job.phase !== "checked" && !(job.phase === "ended" && job.endedBy !== "")) return Promise.resolve(back(visit));
  if (jobs.isAnotherRunning(job)) {
    return Promise.resolve({ ...back(visit), flash: { kind: "notice", text: texts.import.anotherRunning } });
  }
  // Whoever goes on leaves out what they left out before.
  void (job.phase === "checked" ? job.run(visit.form.has("leave_out")) : job.run());
  return Promise.resolve(back(visit));
}

export function stopImport(visit: Visit): Promise<Answer> {
  jobOf(visit).stop();
  return Promise.resolve(back(visit));
}
