// A list that says when it would be another by now. The part of the page that may change names the stream to follow.

/** After a refusal; a stream that only breaks is taken up again by the browser itself. */
const refusedMs = 60_000;

export function followList(): void {
  const results = document.querySelector<HTMLElement>("[data-results]");
  const note = document.querySelector<HTMLElement>("[data-live-note]");
  if (results === null || note === null) return;
  new Follower(results, note).start();
}

class Follower {
  private source: EventSource | undefined;
  private address = "";
  private again: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly results: HTMLElement,
    private readonly note: HTMLElement,
  ) {}

  start(): void {
    this.note.querySelector("button")?.addEventListener("click", () => location.reload());
    new MutationObserver(() => this.follow()).observe(this.results, { childList: true });
    // A page that nobody looks at holds no stream.
    document.addEventListener("visibilitychange", () => this.follow());
    addEventListener("pagehide", () => this.stop());
    this.follow();
  }

  private follow(): void {
    const wanted = document.hidden ? "" : (this.list()?.dataset["live"] ?? "");
    if (wanted === this.address) return;
    this.stop();
    this.address = wanted;
    this.note.hidden = true;
    if (wanted !== "") this.open();
  }

  private open(): void {
    const source = new EventSource(this.address);
    this.source = source;
    source.addEventListener("names", (event: MessageEvent<string>) => this.compare(JSON.parse(event.data) as string[]));
    source.addEventListener("end", () => source.close());
    source.addEventListener("error", () => {
      if (source.readyState !== EventSource.CLOSED) return;
      this.again = setTimeout(() => this.open(), refusedMs);
    });
  }

  private stop(): void {
    this.source?.close();
    this.source = undefined;
    this.address = "";
    clearTimeout(this.again);
  }

  private list(): HTMLElement | null {
    return this.results.querySelector<HTMLElement>("[data-live]");
  }

  private compare(names: readonly string[]): void {
    const shown = [...this.results.querySelectorAll<HTMLElement>("[data-match]")].map((one) => one.dataset["match"]);
    const fresh = names.filter((name) => !shown.includes(name)).length;
    const same = names.length === shown.length && names.every((name, index) => name === shown[index]);
    const words = this.note.dataset;
    const text =
      fresh === 0 ? words["changed"] : fresh === 1 ? words["one"] : words["many"]?.replace("{n}", String(fresh));
    const line = this.note.querySelector("p");
    if (line !== null && !same) line.textContent = text ?? "";
    this.note.hidden = same;
  }
}
