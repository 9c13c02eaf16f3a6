// Served as /widget/volunteer-opportunities.js: defines <volunteer-opportunities>, once, whoever loads it and how often.
import { opportunitiesElement } from "./element.ts";

const name = "volunteer-opportunities";

/** Where this script came from, which is where opportunities come from. */
function originOfScript(): string {
  const running = document.currentScript;
  const script = running instanceof HTMLScriptElement ? running : document.querySelector(`script[src*="${name}.js"]`);
  const address = script?.getAttribute("src") ?? "";
  return new URL(address, document.baseURI).origin;
}

if (customElements.get(name) === undefined) customElements.define(name, opportunitiesElement(originOfScript()));
