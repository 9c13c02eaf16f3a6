// Parts of a form that only some choices need. Without a script all are there.

export function watchShown(): void {
  const parts = [...document.querySelectorAll<HTMLElement>("[data-shown-for]")];
  for (const form of new Set(parts.map((part) => part.closest("form")))) {
    if (form === null) continue;
    const show = () => parts.filter((part) => form.contains(part)).forEach((part) => update(form, part));
    form.addEventListener("change", show);
    show();
  }
}

/** `data-shown-for="schedule=weekly,flexible"`: while the field has one of these values. What has a fault is always shown. */
function update(form: HTMLFormElement, part: HTMLElement): void {
  const [field = "", values = ""] = (part.dataset["shownFor"] ?? "").split("=");
  const wanted = values.split(",").includes(String(new FormData(form).get(field) ?? ""));
  part.hidden = !wanted && part.querySelector(".govuk-error-message") === null;
}
