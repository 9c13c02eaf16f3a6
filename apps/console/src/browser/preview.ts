// What a form would come to, while it is filled in.
import { afterTyping, fetchPart } from "./fragments";

export function watchPreview(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-preview-of]");
  const result = form?.querySelector<HTMLElement>("[data-preview-result]");
  if (!form || !result) return;
  const look = async (signal?: AbortSignal) => {
    result.setAttribute("aria-busy", "true");
    const part = await fetchPart(form.dataset["previewOf"] ?? "", new FormData(form), signal);
    if (signal?.aborted) return;
    result.removeAttribute("aria-busy");
    // Words that are the same again need not be read out again.
    if (part !== undefined && part.trim() !== shown) result.innerHTML = shown = part.trim();
  };
  let shown = "";
  afterTyping(form, (signal) => void look(signal));
  form.querySelector("[data-preview] button")?.addEventListener("click", (event) => {
    event.preventDefault();
    void look();
  });
}
