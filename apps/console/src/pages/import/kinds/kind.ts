// What can be imported: how a row becomes a record, is checked, and is made.
import type { DescMethod } from "@bufbuild/protobuf";

import { Sharing, SharingSchema } from "#protos/brokerage/common/v1/sharing_pb";

import type { Clients } from "../../../services/clients.ts";
import type { Section } from "../../shared/sections.ts";
import { enumWords } from "../cells/enums.ts";
import type { Row } from "../cells/row.ts";
import type { Words } from "../cells/words.ts";
import type { Columns } from "../file/headings.ts";
import type { Needed } from "../file/sheet.ts";
import type { Organisations } from "./organisations-by.ts";

export const kindIds = ["volunteers", "organisations", "opportunities"] as const;
export type KindId = (typeof kindIds)[number];

/** What rows are read and records are made with. */
export interface Source {
  readonly clients: Clients;
  readonly words: Words;
  readonly organisations: Organisations;
  /** Whose the records will be: `centres/{centre}`. */
  readonly centre: string;
  readonly may: (method: DescMethod) => boolean;
}

/** A record of which the service said that it would make it. */
export interface Checked {
  /** The service's own clock, in nanoseconds. */
  readonly at: bigint;
  /** Names of records that may be the same. */
  readonly duplicates: readonly string[];
  /** What would be made, in words. */
  readonly sample: () => Promise<readonly Section[]>;
}

export interface Made {
  readonly name: string;
  /** When it was made, by the service's clock, in nanoseconds. */
  readonly at: bigint;
  /** Unset: those that were found when it was checked. */
  readonly duplicates?: readonly string[];
}

/** What a row describes. */
export interface Draft {
  /** What it may be known by: rows of a file that share one may be the same. */
  readonly keys: readonly string[];
  readonly check: () => Promise<Checked>;
  /** Makes the record; with the same id, the same one again. `made` is told as soon as it is there, before further steps. */
  readonly make: (id: string, made: (record: Made) => void) => Promise<void>;
  /** The column that a path of the request comes from; empty when it is none's. */
  readonly columnOf: (path: string) => string;
}

export interface Kind {
  readonly id: KindId;
  readonly columns: Columns;
  /** Without one column of each of these no row can be good. */
  readonly needed: Needed;
  readonly needs: readonly DescMethod[];
  /** Reads a row, and says what is wrong with it. */
  readonly read: (row: Row, source: Source) => Promise<Draft>;
}

/** Who shares with the county: the contract's words, or yes and no. */
export const sharingWords: Readonly<Record<string, Sharing>> = {
  ...enumWords<Sharing>(SharingSchema),
  yes: Sharing.COUNTY,
  no: Sharing.CENTRE,
};

/** The column of the longest path that `path` lies in. */
export function columnOfPath(columns: Readonly<Record<string, string>>, path: string): string {
  const inside = Object.keys(columns)
    .filter((one) => path === one || path.startsWith(`${one}.`) || path.startsWith(`${one}[`))
    .sort((a, b) => b.length - a.length)[0];
  return inside === undefined ? "" : (columns[inside] ?? "");
}

/** Nanoseconds of a moment. */
export const nanosOf = (moment: { readonly seconds: bigint; readonly nanos: number } | undefined): bigint =>
  moment === undefined ? 0n : moment.seconds * 1_000_000_000n + BigInt(moment.nanos);

/** Skills without those that are there already. */
export const eachOnce = <Skill extends { readonly skill: string }>(skills: readonly Skill[]): readonly Skill[] =>
  skills.filter((one, at) => skills.findIndex(({ skill }) => skill === one.skill) === at);
