// The whole way from signing in to an introduction, in three ways, in few interactions.
import assert from "node:assert/strict";
import { test } from "node:test";

import { newPage } from "../support/browser.ts";
import { focusFault } from "../support/focus.ts";
import { makeRoles, walk, ways } from "../support/whole-path.ts";
import { suite } from "../support/suite.ts";

const most = 25;
const familyNames = ["Waterhouse", "Weatherby", "Wolstenholme"];

const on = suite({ volunteers: 60, opportunities: 40 }, makeRoles);

for (const [index, way] of ways.entries()) {
  test(`someone who calls is introduced in ${most} interactions, ${way.name}`, async (context) => {
    const { interactions, tabs, seconds } = await walk(on.browser, on.county, way, familyNames[index] ?? "", true);
    context.diagnostic(`${interactions} interactions, ${tabs} times Tab, ${seconds.toFixed(1)} s`);
    assert.ok(interactions <= most, `${interactions} interactions`);
  });
}

test("a focus that nobody sees is noticed", async () => {
  const page = await newPage(on.browser);
  for (const [style, fault] of [
    ["", /^$/],
    ["a:focus { outline: none }", /looks with the focus as it does without/],
    ["a { position: absolute; left: -999px }", /not to be seen/],
    ["p { position: fixed; inset: 0; background: white }", /not to be seen/],
  ] as const) {
    await page.setContent(`<style>${style}</style><a href="#one">One</a> <a href="#two">Two</a><p>Over it</p>`);
    const faults: string[] = [];
    for (const _ of ["One", "Two"]) {
      await page.keyboard.press("Tab");
      faults.push(await focusFault(page));
    }
    assert.match(faults.join(""), fault, style);
  }
  await page.context().close();
});
