// Skills, causes and the like, which are offered while one types.
import { afterTyping, fetchPart } from "./fragments";

export function watchChoices(): void {
  for (const field of document.querySelectorAll<HTMLElement>("[data-choices]")) watch(field);
}

function watch(field: HTMLElement): void {
  const name = field.dataset["choices"] ?? "";
  const input = field.querySelector<HTMLInputElement>("input[type=text]");
  const button = field.querySelector("button");
  const boxes = field.querySelector<HTMLElement>("[data-choice-boxes]");
  const form = field.closest("form");
  if (input === null || boxes === null || form === null || button === null) return;

  const look = async (signal?: AbortSignal) => {
    const fields = new FormData(form);
    const sent = new FormData();
    for (const [key, value] of fields) {
      if (key === "form_token" || key === name || key.startsWith(`${name}_`)) sent.append(key, value);
    }
    const part = await fetchPart(`/reference/choices/${name}`, sent, signal);
    if (part !== undefined && !signal?.aborted) boxes.innerHTML = part.trim();
  };
  afterTyping(input, (signal) => void look(signal));
  button.addEventListener("click", (event) => {
    event.preventDefault();
    void look();
  });
  // What is ticked may have more to say: its level. The tick keeps the focus.
  boxes.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.name !== name) return;
    if (field.querySelector(`[name="${name}_details"]`) === null) return;
    const { value } = target;
    void look().then(() => boxes.querySelector<HTMLInputElement>(`input[value="${CSS.escape(value)}"]`)?.focus());
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    void look();
  });
}
