// Everything that people read, in British English. One file for each feature; `t` in templates.
import { api } from "./api.ts";
import { centre } from "./centre.ts";
import { choices } from "./choices.ts";
import { conflict } from "./conflict.ts";
import { coverage } from "./coverage.ts";
import { errors } from "./errors.ts";
import { home } from "./home.ts";
import { imports } from "./imports.ts";
import { layout } from "./layout.ts";
import { lists } from "./lists.ts";
import { matches } from "./matches.ts";
import { opportunities } from "./opportunities.ts";
import { opportunityForm } from "./opportunity-form.ts";
import { organisations } from "./organisations.ts";
import { referrals } from "./referrals.ts";
import { signIn } from "./sign-in.ts";
import { skills } from "./skills.ts";
import { steps } from "./steps.ts";
import { volunteerParts } from "./volunteer-parts.ts";
import { volunteers } from "./volunteers.ts";
import { week } from "./week.ts";

export const texts = {
  api,
  centre,
  choices,
  conflict,
  coverage,
  errors,
  home,
  import: imports,
  layout,
  lists,
  matches,
  opportunities,
  opportunityForm,
  organisations,
  referrals,
  signIn,
  skills,
  steps,
  volunteerParts,
  volunteers,
  week,
} as const;
