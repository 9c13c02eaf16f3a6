// The imports that are open, and which one a visit is about.
import { NotFound } from "../../server/page.ts";
import type { Visit } from "../../server/page.ts";
import type { Job } from "./job/job.ts";
import { Jobs } from "./job/jobs.ts";

export const jobs = new Jobs();

export const addressOf = (id: string) => `/import/jobs/${id}`;

/** The job that the address names; nobody finds another's. */
export function jobOf(visit: Visit): Job {
  const job = jobs.find(visit.session, visit.param("job"));
  if (job === undefined) throw new NotFound();
  // A fault of ours is reported as any other page's is.
  if (job.fault !== undefined) throw job.fault;
  return job;
}
