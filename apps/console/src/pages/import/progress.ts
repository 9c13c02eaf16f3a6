// How far an import is, as a page says it.
import { texts } from "../../texts/en-GB/index.ts";
import type { Job } from "./job/job.ts";

const t = texts.import;

export function progressWords(job: Job) {
  const { done, total } = job.progress;
  return { done, total, text: t.doneOf(done, total), waiting: job.isWaiting ? t.waiting : "" };
}
