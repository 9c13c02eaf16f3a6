// What is shown. Whatever came from elsewhere is set as text, never as markup.
import { scheduleText } from "./schedule.ts";
import type { Listing } from "./search.ts";
import { texts } from "./texts.ts";

type Child = Node | string;

/** An element with a part of the same name as its class, by which a page can style it. */
export function make(tag: string, name: string, ...children: readonly Child[]): HTMLElement {
  const element = document.createElement(tag);
  if (name !== "") {
    element.className = name;
    element.setAttribute("part", name);
  }
  element.append(...children);
  return element;
}

export function button(name: string, text: string, press: () => void): HTMLElement {
  const element = make("button", name, text);
  element.setAttribute("type", "button");
  element.addEventListener("click", press);
  return element;
}

const milesPerKm = 0.621371;

function whereText({ remote, outcode = "", distanceKm }: Listing): string {
  if (remote === true) return texts.remote;
  if (outcode === "" || distanceKm === undefined) return outcode;
  return texts.near(outcode, Math.max(1, Math.round(distanceKm * milesPerKm)));
}

function factsOf(listing: Listing): string[] {
  const { placesLeft = 0, minimumAge } = listing;
  return [
    whereText(listing),
    scheduleText(listing.schedule, Date.now()),
    placesLeft > 0 ? texts.places(placesLeft) : "",
    minimumAge === undefined ? "" : texts.minimumAge(minimumAge),
  ].filter(Boolean);
}

export interface ListingView {
  readonly headingLevel: number;
  /** Where someone goes who would like to help. */
  respond(opportunity: string, title: string): string | undefined;
}

export function listingItem(listing: Listing, view: ListingView): HTMLElement {
  const { title = "", organisationDisplayName = "", description = "", opportunity = "" } = listing;
  const item = make("li", "item", make(`h${view.headingLevel}`, "title", title));
  if (organisationDisplayName !== "") item.append(make("p", "organisation", organisationDisplayName));
  const facts = factsOf(listing);
  if (facts.length > 0) item.append(make("ul", "facts", ...facts.map((fact) => make("li", "fact", fact))));
  if (description !== "") item.append(make("p", "description", description));
  const address = view.respond(opportunity, title);
  if (address !== undefined) {
    const link = make("a", "respond", texts.respond, make("span", "hidden", texts.respondWith(title)));
    link.setAttribute("href", address);
    item.append(link);
  }
  return item;
}

export interface SearchForm {
  readonly form: HTMLElement;
  readonly text: () => string;
  readonly onlyRemote: () => boolean;
}

/** Words to look for, and, unless the page has decided that, whether only what is done from home is meant. */
export function searchForm(withRemote: boolean, submit: () => void): SearchForm {
  const text = document.createElement("input");
  text.type = "search";
  text.id = "text";
  text.maxLength = 100;
  const label = make("label", "label", texts.searchLabel);
  label.setAttribute("for", "text");
  const remote = document.createElement("input");
  remote.type = "checkbox";
  const send = make("button", "button", texts.search);
  send.setAttribute("type", "submit");
  const form = make("form", "form", make("div", "field", label, text));
  form.setAttribute("role", "search");
  form.setAttribute("aria-label", texts.heading);
  if (withRemote) form.append(make("label", "choice", remote, texts.remoteLabel));
  form.append(send);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  return { form, text: () => text.value.trim(), onlyRemote: () => withRemote && remote.checked };
}
