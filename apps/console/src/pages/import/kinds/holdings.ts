// Licences and DBS checks in a cell: "car; first aid 2027-05-01", "enhanced children 2025-03-01 update-service".
import { create } from "@bufbuild/protobuf";

import {
  BarredListSchema,
  CheckLevel,
  CheckLevelSchema,
  HeldCheckSchema,
  WorkforceSchema,
} from "#protos/brokerage/common/v1/check_pb";
import type { BarredList, HeldCheck, Workforce } from "#protos/brokerage/common/v1/check_pb";
import { HeldLicenceSchema, LicenceKindSchema } from "#protos/brokerage/common/v1/licence_pb";
import type { HeldLicence, LicenceKind } from "#protos/brokerage/common/v1/licence_pb";

import { texts } from "../../../texts/en-GB/index.ts";
import { enumWords } from "../cells/enums.ts";
import { cellFault } from "../cells/row.ts";
import { parseDate, parseWord } from "../cells/values.ts";

const t = texts.import.cells;

const licenceWords = enumWords<LicenceKind>(LicenceKindSchema);
const levelWords = enumWords<CheckLevel>(CheckLevelSchema);
const workforceWords = enumWords<Workforce>(WorkforceSchema);
const listWords = enumWords<BarredList>(BarredListSchema);

export function parseLicence(text: string): HeldLicence {
  // Whatever begins with a digit is a date, or meant to be.
  const [, kind = text, until] = /^(.*?\S)\s+(?:until\s+)?(\d\S*)$/.exec(text) ?? [];
  const licence = create(HeldLicenceSchema, { kind: parseWord(licenceWords, kind) });
  return until === undefined ? licence : { ...licence, expireDate: parseDate(until) };
}

const listOf = <Value>(words: Readonly<Record<string, Value>>, text: string): Value[] =>
  text
    .split(/[,+]/)
    .filter((word) => word !== "")
    .map((word) => parseWord(words, word));

export function parseCheck(text: string, seenBy: string): HeldCheck {
  const [level = "", ...rest] = text.toLowerCase().split(/\s+/);
  const check = create(HeldCheckSchema, { level: parseWord(levelWords, level), seenBy });
  for (const word of rest) takeWord(check, word);
  if (check.issueDate === undefined) throw cellFault(text, t.noIssueDate);
  if (check.level === CheckLevel.ENHANCED && check.barredLists.length > 0) check.level = CheckLevel.ENHANCED_BARRED;
  return check;
}

/** One word of a check behind its level. */
function takeWord(check: HeldCheck, word: string): void {
  const [name, value] = [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)];
  if (word === "update-service") check.updateService = true;
  else if (name === "list") check.barredLists.push(...listOf(listWords, value));
  else if (name === "until") check.expireDate = parseDate(value);
  else if (/^\d/.test(word)) check.issueDate = parseDate(word);
  else if (/^(children|adults|other)([,+]|$)/.test(word)) check.workforces.push(...listOf(workforceWords, word));
  else throw cellFault(word, t.noPartOfCheck);
}
