// A list that follows what is typed.
import { afterTyping, fetchPart } from "./fragments";

export function watchSearch(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-search]");
  const results = document.querySelector<HTMLElement>("[data-results]");
  if (form === null || results === null) return;
  afterTyping(form, async (signal) => {
    results.setAttribute("aria-busy", "true");
    const part = await fetchPart(form.getAttribute("action") ?? "", new FormData(form), signal);
    if (signal.aborted) return;
    results.removeAttribute("aria-busy");
    if (part === undefined) return;
    results.innerHTML = part;
    // Going back from a record finds the list as it is now.
    const address = results.querySelector<HTMLElement>("[data-address]")?.dataset["address"];
    if (address !== undefined) history.replaceState(null, "", address);
  });
}
