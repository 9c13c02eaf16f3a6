// What a volunteer can do, cares about and needs.
import { create } from "@bufbuild/protobuf";

import { HeldLicenceSchema } from "#protos/brokerage/common/v1/licence_pb";
import type { LicenceKind } from "#protos/brokerage/common/v1/licence_pb";
import { HeldSkillSchema } from "#protos/brokerage/matching/v1/volunteer_pb";

import { readRows, rowsToShow } from "../../../forms/rows.ts";
import type { Row } from "../../../forms/rows.ts";
import { accessNeeds } from "../../../services/vocabulary.ts";
import { texts } from "../../../texts/en-GB/index.ts";
import { licenceKinds } from "../../../texts/en-GB/words.ts";
import { choicesInForm } from "../../shared/choices.ts";
import { choose, chosenNumber, numberOptions, tableOptions, tick } from "../../shared/options.ts";
import { heldSkills, readSkills, typedSkill, withDetails } from "../../shared/skills.ts";
import type { TypedSkill } from "../../shared/skills.ts";
import { dayField, parseDay } from "../../shared/times.ts";
import type { Part } from "./part.ts";

const t = texts.volunteerParts;

const licenceFields = ["kind", "until"] as const;
const mostLicences = 51;

interface Typed {
  readonly skills: readonly TypedSkill[];
  readonly skillsTerm: string;
  readonly causes: readonly string[];
  readonly causesTerm: string;
  readonly languages: readonly string[];
  readonly languagesTerm: string;
  readonly licences: readonly Row<(typeof licenceFields)[number]>[];
  readonly accessNeeds: readonly string[];
}

export const abilities: Part<Typed> = {
  id: "abilities",
  title: t.abilities,
  paths: ["skills", "causes", "languages", "licences", "access_needs"],
  read: (form) => ({
    skills: readSkills(form),
    skillsTerm: form.text("skills_term"),
    causes: form.all("causes"),
    causesTerm: form.text("causes_term"),
    languages: form.all("languages"),
    languagesTerm: form.text("languages_term"),
    licences: readRows(form, "licence", licenceFields, mostLicences),
    accessNeeds: form.all("access_needs"),
  }),
  typedOf: (volunteer) => ({
    skills: volunteer.skills.map(typedSkill),
    skillsTerm: "",
    causes: volunteer.causes,
    causesTerm: "",
    languages: volunteer.languages,
    languagesTerm: "",
    licences: volunteer.licences.map(({ kind, expireDate }) => ({ kind: String(kind), until: dayField(expireDate) })),
    accessNeeds: volunteer.accessNeeds,
  }),
  check: ({ licences }, errors) => {
    licences.forEach(({ kind, until }, index) => {
      if (kind === "") errors.add(`licence-${index}-kind`, t.licenceMissing);
      if (until !== "" && parseDay(until) === undefined) errors.add(`licence-${index}-until`, t.dateWrong);
    });
  },
  apply: (typed, volunteer) => ({
    ...volunteer,
    skills: heldSkills(typed.skills).map((skill) => create(HeldSkillSchema, skill)),
    causes: [...typed.causes],
    languages: [...typed.languages],
    licences: typed.licences.map(({ kind, until }) => {
      const expireDate = parseDay(until);
      return create(HeldLicenceSchema, {
        kind: chosenNumber<LicenceKind>(kind),
        ...(expireDate === undefined ? {} : { expireDate }),
      });
    }),
    accessNeeds: [...typed.accessNeeds],
  }),
  model: async (visit, typed) => {
    const names = typed.skills.map(({ skill }) => skill);
    const [skills, causes, languages] = await Promise.all([
      choicesInForm(visit, "skills", names, typed.skillsTerm),
      choicesInForm(visit, "causes", typed.causes, typed.causesTerm),
      choicesInForm(visit, "languages", typed.languages, typed.languagesTerm),
    ]);
    const kinds = [{ value: "", text: texts.week.choose }, ...numberOptions(licenceKinds)];
    return {
      skills: withDetails(skills, "held", typed.skills),
      causes,
      languages,
      licences: rowsToShow(typed.licences, licenceFields).map((row) => ({ ...row, kinds: choose(kinds, row.kind) })),
      accessNeeds: tick(tableOptions(accessNeeds), typed.accessNeeds),
    };
  },
  fields: {
    "volunteer.skills": { field: "skills-term", label: t.skills },
    "volunteer.causes": { field: "causes-term", label: t.causes },
    "volunteer.languages": { field: "languages-term", label: t.languages },
    "volunteer.licences": { field: "licence-0-kind", label: t.licences },
    "volunteer.access_needs": { field: "access_needs", label: t.accessNeeds },
  },
};
