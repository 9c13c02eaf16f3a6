// Importing a spreadsheet: what is found before anything is written, and what comes of it.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Role } from "#protos/brokerage/common/v1/access_pb";
import { Opportunity_State } from "#protos/brokerage/matching/v1/opportunity_pb";
import { Volunteer_State } from "#protos/brokerage/matching/v1/volunteer_pb";
import { Organisation_Kind } from "#protos/brokerage/registry/v1/organisation_pb";

import { checkPage, press } from "../support/browser.ts";
import { arrive, caseworker, download, fact, peopleFile, send, stored } from "../support/import-pages.ts";
import { openPage, suite } from "../support/suite.ts";

const on = suite({ volunteers: 5, opportunities: 5 });

for (const scripts of [true, false]) {
  const centre = scripts ? "thanet" : "dover";

  test(`a file is checked, imported and told row by row, ${scripts ? "with" : "without"} scripts`, async () => {
    const page = await openPage(on, "/", await caseworker(on.county, centre), scripts);
    await page.getByRole("navigation").getByRole("link", { name: "Import" }).click();
    await checkPage(page);
    await send(page, on.county, peopleFile);
    await arrive(page, "Checked: nothing is written yet");
    await checkPage(page);
    assert.equal(await fact(page, "Good rows").innerText(), "2");
    assert.equal(await fact(page, "Rows with faults").innerText(), "1");
    assert.equal(await fact(page, "Not understood, and passed over").innerText(), "Star sign");
    await page.getByText("“09:10-12:00” was read as Saturday 09:30 to 12:00").waitFor();
    await page.getByRole("heading", { name: "Ann Import" }).waitFor();
    const faults = await page.locator(".console-remarks tbody tr").first().innerText();
    for (const fault of [
      "E-mail “no address” must be",
      "Telephone “five” must be",
      "Postcode “ZZ99 9ZZ” is not",
      "How far (miles) “far” is no distance",
      "Skills “juggling chainsaws” is no skill",
      "Available “sometimes” names no day",
      "Consent date is needed to share with the county",
    ]) {
      assert.ok(faults.includes(fault), `${fault} in ${faults}`);
    }
    assert.equal(faults.split("\n").length, 1 + 7, faults);
    assert.equal((await stored(on.county, centre, "Ann Import")).length, 0);
    await press(page, "Import 2 volunteers");
    await arrive(page, "Imported");
    await checkPage(page);
    assert.equal(await fact(page, "Made").innerText(), "2");
    assert.equal(await fact(page, "Not made").innerText(), "1");
    await page.getByText("Enquiries are not matched yet").waitFor();
    await page.getByText("again within 48 hours").waitFor();
    const [ann, anotherAnn] = await stored(on.county, centre, "Ann Import");
    const [bea, anotherBea] = await stored(on.county, centre, "Bea Import");
    assert.deepEqual([anotherAnn, anotherBea], [undefined, undefined]);
    assert.deepEqual([ann?.state, bea?.state], [Volunteer_State.SEARCHING, Volunteer_State.ENQUIRY]);
    assert.equal(ann?.travelRadiusM, 8047);
    assert.deepEqual(
      ann?.skills.map(({ skill, level }) => [skill, level]),
      [
        ["skills/first-aid", 4],
        ["skills/driving", undefined],
      ],
    );
    assert.equal(ann?.consents.length, 1);
    const lines = (await download(page, "Download the results, row by row")).split("\r\n");
    assert.ok(lines[0]?.startsWith("\ufeffrow,result,record,faults,possible_duplicates,Forename,Surname"), lines[0]);
    assert.ok(lines[1]?.startsWith(`2,made,${ann?.name},`), lines[1]);
    assert.ok(lines[2]?.includes(",Bea,Import,,'+44 1233 555 0102,"), lines[2]);
    assert.ok(lines[3]?.startsWith("4,not made,,") && lines[3].includes("Skills: “juggling chainsaws”"), lines[3]);

    // What was faulty is mended in its own file, and imported.
    const faulty = await download(page, "Download the rows with faults");
    assert.equal(faulty.split("\r\n").length, 3);
    const mended = faulty.replace(/Cy,Import.*/, "Cy,Import,cy@example.org,,,,,,,,,");
    await send(page, on.county, { name: "mended.csv", text: mended });
    await arrive(page, "Checked: nothing is written yet");
    assert.equal(await fact(page, "Not understood, and passed over").innerText(), "Star sign");
    await press(page, "Import 1 volunteer");
    await arrive(page, "Imported");
    assert.equal((await stored(on.county, centre, "Cy")).length, 1);
    await page.context().close();
  });
}

test("the same file again makes nothing, and its rows can be left out", async () => {
  const token = await caseworker(on.county, "swale");
  let page = await openPage(on, "/", token);
  const named = async (name: string) => (await stored(on.county, "swale", name)).length;
  const made = async () => (await named("Ann Import")) + (await named("Bea Import"));
  for (const expected of ["Made", "Already there"]) {
    await send(page, on.county, peopleFile);
    await arrive(page, "Checked: nothing is written yet");
    // Sent twice, as by a double click.
    const address = page.url();
    await page.evaluate(async () => {
      const form = document.querySelector<HTMLFormElement>("form[action$='/run']");
      if (form === null) return;
      const body = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
      const once = () => fetch(form.action, { method: "POST", body });
      await Promise.all([once(), once()]);
    });
    await page.goto(address);
    await arrive(page, "Imported");
    assert.equal(await fact(page, expected).innerText(), "2");
    assert.equal(await made(), 2);
    // The console forgets, and the services do not.
    await page.context().close();
    await on.county.stopConsole();
    await on.county.startConsole();
    page = await openPage(on, "/", token);
  }
  await send(page, on.county, peopleFile);
  await arrive(page, "Checked: nothing is written yet");
  assert.equal(await fact(page, "Rows that may be there already").innerText(), "2");
  await page.getByRole("link", { name: "Row 2: Record 1" }).waitFor();
  await checkPage(page);
  await page.getByLabel("Leave out the rows that may be there already").check();
  await press(page, "Import 2 volunteers");
  await arrive(page, "Imported");
  assert.equal(await fact(page, "Left out, as they may be there already").innerText(), "2");
  await checkPage(page);
  // Another person of the centre is told of them too, and whoever imports them anew is told whose they may be.
  const other = await openPage(on, "/", await caseworker(on.county, "swale"));
  await send(other, on.county, peopleFile);
  await arrive(other, "Checked: nothing is written yet");
  await press(other, "Import 2 volunteers");
  await arrive(other, "Imported");
  assert.equal(await made(), 4);
  await other.getByRole("heading", { name: "May be there already" }).waitFor();
  await checkPage(other);
  await other.context().close();
  await page.context().close();
});

test("organisations are imported too", async () => {
  const text = `Organisation name,Type,Charity number,Accountable body,Income,Postcode,Area,Themes,Contact person,Email
Import Pantry,Registered charity,1001778,,"£48,500",TN23 1PL,Ashford; Swale,anti-poverty,Jo Smith,jo@example.org
Import Walkers,unconstituted group,,Import Nobody,,,,,,
Import Choir,band,,,lots,,Atlantis,,,
`;
  const page = await openPage(on, "/", await caseworker(on.county));
  for (const expected of ["Made", "Already there"]) {
    await send(page, on.county, { name: "groups.csv", text }, "Organisations");
    await arrive(page, "Checked: nothing is written yet");
    await checkPage(page);
    const faults = await page.locator(".console-remarks tbody").innerText();
    for (const fault of [
      "Accountable body “Import Nobody” is no organisation that is registered",
      "Type “band” is none of charity",
      "Income “lots” is no sum in whole pounds",
      "Area “Atlantis” is no district",
    ]) {
      assert.ok(faults.includes(fault), `${fault} in ${faults}`);
    }
    await press(page, "Import 1 organisation");
    await arrive(page, "Imported");
    assert.equal(await fact(page, expected).innerText(), "1");
  }
  const { organisations } = on.county.as(on.county.lead);
  const made = await organisations.listOrganisations({ filter: 'display_name:"Import"' });
  const [pantry, ...others] = made.organisations;
  assert.deepEqual([pantry?.identifiers, pantry?.income, others.length], [["GB-CHC-1001778"], 48_500n, 0]);
  assert.deepEqual(pantry?.districtsServed, ["districts/E07000105", "districts/E07000113"]);
  await send(
    page,
    on.county,
    {
      name: "walkers.csv",
      text: "Name,Type,Accountable body\nImport Walkers,unconstituted group,import pantry\nImport Hikers,unconstituted group,GB-CHC-1001778\n",
    },
    "Organisations",
  );
  await arrive(page, "Checked: nothing is written yet");
  assert.equal(await fact(page, "Good rows").innerText(), "2");
  await page.context().close();
});

const roles = `Role,Organisation,Where,Remote,Essential skills,Skills,When,Hours per week,Volunteers needed,DBS,Workforce,Eligibility,Share,Status
Import cook,import bakery,TN23 1PL,,food preparation:2*5,teamwork,"Tue, Thu 09:10-12:20",,3,enhanced,adults,work with adults,yes,open
Import caller,Import Bakery,,yes,,telephone work,,3h,,,,,,submitted
Import guard,Nobody & Co,TN23 1PL,yes,,,Tuesday,2h,many,enhanced,,,,open
`;

test("opportunities are imported as far as their state and the role of whoever imports them go", async () => {
  const { organisations, opportunities } = on.county.as(on.county.lead);
  await organisations.createOrganisation({
    organisation: { displayName: "Import Bakery", kind: Organisation_Kind.CIC },
  });
  const sent = { name: "roles.csv", text: roles };
  const page = await openPage(on, "/", await on.county.credential(Role.MANAGER));
  await send(page, on.county, sent, "Opportunities");
  await arrive(page, "Checked: nothing is written yet");
  await checkPage(page);
  const faults = await page.locator(".console-remarks tbody").first().innerText();
  for (const fault of [
    "Organisation “Nobody & Co” is no organisation that is registered",
    "Remote cannot be yes beside a place",
    "When “Tuesday” names no time",
    "Hours per week is another kind of schedule",
    "Volunteers needed “many” is no whole number",
  ]) {
    assert.ok(faults.includes(fault), `${fault} in ${faults}`);
  }
  await page.getByText("“09:10-12:20” was read as Tuesday 09:00 to 12:30, Thursday 09:00 to 12:30").waitFor();
  await press(page, "Import 2 opportunities");
  await arrive(page, "Imported");
  assert.equal(await fact(page, "Made").innerText(), "2");
  // All of them, whatever their state.
  await page.getByRole("link", { name: "See our opportunities, the last changed first" }).click();
  for (const title of ["Import cook", "Import caller"]) await page.getByRole("link", { name: title }).waitFor();
  const filter = 'title:"Import" AND centre=centres/ashford';
  const made = await opportunities.listOpportunities({ parent: "centres/ashford", filter });
  const states = Object.fromEntries(made.opportunities.map(({ title, state }) => [title, state]));
  assert.deepEqual(states, {
    "Import cook": Opportunity_State.OPEN,
    "Import caller": Opportunity_State.SUBMITTED,
  });
  const cook = made.opportunities.find(({ title }) => title === "Import cook");
  assert.deepEqual(
    cook?.skills.map(({ level, importance, required }) => [level, importance, required]),
    [
      [2, 5, true],
      [undefined, undefined, false],
    ],
  );
  await page.context().close();

  const other = await openPage(on, "/", await caseworker(on.county));
  await send(other, on.county, sent, "Opportunities");
  await arrive(other, "Checked: nothing is written yet");
  await other.getByText("takes a manager’s role: write submitted").first().waitFor();
  await other.getByText("The same title at the same organisation.").first().waitFor();
  await checkPage(other);
  await other.context().close();
});
