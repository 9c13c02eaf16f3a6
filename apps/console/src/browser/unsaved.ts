// Asks before a form is left that was typed in and not sent.

export function guardForms(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-keep]")) guard(form);
}

function guard(form: HTMLFormElement): void {
  let touched = false;
  form.addEventListener("input", () => (touched = true));
  form.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) touched = false;
  });
  addEventListener("beforeunload", (event) => {
    if (touched) event.preventDefault();
  });
}
