// An import as it stands: under way, checked, or at its end.
import type { Answer, Visit } from "../../server/page.ts";
import { pageOf } from "../../services/names.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { listAddress } from "../shared/listing.ts";
import type { Searchable } from "../shared/listing.ts";
import { opportunitySearch, organisationSearch, volunteerSearch } from "../shared/records.ts";
import { isFaulty } from "./job/files.ts";
import type { Job, JobRow, Outcome } from "./job/job.ts";
import type { KindId } from "./kinds/kind.ts";
import { mayBeThere } from "./job/likes.ts";
import { addressOf, jobOf } from "./open.ts";
import { progressWords } from "./progress.ts";

const t = texts.import;

/** Of each list; the files have all. */
const mostListed = 50;

/** All of a kind that are our centre's, drafts too. */
const lists: Readonly<Record<KindId, Searchable>> = {
  volunteers: volunteerSearch,
  organisations: organisationSearch,
  opportunities: opportunitySearch,
};

/** Why records may be the same. */
const duplicatesTexts: Readonly<Record<KindId, string>> = {
  volunteers: t.duplicatesText,
  organisations: t.organisationDuplicatesText,
  opportunities: t.opportunityDuplicatesText,
};

export function showImport(visit: Visit): Promise<Answer> {
  const job = jobOf(visit);
  const page = job.isWorking ? working(job) : job.phase === "ended" ? ended(visit, job) : checked(job);
  const { many } = t.kinds[job.kind.id];
  const common = {
    breadcrumbs: [{ text: t.title, href: "/import" }, { text: page.model.heading }],
    href: addressOf(visit.param("job")),
    caption: job.fileName,
    endedBy: t.endedBy[job.endedBy],
    words: t.kinds[job.kind.id],
    many,
  };
  return Promise.resolve({ view: page.view, model: { ...common, ...page.model } });
}

interface Shown {
  readonly view: string;
  readonly model: { readonly heading: string; readonly [name: string]: unknown };
}

function working(job: Job): Shown {
  const isCheck = job.phase === "checking";
  return {
    view: "pages/import/working.njk",
    model: {
      heading: isCheck ? t.checkingTitle : t.runningTitle,
      text: isCheck ? t.checkingText : t.runningText,
      progress: progressWords(job),
    },
  };
}

function checked(job: Job): Shown {
  const good = job.rows.filter(({ isChecked, faults }) => isChecked && faults.length === 0);
  return {
    view: "pages/import/checked.njk",
    model: {
      heading: job.phase === "checked" ? t.checkedTitle : t.uncheckedTitle,
      isChecked: job.phase === "checked",
      good: good.length,
      facts: facts([
        [t.facts.kind, t.kinds[job.kind.id].title],
        [t.facts.good, good.length],
        [t.facts.faulty, job.rows.filter(isFaulty).length],
        [t.facts.duplicates, good.filter(mayBeThere).length],
        [t.facts.notes, job.rows.filter(({ notes }) => notes.length > 0).length],
      ]),
      remarks: [t.encoding[job.sheet.encoding], t.delimiter[job.sheet.delimiter]].filter((text) => text !== ""),
      columns: columnsOf(job),
      faulty: listed(job.rows.filter(isFaulty)),
      notes: listed(job.rows.filter(({ notes }) => notes.length > 0)),
      duplicates: listed(good.filter(mayBeThere)),
      duplicatesText: duplicatesTexts[job.kind.id],
      samples: job.samples,
    },
  };
}

function ended(visit: Visit, job: Job): Shown {
  const of = (outcome: Outcome) => job.rows.filter((row) => row.outcome === outcome);
  const notMade = job.rows.filter(({ record, outcome }) => record === "" && outcome !== "left-out");
  const faulty = job.rows.filter(({ faults }) => faults.length > 0);
  return {
    view: "pages/import/ended.njk",
    model: {
      heading: job.endedBy === "" ? t.endedTitle : t.stoppedTitle,
      matchedLater: t.matchedLater[job.kind.id],
      list: listAddress(visit, lists[job.kind.id], { state: "" }),
      canGoOn: job.endedBy === "asked" || job.endedBy === "unavailable",
      facts: facts([
        [t.facts.kind, t.kinds[job.kind.id].title],
        [t.facts.made, of("made").length],
        [t.facts.there, of("there").length],
        [t.facts.leftOut, of("left-out").length],
        [t.facts.notMade, notMade.length],
      ]),
      hasFaulty: job.rows.some(isFaulty),
      faulty: listed(faulty),
      duplicates: listed(of("made").filter(mayBeThere)),
      duplicatesText: duplicatesTexts[job.kind.id],
    },
  };
}

/** Counts that are none are left out, but the first of them. */
function facts(all: readonly (readonly [key: string, value: string | number])[]) {
  return all
    .filter(([, value], index) => value !== 0 || index === 1)
    .map(([key, value]) => ({ key, value: typeof value === "number" ? t.many(value) : value }));
}

function listed(rows: readonly JobRow[]) {
  return {
    rows: rows.slice(0, mostListed).map(({ number, faults, notes, likeRow, duplicates }) => ({
      number,
      faults,
      notes,
      likeRow: likeRow === undefined ? undefined : t.files.likeRow(likeRow),
      duplicates: duplicates.map((name, index) => ({ href: pageOf(name), text: t.record(index + 1) })),
    })),
    more: Math.max(0, rows.length - mostListed),
  };
}

function columnsOf({ kind, sheet }: Job) {
  const { places, written, unknown } = sheet.headings;
  return {
    understood: [...places].map(([id, place]) => ({ written: written[place], readAs: kind.columns[id]?.heading })),
    unknown,
    missing: Object.entries(kind.columns)
      .filter(([id]) => !places.has(id))
      .map(([, { heading }]) => heading),
  };
}
