// Importing when something is in the way: a file that cannot be read, a service that is away, a role that may not.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Role } from "#protos/brokerage/common/v1/access_pb";

import { checkPage, press } from "../support/browser.ts";
import { arrive, caseworker, download, fact, people, peopleFile, send, stored } from "../support/import-pages.ts";
import { sendPeople, untilOffers } from "../support/imported.ts";
import { until } from "../support/processes.ts";
import { openPage, suite } from "../support/suite.ts";
import { Visitor } from "../support/visitor.ts";

const on = suite({ volunteers: 5, opportunities: 5 });

test("what cannot be read is said at the field, in words", async () => {
  const page = await openPage(on, "/import", await caseworker(on.county));
  await press(page, "Check it");
  await page.getByRole("alert").getByText("Choose a file").waitFor();
  await checkPage(page);
  const workbook = Buffer.from([0x50, 0x4b, 0x03, 0x04, 0, 0]);
  for (const [text, words] of [
    ["", "The file is empty"],
    ["Forename,Surname,Email\n", "The file has headings but no rows"],
    ["Colour\nred\n", "No heading in the first row is understood"],
    ["Forename,First name,Email\nAnn,Ann,a@example.org\n", "Several columns mean “Given name”"],
    ["Forename\nAnn\n", "There is no column for any of “Phone”, “Email”, “Postcode”"],
    ['Forename,Email\n"Ann,a@example.org\n', "Row 2 begins a quotation mark that nothing closes"],
    [`Forename,Email\n${"Ann,a@example.org\n".repeat(10_001)}`, "more than 10,000 rows"],
    ["a".repeat(5 * 1024 * 1024 + 1), "larger than 5 MB"],
    [workbook, "The file is a workbook"],
    [Buffer.from([0, 1, 2, 3]), "The file is not a CSV file"],
  ] as const) {
    await send(page, on.county, { name: "people.csv", text });
    await page.getByRole("alert").getByText(words).waitFor();
  }
  await checkPage(page);
  await page.context().close();
});

test("a file that Excel saved is read as it was meant, and that is said", async () => {
  const page = await openPage(on, "/import", await caseworker(on.county));
  const text = Buffer.from('Forename;Telephone;Notes\r\nZo\xeb;01233 555 0110;"two\r\nlines"\r\n', "latin1");
  await send(page, on.county, { name: "excel.csv", text });
  await arrive(page, "Checked: nothing is written yet");
  await page.getByText("it was read as Windows-1252").waitFor();
  await page.getByText("Its cells are parted by semicolons.").waitFor();
  await page.getByRole("heading", { name: "Zoë" }).waitFor();
  await checkPage(page);
  await page.context().close();
});

test("whatever stands in a list that is looked up, its row alone is at fault", async () => {
  const page = await openPage(on, "/import", await caseworker(on.county));
  const free = `I was a nurse for ${"very ".repeat(60)}many years`;
  const texts = [
    free,
    "é".repeat(150),
    "💥".repeat(240),
    "a\u007fb\u0085c",
    ":",
    "*",
    ":4",
    "\u202e",
    '"',
    "\\",
    "organisations/x y",
  ];
  const cells = texts.map((text) => `"${text.replaceAll('"', '""')}"`);
  const good = `first aid, ${"teamwork, ".repeat(25)}driving`;
  const people = [
    ...cells.map((cell) => `Ann,01233 555 0130,${cell},`),
    ...cells.map((cell) => `Ann,01233 555 0130,,${cell}`),
  ];
  const roles = cells.map((cell) => `Cook,${cell},`);
  const groups = cells.map((cell) => `Walkers,Unconstituted group,${cell}`);
  for (const [kind, headings, rows, sound] of [
    ["Volunteers", "Forename,Telephone,Skills,Interests", people, `Bea,01233 555 0131,"${good}",`],
    ["Opportunities", "Role,Organisation,Remote", roles, "Cook,,yes"],
    ["Organisations", "Name,Type,Accountable body", groups, "Hikers,Charity,"],
  ] as const) {
    await send(page, on.county, { name: "free.csv", text: [headings, ...rows, sound, ""].join("\n") }, kind);
    await arrive(page, "Checked: nothing is written yet");
    assert.equal(await fact(page, "Good rows").innerText(), "1", kind);
    assert.equal(await fact(page, "Rows with faults").innerText(), String(rows.length), kind);
  }
  await checkPage(page);
  await page.context().close();
});

test("a file may be dropped, and an empty spreadsheet be had", async () => {
  const page = await openPage(on, "/import", await caseworker(on.county));
  const files = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], "dropped.csv", { type: "text/csv" }));
    return transfer;
  }, people);
  await page.locator("[data-drop]").dispatchEvent("dragover", { dataTransfer: files });
  await checkPage(page);
  await page.locator("[data-drop]").dispatchEvent("drop", { dataTransfer: files });
  await press(page, "Check it");
  await arrive(page, "Checked: nothing is written yet");
  await page.getByText("dropped.csv").waitFor();
  await page.goto(`${on.county.url}/import`);
  await page.getByRole("link", { name: "dropped.csv, 3 rows" }).waitFor();
  await checkPage(page);
  const empty = await download(page, "Download an empty spreadsheet for volunteers");
  assert.match(empty, /^\ufeffExternal ID,Display name,Given name,/);
  await page.getByRole("link", { name: "Columns for volunteers" }).click();
  await page.getByText("first name, forename").waitFor();
  await checkPage(page);
  await page.context().close();
});

const forty = (name: string) => ({
  name: "away.csv",
  text: `Forename,Telephone\n${`${name},01233 555 0120\n`.repeat(40)}`,
});

const madeAt = async (centre: string, name: string) => (await stored(on.county, centre, name)).length;

test("a service that is away is waited for, and one import of a centre writes at a time", async () => {
  const page = await openPage(on, "/", await caseworker(on.county, "gravesham"));
  const other = await openPage(on, "/", await caseworker(on.county, "gravesham"));
  for (const [who, name] of [
    [page, "First"],
    [other, "Second"],
  ] as const) {
    await send(who, on.county, forty(name));
    await arrive(who, "Checked: nothing is written yet");
  }
  // All have the same telephone number.
  assert.equal(await fact(other, "Rows that may be there already").innerText(), "39");
  await other.getByText("Row 3: row 2 of this file").waitFor();
  await on.county.stopMatching();
  await press(page, "Import 40 volunteers");
  await page.getByText("The service does not answer at the moment").waitFor();
  await checkPage(page);
  await press(other, "Import 40 volunteers");
  await other.getByText("Another import of your centre is writing at the moment.").waitFor();
  await checkPage(other);
  await send(page, on.county, forty("Third"));
  await page.getByText("Your last import is still under way.").waitFor();
  await page.getByRole("link", { name: "away.csv, 40 rows" }).click();
  await on.county.startMatching();
  await arrive(page, "Imported");
  assert.equal(await fact(page, "Made").innerText(), "40");
  await press(other, "Import 40 volunteers");
  await arrive(other, "Imported");
  assert.deepEqual([await madeAt("gravesham", "First"), await madeAt("gravesham", "Second")], [40, 40]);
  await other.context().close();
  await page.context().close();
});

test("a check and an import can be stopped and gone on with", async () => {
  for (const scripts of [true, false]) {
    const page = await openPage(on, "/", await caseworker(on.county, "sevenoaks"), scripts);
    const name = scripts ? "Scripted" : "Plain";
    await on.county.stopMatching();
    await send(page, on.county, forty(name));
    await press(page, "Stop");
    await arrive(page, "Not checked to the end");
    await page.getByText("It was stopped before its end.").waitFor();
    await checkPage(page);
    await on.county.startMatching();
    await press(page, "Go on");
    await arrive(page, "Checked: nothing is written yet");
    await on.county.stopMatching();
    await press(page, "Import 40 volunteers");
    await press(page, "Stop");
    await arrive(page, "Not imported to the end");
    await checkPage(page);
    await on.county.startMatching();
    await press(page, "Go on");
    await arrive(page, "Imported");
    assert.equal(await fact(page, "Made").innerText(), "40");
    assert.equal(await madeAt("sevenoaks", name), 40);
    await page.context().close();
  }
});

/** Ends the matching service without a warning while rows are with it, and starts it again. */
async function dieInTheMiddle(visitor: Visitor, path: string): Promise<void> {
  const progress = async () => {
    const { text } = await visitor.follow(`${path}/live`);
    const { done, total } = JSON.parse(/^data: (\{.*)$/m.exec(text)?.[1] ?? "{}") as { done?: number; total?: number };
    return { done: done ?? 0, isWhole: done === undefined || done === total };
  };
  await until(async () => (await progress()).done > 100, "some rows to be done");
  await on.county.stopMatching("SIGKILL");
  assert.ok(!(await progress()).isWhole, "there were calls under way");
  await on.county.startMatching();
}

test("a service that dies in the middle is waited for, and every row is made once", async () => {
  const visitor = await Visitor.signIn(on.county.url, await caseworker(on.county, "tunbridge-wells"));
  const rows = Array.from({ length: 900 }, (_, index) => `Crash ${index},crash${index}@example.org`);
  const path = await sendPeople(visitor, "Name,Email", rows);
  await dieInTheMiddle(visitor, path);
  await untilOffers(visitor, path, "run");
  await visitor.post(`${path}/run`, []);
  await dieInTheMiddle(visitor, path);
  await untilOffers(visitor, path, "results");
  const results = (await visitor.get(`${path}/results`)).text.split("\r\n");
  assert.equal(results.filter((line) => /^\d+,made,/.test(line)).length, rows.length);
  assert.equal((await stored(on.county, "tunbridge-wells", "Crash")).length, rows.length);
});

test("nobody sees another's import, and it is gone when they sign out", async () => {
  const token = await caseworker(on.county);
  const page = await openPage(on, "/", token);
  await send(page, on.county, peopleFile);
  await arrive(page, "Checked: nothing is written yet");
  const job = page.url();
  const other = await openPage(on, "/", await caseworker(on.county, "dover"));
  for (const part of ["", "/results", "/faulty", "/live"]) {
    assert.equal((await other.context().request.get(job + part)).status(), 404, part);
  }
  // A form that is not ours, and one without its token, do nothing.
  assert.equal((await page.context().request.post(`${job}/run`)).status(), 403);
  assert.equal(
    (await page.context().request.post(`${on.county.url}/import`, { multipart: { kind: "volunteers" } })).status(),
    403,
  );
  await other.context().close();
  // Signed in anew with the same credential one finds it again, until one has signed out.
  const again = await openPage(on, "/import", token);
  await again.getByRole("link", { name: "people.csv, 3 rows" }).click();
  await again.getByRole("heading", { name: "Checked: nothing is written yet" }).waitFor();
  await press(page, "Sign out");
  assert.equal((await again.context().request.get(job)).status(), 404);
  await again.context().close();
  await page.context().close();
  assert.doesNotMatch(on.county.consoleLog(), /Import|example\.org|people\.csv|Ann/);
});

test("who may not register is offered no import, and a file that is sent too late is not kept", async () => {
  const reader = await openPage(on, "/", await on.county.credential(Role.READER));
  assert.equal(await reader.getByRole("link", { name: "Import" }).count(), 0);
  assert.equal((await reader.goto(`${on.county.url}/import`))?.status(), 403);
  await reader.context().close();
  const page = await openPage(on, "/import", await caseworker(on.county));
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "x.csv", mimeType: "text/csv", buffer: Buffer.from(people) });
  await page.context().clearCookies();
  await press(page, "Check it");
  await page.getByText("the form could not be kept").waitFor();
  await page.getByLabel("Your credential").fill(await caseworker(on.county));
  await press(page, "Sign in");
  await page.getByRole("heading", { name: "Import", level: 1 }).waitFor();
  await page.context().close();
});
