// People at work, who count what they do: a click, a field filled in, a choice made are one interaction each.
import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";

import { focusFault } from "./focus.ts";

export interface Hands {
  readonly page: Page;
  /** How much was done. */
  readonly interactions: number;
  /** How often Tab was pressed on the way; none with a mouse. */
  readonly tabs: number;
  fill(field: Locator, text: string): Promise<void>;
  /** A link, a button, or what opens a part of the page. */
  press(target: Locator): Promise<void>;
  tick(box: Locator): Promise<void>;
  choose(list: Locator, option: string): Promise<void>;
}

export class Mouse implements Hands {
  interactions = 0;
  readonly tabs = 0;

  constructor(readonly page: Page) {}

  async fill(field: Locator, text: string): Promise<void> {
    this.interactions += 1;
    await field.click();
    await this.page.keyboard.type(text);
  }

  async press(target: Locator): Promise<void> {
    this.interactions += 1;
    await target.click();
  }

  async tick(box: Locator): Promise<void> {
    this.interactions += 1;
    await box.click();
    assert.ok(await box.isChecked());
  }

  async choose(list: Locator, option: string): Promise<void> {
    this.interactions += 1;
    await list.selectOption({ label: option });
  }
}

/** More than any page has to go through: a guard against going round for ever. */
const mostTabs = 400;

export class Keyboard implements Hands {
  interactions = 0;
  tabs = 0;

  constructor(readonly page: Page) {}

  async fill(field: Locator, text: string): Promise<void> {
    await this.reach(field);
    await this.page.keyboard.type(text);
    assert.equal(await field.inputValue(), text);
  }

  async press(target: Locator): Promise<void> {
    await this.reach(target);
    await this.page.keyboard.press("Enter");
  }

  async tick(box: Locator): Promise<void> {
    await this.reach(box);
    await this.page.keyboard.press("Space");
    assert.ok(await box.isChecked());
  }

  async choose(list: Locator, option: string): Promise<void> {
    await this.reach(list);
    await this.page.keyboard.type(option);
    const chosen = await list.evaluate((select: HTMLSelectElement) => select.selectedOptions[0]?.text);
    assert.equal(chosen, option);
  }

  /** Goes to the target as it stands on the page: on from where one is, or back. */
  private async reach(target: Locator): Promise<void> {
    this.interactions += 1;
    await target.waitFor();
    const isBehind = await target.evaluate(
      (element) =>
        document.activeElement !== null &&
        document.activeElement !== document.body &&
        (element.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
    );
    const key = isBehind ? "Shift+Tab" : "Tab";
    for (let pressed = 0; pressed < mostTabs; pressed += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press(key);
      this.tabs += 1;
      assert.equal(await focusFault(this.page), "", this.page.url());
    }
    throw new Error(`no key leads to ${String(target)}`);
  }
}
