// Skills in a form, each with how well it is known or wanted.
import type { HeldSkill } from "#protos/brokerage/matching/v1/volunteer_pb";
import type { WantedSkill } from "#protos/brokerage/matching/v1/opportunity_pb";

import type { Form } from "../../forms/form.ts";
import { texts } from "../../texts/en-GB/index.ts";
import type { Choices } from "./choices.ts";
import { choose } from "./options.ts";

const t = texts.skills;

/** What is said of a skill: of one that a role wants, or of one that a person has. */
export type Details = "wanted" | "held";

export interface TypedSkill {
  readonly skill: string;
  /** 1 to 5. */
  readonly level: string;
  readonly importance: string;
  readonly required: boolean;
}

const defaultLevel: Readonly<Record<Details, number>> = { wanted: 1, held: 3 };
const defaultImportance = 3;

export const isDetails = (text: string): text is Details => text === "wanted" || text === "held";

export function readSkills(form: Form): readonly TypedSkill[] {
  return form.all("skills").map((skill) => ({
    skill,
    level: form.text(`skills_level_${skill}`),
    importance: form.text(`skills_importance_${skill}`),
    required: form.has(`skills_required_${skill}`),
  }));
}

export const typedSkill = (skill: HeldSkill | WantedSkill): TypedSkill => ({
  skill: skill.skill,
  level: skill.level === undefined ? "" : String(skill.level),
  importance: "importance" in skill && skill.importance !== undefined ? String(skill.importance) : "",
  required: "required" in skill && skill.required,
});

const scale = (text: string) => (/^[1-5]$/.test(text) ? Number(text) : undefined);

export function heldSkills(typed: readonly TypedSkill[]) {
  return typed.map(({ skill, level }) => ({ skill, ...withLevel(scale(level)) }));
}

export function wantedSkills(typed: readonly TypedSkill[]) {
  return typed.map(({ skill, level, importance, required }) => {
    const weight = scale(importance);
    return { skill, required, ...withLevel(scale(level)), ...(weight === undefined ? {} : { importance: weight }) };
  });
}

const withLevel = (level: number | undefined) => (level === undefined ? {} : { level });

const options = (words: readonly string[], value: string, normal: number) =>
  choose(
    words.map((text, index) => ({ value: String(index + 1), text })),
    value === "" ? String(normal) : value,
  );

/** The chosen skills with what is said of each. */
export function withDetails(choices: Choices, details: Details, typed: readonly TypedSkill[]) {
  const chosen = choices.chosen.map((choice) => {
    const said = typed.find(({ skill }) => skill === choice.value);
    return {
      ...choice,
      levels: options(details === "held" ? t.heldLevels : t.wantedLevels, said?.level ?? "", defaultLevel[details]),
      importances: options(t.importances, said?.importance ?? "", defaultImportance),
      required: said?.required ?? false,
    };
  });
  return { ...choices, chosen, details };
}
