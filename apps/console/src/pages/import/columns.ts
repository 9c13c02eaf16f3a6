// Which headings are understood, as a page and as an empty file.
import { NotFound } from "../../server/page.ts";
import type { Answer, Visit } from "../../server/page.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { writeCsv } from "./file/write.ts";
import { kindFor } from "./kinds/index.ts";
import type { Kind } from "./kinds/kind.ts";

const t = texts.import;

function kindOf(visit: Visit): Kind {
  const kind = kindFor(visit, visit.param("kind"));
  if (kind === undefined) throw new NotFound();
  return kind;
}

export function showColumns(visit: Visit): Promise<Answer> {
  const kind = kindOf(visit);
  const title = t.columnsOf(t.kinds[kind.id].many);
  return Promise.resolve({
    view: "pages/import/columns.njk",
    model: {
      breadcrumbs: [{ text: t.title, href: "/import" }, { text: title }],
      heading: title,
      columns: Object.values(kind.columns).map((column) => ({ ...column, also: column.also.join(", ") })),
    },
  });
}

export function template(visit: Visit): Promise<Answer> {
  const { id, columns } = kindOf(visit);
  const headings = Object.values(columns).map(({ heading }) => heading);
  return Promise.resolve({
    download: writeCsv([headings]),
    fileName: t.files.template(t.kinds[id].many),
    type: "text/csv",
  });
}
