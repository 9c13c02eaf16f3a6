// All districts: the map, the table beside it, and the causes and skills that open places ask for.
import type { Answer, Visit } from "../../server/page.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { choicesInForm } from "../shared/choices.ts";
import { readCoverage, seesAll } from "../shared/coverage.ts";
import type { Chosen } from "../shared/coverage.ts";
import { momentText } from "../shared/dates.ts";
import { districtName, outside } from "../shared/terms.ts";
import { addressOf, rowOf, termRows } from "./rows.ts";
import type { Row } from "./rows.ts";
import { chosenIn, namesOf, onlyText } from "./terms.ts";
import { draw } from "./tiles.ts";

const t = texts.coverage;

const path = "/coverage";
/** Of the causes, and of the skills, of all districts together. */
const termsShown = 10;

/** Words that were typed for what is to be chosen. */
type Typed = Chosen;

const nothingTyped: Typed = { cause: "", skill: "" };

function mapOf(rows: readonly (Row & { readonly district: string })[]) {
  const drawing = draw(rows);
  const tiles = drawing.tiles.flatMap((tile) => {
    const row = rows.find(({ district }) => district === tile.district);
    if (row === undefined) return [];
    const word = row.kind === "thin" ? t.tileThin : row.kind === "none" ? t.tileNone : "";
    return [
      {
        ...tile,
        href: row.href,
        kind: row.kind,
        ratio: row.ratio,
        word,
        // What is read of a tile is what is seen of it.
        label: [row.name, row.ratio, word].filter((text) => text !== "").join(" "),
      },
    ];
  });
  return { ...drawing, tiles };
}

async function page(visit: Visit, chosen: Chosen, typed: Typed): Promise<Answer> {
  const field = (name: "cause" | "skill") =>
    choicesInForm(
      visit,
      name,
      [chosen[name]].filter((value) => value !== ""),
      typed[name],
    );
  const [answer, names, causeChoices, skillChoices] = await Promise.all([
    readCoverage(visit, chosen),
    namesOf(visit),
    field("cause"),
    field("skill"),
  ]);
  const districts = answer.districts.flatMap(({ district, coverage }) => {
    if (coverage === undefined) return [];
    const href = addressOf(`${path}/${district.slice("districts/".length)}`, chosen);
    return [{ district, ...rowOf(districtName(names.districts, district, t.outside), href, coverage) }];
  });
  const further = [
    { name: t.elsewhere, coverage: answer.elsewhere },
    { name: t.total, coverage: answer.total },
    { name: t.remote, coverage: answer.remote },
  ].flatMap(({ name, coverage }) => (coverage === undefined ? [] : [rowOf(name, undefined, coverage)]));
  const served = districts.filter(({ district }) => district !== outside);
  const isEmpty = [answer.total, answer.remote].every(
    (coverage) => coverage?.searchingVolunteers === 0n && coverage.openOpportunities === 0n,
  );
  return {
    view: "pages/coverage/overview.njk",
    model: {
      intro: seesAll(visit.session.caller) ? t.introAll : t.intro,
      count: t.count(served.length, served.filter(({ kind }) => kind === "thin").length),
      isEmpty,
      only: onlyText(names, chosen),
      map: mapOf(districts),
      rows: [...districts, ...further],
      causes: termRows(answer.causes.slice(0, termsShown), names.causes, path, (cause) => ({ ...chosen, cause })),
      skills: termRows(answer.skills.slice(0, termsShown), names.skills, path, (skill) => ({ ...chosen, skill })),
      looking: typed.cause !== "" || typed.skill !== "",
      causeChoices,
      skillChoices,
      asOf: t.asOf(momentText(answer.asOf)),
    },
  };
}

export function showCoverage(visit: Visit): Promise<Answer> {
  return page(visit, chosenIn(visit), nothingTyped);
}

/** Looks for what was typed, or goes to what was chosen. */
export async function chooseTerms(visit: Visit): Promise<Answer> {
  const chosen = { cause: visit.form.text("cause"), skill: visit.form.text("skill") };
  const typed = { cause: visit.form.text("cause_term"), skill: visit.form.text("skill_term") };
  const isOpen = (name: "cause" | "skill") => typed[name] !== "" && chosen[name] === "";
  const looks = visit.form.text("intent").startsWith("find_") || isOpen("cause") || isOpen("skill");
  return looks ? page(visit, chosen, typed) : { redirect: addressOf(path, chosen) };
}
