// What every browser suite stands on: a county and a browser, for as long as the file's tests run.
import { after, before } from "node:test";
import type { Browser, Page } from "playwright-core";

import { launch, newPage, signIn } from "./browser.ts";
import { startCounty } from "./county.ts";
import type { County, CountyOptions } from "./county.ts";

export interface Suite {
  readonly county: County;
  readonly browser: Browser;
}

/** Starts both before the file's tests, and ends them after. `prepare` is called once they are there. */
export function suite(options: CountyOptions = {}, prepare: (county: County) => Promise<void> = async () => {}): Suite {
  let running: Suite | undefined;
  const started = (): Suite => {
    if (running === undefined) throw new Error("no test has begun yet");
    return running;
  };
  before(async () => {
    const browser = await launch();
    try {
      running = { browser, county: await startCounty(options) };
      await prepare(running.county);
    } catch (error) {
      await running?.county.stop();
      await browser.close();
      throw error;
    }
  });
  after(async () => {
    await running?.browser.close();
    await running?.county.stop();
  });
  return {
    get county() {
      return started().county;
    },
    get browser() {
      return started().browser;
    },
  };
}

/** The page at `path`, opened by someone who has just signed in: the lead administrator unless a token says otherwise. */
export async function openPage(on: Suite, path: string, token = on.county.lead, scripts = true): Promise<Page> {
  const page = await newPage(on.browser, { javaScriptEnabled: scripts });
  await signIn(page, on.county.url, token);
  await page.goto(on.county.url + path);
  return page;
}
