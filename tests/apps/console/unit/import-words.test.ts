// Words of cells that are looked up: how many, what is none, and what is not known yet.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Code, ConnectError } from "@connectrpc/connect";

import type { TermKind } from "#protos/brokerage/registry/v1/reference_pb";

import { Row } from "../../../../apps/console/src/pages/import/cells/row.ts";
import { Words } from "../../../../apps/console/src/pages/import/cells/words.ts";
import { readHeadings } from "../../../../apps/console/src/pages/import/file/headings.ts";
import { Organisations } from "../../../../apps/console/src/pages/import/kinds/organisations-by.ts";
import { volunteers } from "../../../../apps/console/src/pages/import/kinds/volunteers.ts";
import type { Clients } from "../../../../apps/console/src/services/clients.ts";
import { Reference, ReferenceCache } from "../../../../apps/console/src/services/reference.ts";
import { reference } from "../support/import-reference.ts";

test("a list is read up to a length, and of very many faults the first are told", async () => {
  const asked = new Set<string>();
  const words = new Words({
    ...reference,
    resolveTerm: (term: string) => {
      asked.add(term);
      return Promise.resolve([]);
    },
  } as unknown as Reference);
  const list = (count: number) => Array.from({ length: count }, (_, index) => `no${index}`).join(";");
  const headings = readHeadings(volunteers.columns, ["Skills", "Available", "Licences"]);
  for (const [count, faults] of [
    [20, 20],
    [21, 21],
    [500, 21],
    [501, 1],
  ] as const) {
    const row = new Row(headings, { number: 2, cells: [list(count), list(count), list(count)] });
    const source = { words, clients: {} as Clients, centre: "", may: () => true };
    asked.clear();
    await volunteers.read(row, { ...source, organisations: new Organisations(source.clients) });
    for (const column of ["Skills", "Available", "Licences"]) {
      const told = row.faults.filter((fault) => fault.column === column).map(({ text }) => text);
      assert.equal(told.length, faults, `${count} in ${column}`);
      assert.equal(told.at(-1) === "and more of the kind", faults === 21, `${count} in ${column}`);
    }
    assert.ok(asked.size <= 21, `${asked.size} words looked up`);
  }
});

test("a text that the service does not look up is no term, and may be several", async () => {
  const refuse = () => Promise.reject(new ConnectError("too long", Code.InvalidArgument));
  const asked = { reference: { resolveTerm: refuse } } as unknown as Clients;
  const strict = new Reference(new ReferenceCache(), asked);
  const words = new Words({
    ...reference,
    resolveTerm: (term: string, kind: TermKind.SKILL) =>
      (term.includes(",") ? strict : reference).resolveTerm(term, kind),
  } as unknown as Reference);
  assert.equal((await words.skills("driving, first aid")).length, 2);
  await assert.rejects(words.skills(","), /is no skill that is known/);
  const clients = { organisations: { listOrganisations: refuse } } as unknown as Clients;
  await assert.rejects(new Organisations(clients).find("Somebody"), /is no organisation that is registered/);
});

test("an entry with a comma is not read as several while the service is away", async () => {
  const asked: string[] = [];
  const words = new Words({
    ...reference,
    resolveTerm: (term: string) => {
      asked.push(term);
      return Promise.reject(new ConnectError("away", Code.Unavailable));
    },
  } as unknown as Reference);
  await assert.rejects(words.skills("hide, seek"), ConnectError);
  assert.deepEqual(asked, ["hide, seek"]);
});
