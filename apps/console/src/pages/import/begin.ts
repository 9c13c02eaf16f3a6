// Choosing what to import, and the file.
import { FormErrors } from "../../forms/form.ts";
import type { Answer, Visit } from "../../server/page.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { tick } from "../shared/options.ts";
import { Words } from "./cells/words.ts";
import type { Columns } from "./file/headings.ts";
import { readSheet } from "./file/sheet.ts";
import type { Refusal } from "./file/sheet.ts";
import { Job } from "./job/job.ts";
import { kindFor, kindsFor } from "./kinds/index.ts";
import { Organisations } from "./kinds/organisations-by.ts";
import { addressOf, jobs } from "./open.ts";

const t = texts.import;

export function showStart(visit: Visit): Promise<Answer> {
  return Promise.resolve(startPage(visit));
}

/** Reads the file, and begins to check its rows. */
export function beginImport(visit: Visit): Promise<Answer> {
  const errors = new FormErrors();
  const { upload } = visit;
  const kind = kindFor(visit, visit.form.text("kind"));
  if (kind === undefined) errors.add("kind", t.kindMissing);
  if (upload === undefined) errors.add("file", t.fileMissing);
  if (kind === undefined || upload === undefined) return Promise.resolve(startPage(visit, errors));
  const sheet = readSheet(upload.bytes, kind.columns, kind.needed);
  if ("kind" in sheet) {
    errors.add("file", refusalText(sheet, kind.columns));
    return Promise.resolve(startPage(visit, errors));
  }
  const job = new Job(kind, sheet, upload.fileName, {
    clients: visit.clients,
    words: new Words(visit.reference),
    organisations: new Organisations(visit.clients),
    centre: visit.session.caller.centre,
    may: visit.may,
  });
  const id = jobs.add(visit.session, job);
  if (id === undefined) {
    errors.add("", jobs.idOf(visit.session) === undefined ? t.busy : t.ownWorking);
    return Promise.resolve(startPage(visit, errors, 409));
  }
  void job.check();
  return Promise.resolve({ redirect: addressOf(id) });
}

function refusalText(refusal: Refusal, columns: Columns): string {
  switch (refusal.kind) {
    case "twice":
    case "missing":
      return t.refused[refusal.kind](refusal.columns.map((id) => columns[id]?.heading ?? id));
    case "cell-too-long":
    case "quote-not-closed":
    case "unreadable":
      return t.refused[refusal.kind](refusal.row);
    default:
      return t.refused[refusal.kind];
  }
}

function startPage(visit: Visit, errors = new FormErrors(), status = errors.empty ? 200 : 422): Answer {
  const kinds = kindsFor(visit).map(({ id }) => ({ value: id, text: t.kinds[id].title }));
  const id = jobs.idOf(visit.session);
  const open = id === undefined ? undefined : jobs.find(visit.session, id);
  return {
    view: "pages/import/begin.njk",
    status,
    model: {
      errors,
      kinds: tick(kinds, [visit.form.text("kind") || (kinds[0]?.value ?? "")]),
      templates: kinds.map(({ value }) => ({ id: value, many: t.kinds[value].many })),
      current:
        id === undefined || open === undefined || open.fault !== undefined
          ? undefined
          : { href: addressOf(id), text: t.started(open.rows.length, open.fileName) },
    },
  };
}
