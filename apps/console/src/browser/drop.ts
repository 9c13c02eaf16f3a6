// A file that is dropped beside its field is chosen as if it had been looked for.

const over = "console-drop--over";

export function watchDrops(): void {
  for (const box of document.querySelectorAll<HTMLElement>("[data-drop]")) watch(box);
}

function watch(box: HTMLElement): void {
  const input = box.querySelector<HTMLInputElement>("input[type=file]");
  const hint = box.querySelector<HTMLElement>("[data-drop-hint]");
  if (input === null || hint === null) return;
  hint.hidden = false;
  box.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    box.classList.add(over);
  });
  box.addEventListener("dragleave", (event) => {
    if (!box.contains(event.relatedTarget as Node | null)) box.classList.remove(over);
  });
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    box.classList.remove(over);
    const files = event.dataTransfer?.files;
    if (files === undefined || files.length === 0) return;
    input.files = files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.focus();
  });
}
