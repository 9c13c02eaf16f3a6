// Where a postcode is, as soon as it is typed.
import { fetchPart } from "./fragments";

export function watchPostcode(): void {
  const field = document.querySelector<HTMLElement>("[data-postcode]");
  const place = document.querySelector<HTMLElement>("[data-place]");
  const input = field?.querySelector("input");
  const form = field?.closest("form");
  if (!field || !place || !input || !form) return;

  const look = async () => {
    const sent = new FormData();
    sent.append("postcode", input.value);
    sent.append("form_token", String(new FormData(form).get("form_token")));
    const part = await fetchPart("/reference/place", sent);
    if (part !== undefined) place.innerHTML = part.trim();
  };
  input.addEventListener("change", () => void look());
  field.querySelector("button")?.addEventListener("click", (event) => {
    event.preventDefault();
    void look();
  });
}
