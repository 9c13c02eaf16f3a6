// Work that is under way: how far it is, as it goes on, and the page anew when it has ended.

/** When there is nothing to listen to, the page is loaded again after so long. */
const reloadMs = 3000;

interface Progress {
  readonly done: number;
  readonly total: number;
  readonly text: string;
  readonly waiting: string;
}

export function followProgress(): void {
  const box = document.querySelector<HTMLElement>("[data-progress]");
  if (box === null) return;
  const source = new EventSource(box.dataset["progress"] ?? "");
  source.addEventListener("progress", (event: MessageEvent<string>) => show(box, JSON.parse(event.data) as Progress));
  source.addEventListener("end", () => {
    source.close();
    location.reload();
  });
  source.addEventListener("error", () => {
    // One that only broke is taken up again by the browser itself.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), reloadMs);
  });
  addEventListener("pagehide", () => source.close());
}

function show(box: HTMLElement, { done, total, text, waiting }: Progress): void {
  const bar = box.querySelector("progress");
  if (bar !== null) {
    bar.max = total;
    bar.value = done;
  }
  say(box.querySelector("[data-progress-text]"), text);
  say(box.querySelector("[data-progress-waiting]"), waiting);
}

/** Only what is new, for it may be read aloud. */
function say(line: Element | null, text: string): void {
  if (line !== null && line.textContent !== text) line.textContent = text;
}
