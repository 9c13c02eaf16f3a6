// Pages as a browser reads them, without drawing them: where they lead, and what can be sent from them.
import type { Browser, Page } from "playwright-core";

import { newPage } from "./browser.ts";
import type { Pair } from "./visitor.ts";

/** A form as one of its buttons sends it. */
export interface FormFound {
  /** The page that it is on. */
  readonly from: string;
  readonly method: string;
  readonly action: string;
  readonly fields: readonly Pair[];
  /** Whether it holds files. */
  readonly files: boolean;
  /** Whether it only looks for something. */
  readonly search: boolean;
  /** Whether a script of ours sends it while someone types: what is shown of it is a part of the page. */
  readonly scripted: boolean;
  /** The fields that are typed in, and those that are chosen in, with what there is to choose. */
  readonly typed: readonly string[];
  readonly chosen: readonly (readonly [name: string, values: readonly string[]])[];
}

export interface PageRead {
  readonly title: string;
  /** What is to be read on it, scripts and styles left out. */
  readonly words: string;
  readonly links: readonly string[];
  /** What an open page asks to be told. */
  readonly streams: readonly string[];
  readonly forms: readonly FormFound[];
  /** What is there that no template makes: scripts in the page, handlers, addresses that run. */
  readonly foreign: readonly string[];
}

export class Parser {
  private constructor(private readonly page: Page) {}

  static async open(browser: Browser): Promise<Parser> {
    return new Parser(await newPage(browser));
  }

  close(): Promise<void> {
    return this.page.context().close();
  }

  /** `path` is where a form without an address is sent. */
  read(html: string, path: string): Promise<PageRead> {
    return this.page.evaluate(readPage, { html, path });
  }
}

/** Runs in the browser: nothing from outside is in it. */
function readPage({ html, path }: { html: string; path: string }): PageRead {
  const page = new DOMParser().parseFromString(html, "text/html");
  const attributes = (name: string) =>
    [...page.querySelectorAll(`[${name}]`)].map((one) => one.getAttribute(name) ?? "");

  const controlsOf = (form: HTMLFormElement) => [...form.elements] as HTMLInputElement[];
  const isButton = ({ tagName, type }: HTMLInputElement) => tagName === "BUTTON" || type === "submit";
  const isTicked = (one: HTMLInputElement) => !["checkbox", "radio"].includes(one.type) || one.checked;
  const isSent = (one: HTMLInputElement) => one.name !== "" && !isButton(one) && one.type !== "file" && isTicked(one);
  const isTyped = ({ tagName, type }: HTMLInputElement) =>
    tagName === "TEXTAREA" || ["text", "search", "email", "tel", "url", "number", "password"].includes(type);

  const formOf = (form: HTMLFormElement, button?: HTMLInputElement): FormFound => {
    const controls = controlsOf(form);
    const pressed: Pair[] = button?.name ? [[button.name, button.value]] : [];
    const lists = controls.filter(({ tagName }) => tagName === "SELECT") as unknown as HTMLSelectElement[];
    const typed = controls.filter(isTyped).map(({ name }) => name);
    return {
      from: path,
      method: (button?.getAttribute("formmethod") ?? form.getAttribute("method") ?? "get").toLowerCase(),
      action: button?.getAttribute("formaction") ?? form.getAttribute("action") ?? path,
      fields: [...controls.filter(isSent).map(({ name, value }): Pair => [name, value]), ...pressed],
      files: form.getAttribute("enctype") === "multipart/form-data",
      search: form.getAttribute("role") === "search" || form.hasAttribute("data-search"),
      scripted: false,
      typed: typed.filter((name) => name !== ""),
      chosen: lists.map(({ name, options }) => [name, [...options].map(({ value }) => value)] as const),
    };
  };
  const sentBy = (form: HTMLFormElement): FormFound[] => {
    const buttons = controlsOf(form).filter((one) => isButton(one) && !["button", "reset"].includes(one.type));
    return buttons.length === 0 ? [formOf(form)] : buttons.map((button) => formOf(form, button));
  };
  /** What a script of ours sends of a form while someone types. */
  const asked = (marked: string, action: (value: string) => string): FormFound[] =>
    [...page.querySelectorAll(`[${marked}]`)].flatMap((one) => {
      const form = one.closest("form");
      const value = one.getAttribute(marked) ?? "";
      return form === null
        ? []
        : [{ ...formOf(form), method: "post", action: action(value), search: false, scripted: true }];
    });

  const runs = (address: string | null) => /^\s*(javascript|data|vbscript):/i.test(address ?? "");
  const leads = (one: Element) => ["href", "src", "action", "formaction"].map((name) => one.getAttribute(name));
  const isForeign = (one: Element) =>
    one.getAttributeNames().some((name) => name.startsWith("on") || !/^[a-z][a-z0-9-]*$/i.test(name)) ||
    leads(one).some((address) => runs(address) || address?.startsWith("//") === true) ||
    (one.tagName === "SCRIPT" && !one.hasAttribute("src") && !one.hasAttribute("nonce")) ||
    (["IMG", "IFRAME", "OBJECT", "EMBED", "BASE"].includes(one.tagName) && one.className !== "console-header__icon");
  const foreign = [...page.querySelectorAll("*")].filter(isForeign).map((one) => one.outerHTML.slice(0, 200));

  for (const one of page.querySelectorAll("script, style, template")) if (one.closest("head, body")) one.remove();
  const forms = [...page.querySelectorAll("form")].flatMap(sentBy);
  return {
    title: page.title,
    words: page.body.textContent ?? "",
    links: [...page.querySelectorAll("a[href]")].map((one) => one.getAttribute("href") ?? ""),
    foreign,
    streams: [...attributes("data-live"), ...attributes("data-progress")].filter((address) => address !== ""),
    forms: [
      ...forms,
      ...asked("data-choices", (field) => `/reference/choices/${field}`),
      ...asked("data-postcode", () => "/reference/place"),
      ...asked("data-preview-of", (address) => address),
    ],
  };
}
