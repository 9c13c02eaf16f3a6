// What every browser suite stands on: a county and a browser, for as long as the file's tests run.
import { after, before } from "node:test";
import type { Browser } from "playwright-core";

import { launch } from "./browser.ts";
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
