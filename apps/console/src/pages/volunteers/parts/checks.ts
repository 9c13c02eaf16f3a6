// The DBS checks that a volunteer holds: never a certificate's content.
import { create } from "@bufbuild/protobuf";

import { CheckLevel, HeldCheckSchema } from "#protos/brokerage/common/v1/check_pb";
import type { BarredList, HeldCheck, Workforce } from "#protos/brokerage/common/v1/check_pb";

import type { Form } from "../../../forms/form.ts";
import { texts } from "../../../texts/en-GB/index.ts";
import { barredLists, checkLevels, workforces } from "../../../texts/en-GB/words.ts";
import { choose, chosenNumber, numberOptions, tick } from "../../shared/options.ts";
import { dayField, parseDay } from "../../shared/times.ts";
import type { Part } from "./part.ts";

const t = texts.volunteerParts;

const mostChecks = 21;
/** Chosen as the level of a check that is to be taken away. */
const remove = "remove";

interface TypedCheck {
  readonly level: string;
  readonly workforces: readonly string[];
  readonly barredLists: readonly string[];
  readonly issued: string;
  readonly until: string;
  readonly updateService: boolean;
  readonly seenBy: string;
}

interface Typed {
  readonly checks: readonly TypedCheck[];
}

const blank: TypedCheck = {
  level: "",
  workforces: [],
  barredLists: [],
  issued: "",
  until: "",
  updateService: false,
  seenBy: "",
};

function readChecks(form: Form): readonly TypedCheck[] {
  const checks: TypedCheck[] = [];
  for (let index = 0; index < mostChecks && form.has(`check-${index}-level`); index += 1) {
    const text = (field: string) => form.text(`check-${index}-${field}`);
    checks.push({
      level: text("level"),
      workforces: form.all(`check-${index}-workforces`),
      barredLists: form.all(`check-${index}-barred_lists`),
      issued: text("issued"),
      until: text("until"),
      updateService: form.has(`check-${index}-update_service`),
      seenBy: text("seen_by"),
    });
  }
  const isEmpty = ({ level, issued, until, seenBy }: TypedCheck) => level + issued + until + seenBy === "";
  return checks.filter((check) => check.level !== remove && !isEmpty(check));
}

const numbers = <Value extends number>(texts: readonly string[]) => texts.map(chosenNumber<Value>);

function checkOf(typed: TypedCheck): HeldCheck {
  const [issueDate, expireDate] = [parseDay(typed.issued), parseDay(typed.until)];
  return create(HeldCheckSchema, {
    level: chosenNumber<CheckLevel>(typed.level),
    workforces: numbers<Workforce>(typed.workforces),
    barredLists: numbers<BarredList>(typed.barredLists),
    ...(issueDate === undefined ? {} : { issueDate }),
    ...(expireDate === undefined ? {} : { expireDate }),
    updateService: typed.updateService,
    seenBy: typed.seenBy,
  });
}

const typedCheck = (check: HeldCheck): TypedCheck => ({
  level: String(check.level),
  workforces: check.workforces.map(String),
  barredLists: check.barredLists.map(String),
  issued: dayField(check.issueDate),
  until: dayField(check.expireDate),
  updateService: check.updateService,
  seenBy: check.seenBy,
});

const held = numberOptions(checkLevels).filter(({ value }) => Number(value) !== CheckLevel.NONE);

export const checks: Part<Typed> = {
  id: "checks",
  title: t.checks,
  paths: ["checks"],
  read: (form) => ({ checks: readChecks(form) }),
  typedOf: (volunteer) => ({ checks: volunteer.checks.map(typedCheck) }),
  check: (typed, errors) => {
    typed.checks.forEach(({ level, issued, until }, index) => {
      if (level === "") errors.add(`check-${index}-level`, t.levelMissing);
      if (parseDay(issued) === undefined) errors.add(`check-${index}-issued`, t.issuedWrong);
      if (until !== "" && parseDay(until) === undefined) errors.add(`check-${index}-until`, t.dateWrong);
    });
  },
  apply: (typed, volunteer) => ({ ...volunteer, checks: typed.checks.map(checkOf) }),
  model: (_visit, typed) =>
    Promise.resolve({
      checks: [...typed.checks, blank].map((one, index) => ({
        ...one,
        index,
        number: index + 1,
        levels: choose(
          [
            { value: "", text: texts.week.choose },
            ...held,
            ...(index < typed.checks.length ? [{ value: remove, text: t.removeCheck }] : []),
          ],
          one.level,
        ),
        workforces: tick(numberOptions(workforces), one.workforces),
        barredLists: tick(numberOptions(barredLists), one.barredLists),
      })),
    }),
  fields: Object.fromEntries(
    Array.from({ length: mostChecks }, (_, index) => index).flatMap((index) =>
      (
        [
          ["", "level", t.level],
          [".workforces", "workforces", t.workforces],
          [".barred_lists", "barred_lists", t.barredLists],
          [".issue_date", "issued", t.issued],
          [".expire_date", "until", t.until],
          [".seen_by", "seen_by", t.seenBy],
        ] as const
      ).map(([path, field, label]) => [
        `volunteer.checks[${index}]${path}`,
        { field: `check-${index}-${field}`, label },
      ]),
    ),
  ),
};
