// A page at 400 % on a screen of 1280 × 1024 pixels: read without scrolling sideways, and whoever has no mouse sees where they are
// (WCAG 2.2, 1.4.10 and 2.4.11).
import assert from "node:assert/strict";
import type { Page } from "playwright-core";

import { narrow } from "./browser.ts";
import { focusFault } from "./focus.ts";

const mostTabs = 1_000;

/** Holds the page as it is to a screen of that size: everything that the Tab key leads to is gone through. Answers how much that is. */
export async function checkZoomed(page: Page): Promise<number> {
  const size = page.viewportSize();
  await page.setViewportSize(narrow);
  assert.deepEqual(await scrolledSideways(page), [], `wider than ${narrow.width} px: ${page.url()}`);
  const reached = await goThrough(page);
  if (size !== null) await page.setViewportSize(size);
  return reached;
}

/** What has a bar to be scrolled sideways with, or would need one. */
function scrolledSideways(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("html, body *")]
      .filter((element) => {
        const scrolls = element.localName === "html" || /auto|scroll/.test(getComputedStyle(element).overflowX);
        return scrolls && element.localName !== "textarea" && element.scrollWidth > element.clientWidth;
      })
      .map((element) => `${element.scrollWidth} px: ${element.outerHTML.slice(0, 200)}`),
  );
}

async function goThrough(page: Page): Promise<number> {
  await page.evaluate(() => {
    // From the beginning, wherever one was.
    (document.activeElement as HTMLElement | null)?.blur();
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
    (globalThis as { reached?: WeakSet<Element> }).reached = new WeakSet();
  });
  for (let tabs = 0; tabs < mostTabs; tabs += 1) {
    await page.keyboard.press("Tab");
    const isNew = await page.evaluate(() => {
      const { reached } = globalThis as unknown as { reached: WeakSet<Element> };
      const element = document.activeElement;
      if (element === null || element === document.body || reached.has(element)) return false;
      reached.add(element);
      return true;
    });
    if (!isNew) return tabs;
    assert.equal(await focusFault(page), "", page.url());
  }
  throw new Error(`the Tab key does not come to an end: ${page.url()}`);
}
