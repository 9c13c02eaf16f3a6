// The files that come of an import, to keep.
import { NotFound } from "../../server/page.ts";
import type { Answer, Visit } from "../../server/page.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { faultyFile, resultFile } from "./job/files.ts";
import { jobOf } from "./open.ts";

const t = texts.import;
const type = "text/csv";

export function downloadResults(visit: Visit): Promise<Answer> {
  const job = jobOf(visit);
  if (job.phase !== "ended") throw new NotFound();
  const fileName = t.files.results(t.kinds[job.kind.id].many);
  return Promise.resolve({ download: resultFile(job), fileName, type });
}

export function downloadFaulty(visit: Visit): Promise<Answer> {
  const job = jobOf(visit);
  if (job.isWorking) throw new NotFound();
  const fileName = t.files.faulty(t.kinds[job.kind.id].many);
  return Promise.resolve({ download: faultyFile(job), fileName, type });
}
