// A real browser, and what is asked of every page that a test visits.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import assert from "node:assert/strict";
import { join } from "node:path";
import { chromium } from "playwright-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

declare const TREE: string;

const program = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const patienceMs = 30_000; // a guard against hanging
const modules = createRequire(join(TREE, "tests/apps/console/package.json"));
const axeSource = readFileSync(modules.resolve("axe-core/axe.min.js"), "utf8");

/** What is left of a screen of 1280 × 1024 pixels at 400 %. */
export const narrow = { width: 320, height: 256 };

interface AxeResults {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: program, args: flags });
}

/** A page of someone who has not been here before. Whatever the page complains about fails the test that ends it. */
export async function newPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: "en-GB", ...options });
  context.setDefaultTimeout(patienceMs);
  return context.newPage();
}

/** Signs in with a credential. */
export async function signIn(page: Page, url: string, token: string): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel("Your credential").fill(token);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Sign out" }).waitFor();
}

/** Presses the button that is called exactly so. */
export async function press(page: Page, button: string): Promise<void> {
  await page.getByRole("button", { name: button, exact: true }).click();
}

/** Holds the page as it is to axe's rules, and its width on a small screen. */
export async function checkPage(page: Page): Promise<void> {
  if (page.context().pages().length > 0 && (await hasScripts(page))) await checkAccessibility(page);
  await checkWidth(page);
}

/** Holds the page to a small screen. */
export async function checkWidth(page: Page): Promise<void> {
  const size = page.viewportSize();
  await page.setViewportSize(narrow);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= narrow.width, `${page.url()} is ${width} px wide on a screen of ${narrow.width}`);
  if (size !== null) await page.setViewportSize(size);
}

async function hasScripts(page: Page): Promise<boolean> {
  return page.evaluate(() => document.body.classList.contains("js-enabled"));
}

/** Holds the page as it is to axe's rules. */
export async function checkAccessibility(page: Page): Promise<void> {
  await page.evaluate(axeSource);
  const results = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  const found = results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  assert.deepEqual(found, [], `axe on ${page.url()}`);
}
