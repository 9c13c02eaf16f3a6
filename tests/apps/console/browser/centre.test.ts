// A centre's settings and its credentials.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Role } from "#protos/brokerage/common/v1/access_pb";
import { Credential_State } from "#protos/brokerage/registry/v1/centre_pb";

import { checkPage, press } from "../support/browser.ts";
import { openPage, suite } from "../support/suite.ts";

const ashford = "centres/ashford";

const on = suite({ volunteers: 5, opportunities: 5 });

const centres = () => on.county.as(on.county.lead).centres;

const credentialsOf = async (centre: string) =>
  (await centres().listCredentials({ parent: centre, pageSize: 1000 })).credentials;

test("a centre's name and districts are changed, and two who do see each other's words", async () => {
  const page = await openPage(on, "/");
  await page.getByRole("navigation").getByRole("link", { name: "Centres" }).click();
  await page
    .getByRole("row", { name: /Leads the county/ })
    .getByRole("link")
    .click();
  await checkPage(page);
  await page.getByRole("link", { name: "Change name and districts" }).click();
  await checkPage(page);
  await page.getByLabel("Name").fill("");
  await press(page, "Save");
  await page.getByRole("alert").getByText("Enter a name").waitFor();
  await checkPage(page);
  await page.getByLabel("Name").fill("Ashford Volunteer Centre");
  await page.getByLabel("Swale").check();
  await centres().updateCentre({
    centre: { name: ashford, displayName: "Ashford Volunteers" },
    updateMask: { paths: ["display_name"] },
  });
  await press(page, "Save");
  await page.getByText("Someone else changed this record while you were typing").waitFor();
  await page.getByRole("row", { name: /Ashford Volunteers/ }).waitFor();
  await checkPage(page);
  await press(page, "Save mine");
  await page.getByText("Saved.").waitFor();
  const centre = await centres().getCentre({ name: ashford });
  assert.equal(centre.displayName, "Ashford Volunteer Centre");
  assert.ok(centre.districts.includes("districts/E07000113"));
  await page.context().close();
});

test("a credential's secret is shown once, and lets its holder in until it is revoked", async () => {
  const page = await openPage(on, "/centre");
  await press(page, "Make a credential");
  await checkPage(page);
  await press(page, "Make it");
  await page.getByRole("alert").getByText("Choose what it may do").waitFor();
  await checkPage(page);
  await page.getByLabel("Whose, or what for").fill("Front desk");
  await page.getByLabel("Caseworker").check();
  await page.getByLabel("Valid until").fill("2020-01-01");
  await press(page, "Make it");
  await page
    .getByRole("alert")
    .getByText(/^Valid until/)
    .waitFor();
  await page.getByLabel("Valid until").fill("2099-01-01");
  for (const scope of ["centres.read", "volunteers.read", "volunteers.write"]) await page.getByLabel(scope).check();
  await press(page, "Make it");
  await page.getByText("It is shown now and never again").waitFor();
  await checkPage(page);
  const secret = await page.getByLabel("Secret").inputValue();
  assert.match(secret, /^vb_/);
  assert.ok(!on.county.consoleLog().includes(secret), "a secret is in the log");
  const made = (await credentialsOf(ashford)).find(({ displayName }) => displayName === "Front desk");
  assert.deepEqual([made?.role, made?.scopes.length], [Role.CASEWORKER, 3]);
  assert.equal(new Date(Number(made?.expireTime?.seconds) * 1000).toISOString(), "2099-01-02T00:00:00.000Z");
  // Sending the form again makes no second one, and shows nothing.
  page.on("dialog", (dialog) => void dialog.accept());
  await page.reload();
  await page.getByText("This credential was made before").waitFor();
  assert.ok(!(await page.content()).includes(secret));
  await checkPage(page);
  const desk = await openPage(on, "/volunteers", secret);
  assert.equal(await desk.getByRole("link", { name: "Our centre" }).count(), 0);
  const row = page.getByRole("row", { name: /Front desk/ });
  await row.getByText("limited to 3 scopes").waitFor();
  await row.getByRole("link", { name: "Revoke Front desk" }).click();
  await page.getByText("It ends for good").waitFor();
  await checkPage(page);
  await press(page, "Revoke");
  await page.getByText("Revoked: it lets nobody in any more.").waitFor();
  await checkPage(page);
  const after = (await credentialsOf(ashford)).find(({ displayName }) => displayName === "Front desk");
  assert.equal(after?.state, Credential_State.REVOKED);
  await page.context().close();
  await desk.context().close();
});

test("without scripts the same is done", async () => {
  const page = await openPage(on, "/centre", on.county.lead, false);
  await press(page, "Make a credential");
  await page.getByLabel("Whose, or what for").fill("Reading room");
  await page.getByLabel("Reader").check();
  await press(page, "Make it");
  assert.match(await page.getByLabel("Secret").inputValue(), /^vb_/);
  await press(page, "I have kept it: back to the centre");
  await page.getByRole("link", { name: "Revoke Reading room" }).click();
  await press(page, "Revoke");
  await page.getByText("Revoked: it lets nobody in any more.").waitFor();
  await page.context().close();
});

test("the last lead administrator's credential stays", async () => {
  const page = await openPage(on, "/centre");
  const row = page.getByRole("row", { name: /yours/ });
  await row.getByRole("link", { name: /Revoke/ }).click();
  await press(page, "Revoke");
  await page.getByText("Nobody could administer the system without this credential").waitFor();
  await checkPage(page);
  await page.context().close();
});

test("each administrator gives what is theirs to give, where it is", async () => {
  const partner = await openPage(on, "/centre", on.county.partner);
  await checkPage(partner);
  await press(partner, "Make a credential");
  const offered = await partner.locator("input[name=role] + label").allInnerTexts();
  assert.deepEqual(offered, ["Reader", "Caseworker", "Manager", "Centre administrator"]);
  // Another centre's credentials do not exist for it.
  const other = (await credentialsOf(ashford))[0]?.name ?? "";
  const response = await partner.goto(`${on.county.url}/${other}/steps/revoke`);
  assert.ok([403, 404].includes(response?.status() ?? 0));
  await partner.goto(`${on.county.url}/${ashford}`);
  assert.equal(await partner.getByRole("heading", { name: "Credentials" }).count(), 0);
  await checkPage(partner);
  await partner.context().close();
  const lead = await openPage(on, "/centre/credentials/new");
  assert.ok((await lead.locator("input[name=role] + label").allInnerTexts()).includes("Service"));
  await lead.context().close();
  for (const role of [Role.READER, Role.MANAGER]) {
    const page = await openPage(on, "/centre/edit", await on.county.credential(role));
    await page.getByRole("heading", { name: "Your role does not allow this" }).waitFor();
    await page.context().close();
  }
});
