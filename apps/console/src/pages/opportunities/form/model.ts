// What the form's template shows of what was typed.
import type { Visit } from "../../../server/page.ts";
import { accessNeeds } from "../../../services/vocabulary.ts";
import { texts } from "../../../texts/en-GB/index.ts";
import {
  barredLists,
  checkLevels,
  eligibilityBases,
  licenceKinds,
  sharings,
  workforces,
} from "../../../texts/en-GB/words.ts";
import { rowsToShow } from "../../../forms/rows.ts";
import { choicesInForm } from "../../shared/choices.ts";
import { choose, numberOptions, tableOptions, tick } from "../../shared/options.ts";
import { placeText } from "../../shared/place.ts";
import { withDetails } from "../../shared/skills.ts";
import { weekModel } from "../../shared/week-form.ts";
import { counts, dayCodes, frequencies, withoutFields } from "./repeat.ts";
import type { TypedRepeat } from "./repeat.ts";
import type { TypedRole } from "./role.ts";
import { scheduleKinds, sessionFields } from "./schedule.ts";
import type { TypedSchedule } from "./schedule.ts";

const t = texts.opportunityForm;

const weekdays = dayCodes.map((value, index) => ({ value, text: texts.week.days[index] ?? value }));

function scheduleModel(typed: TypedSchedule) {
  return {
    kinds: scheduleKinds.map((value) => ({
      value,
      text: t.kinds[value],
      checked: value === typed.kind,
      ...(t.kindHints[value] === "" ? {} : { hint: { text: t.kindHints[value] } }),
    })),
    week: weekModel(typed.week),
    sessions: rowsToShow(typed.sessions, sessionFields),
    minutesPerWeek: typed.minutesPerWeek,
    block: typed.block,
    repeat: repeatModel(typed.repeat),
  };
}

function repeatModel(typed: TypedRepeat) {
  const frequency = frequencies.map((value) => ({ value, text: t.frequencies[value] }));
  return {
    ...typed,
    frequencies: choose(frequency, typed.frequency),
    weekdays: tick(weekdays, typed.days),
    counts: choose(
      [{ value: "", text: t.countNone }, ...counts.map((value) => ({ value, text: t.counts[value] }))],
      typed.count,
    ),
    countDays: choose([{ value: "", text: texts.week.choose }, ...weekdays], typed.countDay),
    without: rowsToShow(typed.without, withoutFields),
  };
}

export async function roleModel(visit: Visit, typed: TypedRole) {
  const [organisation, skills, causes, languages, place] = await Promise.all([
    choicesInForm(visit, "organisation", typed.organisation, typed.organisationTerm),
    choicesInForm(
      visit,
      "skills",
      typed.skills.map(({ skill }) => skill),
      typed.skillsTerm,
    ),
    choicesInForm(visit, "causes", typed.causes, typed.causesTerm),
    choicesInForm(visit, "languages", typed.languages, typed.languagesTerm),
    placeText(visit.reference, typed.postcode).catch(() => ""),
  ]);
  const where = [
    { value: "", text: t.whereOpen },
    { value: "place", text: t.wherePlace },
    { value: "remote", text: t.whereRemote },
  ];
  const levels = [{ value: "", text: checkLevels[0] }, ...numberOptions(checkLevels)];
  return {
    typed,
    organisation,
    skills: withDetails(skills, "wanted", typed.skills),
    causes,
    languages,
    place,
    where: tick(where, [typed.where]),
    schedule: scheduleModel(typed.schedule),
    checkLevels: choose(levels, typed.checkLevel),
    bases: tick(numberOptions(eligibilityBases), typed.basis),
    workforces: tick(numberOptions(workforces), typed.workforces),
    barredLists: tick(numberOptions(barredLists), typed.barredLists),
    licences: tick(numberOptions(licenceKinds), typed.licences),
    accessSupport: tick(tableOptions(accessNeeds), typed.accessSupport),
    sharings: tick(numberOptions(sharings), [typed.sharing === "" ? "1" : typed.sharing]),
  };
}
