// <volunteer-opportunities>: the open roles of a centre, on anybody's page.
import { SearchFailed, search } from "./search.ts";
import type { Answer } from "./search.ts";
import { attributes, headingLevelOf, questionOf, respondAddress } from "./settings.ts";
import type { Read } from "./settings.ts";
import { styles } from "./styles.ts";
import { texts } from "./texts.ts";
import { button, listingItem, make, searchForm } from "./view.ts";
import type { SearchForm } from "./view.ts";

/** A style sheet of the script's own, which a page's content policy does not forbid; else an element. */
function dress(root: ShadowRoot): void {
  if ("adoptedStyleSheets" in root) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
  } else {
    const element = document.createElement("style");
    element.textContent = styles;
    (root as ShadowRoot).append(element);
  }
}

export function opportunitiesElement(scriptOrigin: string): CustomElementConstructor {
  return class extends HTMLElement {
    static readonly observedAttributes = attributes;

    private readonly root = this.attachShadow({ mode: "open" });
    private readonly read: Read = (name) => this.getAttribute(name);
    private running = new AbortController();
    private drawn = false;
    private filter: SearchForm | undefined;
    private status = make("p", "status");
    private list = make("ul", "list stack");
    private below = make("div", "below");

    constructor() {
      super();
      dress(this.root);
    }

    connectedCallback(): void {
      this.redraw();
    }

    disconnectedCallback(): void {
      this.running.abort();
    }

    attributeChangedCallback(): void {
      if (!this.isConnected || !this.drawn) return;
      // Several that change together are one change.
      this.drawn = false;
      queueMicrotask(() => this.redraw());
    }

    private redraw(): void {
      this.drawn = true;
      this.status = make("p", "status");
      this.status.setAttribute("role", "status");
      this.list = make("ul", "list stack");
      this.below = make("div", "below");
      const heading = make(`h${headingLevelOf(this.read)}`, "heading", this.read("heading") ?? texts.heading);
      heading.id = "heading";
      const section = make("section", "section stack", heading);
      section.setAttribute("aria-labelledby", "heading");
      this.filter = this.hasAttribute("search")
        ? searchForm(!this.hasAttribute("remote"), () => void this.load(""))
        : undefined;
      if (this.filter !== undefined) section.append(this.filter.form);
      section.append(this.status, this.list, this.below);
      for (const child of [...this.root.children]) if (child.localName !== "style") child.remove();
      this.root.append(section);
      void this.load("");
    }

    /** Loads the first page, or that of `pageToken` behind what is shown. */
    private async load(pageToken: string): Promise<void> {
      this.running.abort();
      const { signal } = (this.running = new AbortController());
      const question = questionOf(this.read, this.filter?.text() ?? "", this.filter?.onlyRemote() ?? false);
      this.list.setAttribute("aria-busy", "true");
      this.status.textContent = texts.loading;
      this.below.replaceChildren();
      if (pageToken === "") this.list.replaceChildren();
      try {
        const api = this.read("api") ?? scriptOrigin;
        const asked = pageToken === "" ? question : { ...question, pageToken };
        this.show(await search(api, asked, signal), pageToken !== "");
      } catch (error) {
        if (!signal.aborted) this.fail(error, pageToken);
      } finally {
        if (!signal.aborted) this.list.removeAttribute("aria-busy");
      }
    }

    private show({ listings, nextPageToken }: Answer, isMore: boolean): void {
      const view = {
        headingLevel: headingLevelOf(this.read) + 1,
        respond: (opportunity: string, title: string) => respondAddress(this.read, opportunity, title),
      };
      const items = listings.map((listing) => listingItem(listing, view));
      this.list.append(...items);
      const count = this.list.children.length;
      this.status.textContent = count === 0 ? texts.none : texts.found(count, nextPageToken !== "");
      if (nextPageToken !== "") this.below.append(button("more", texts.more, () => void this.load(nextPageToken)));
      if (isMore) this.moveTo(items[0]);
    }

    /** The button that was pressed is gone: reading goes on at the first that is new. */
    private moveTo(item: HTMLElement | undefined): void {
      const title = item?.querySelector<HTMLElement>(".title");
      title?.setAttribute("tabindex", "-1");
      title?.focus();
    }

    private fail(error: unknown, pageToken: string): void {
      // For whoever put the widget on the page: a visitor is told what helps a visitor.
      console.warn("volunteer-opportunities:", error instanceof Error ? error.message : error);
      this.status.textContent = error instanceof SearchFailed && error.busy ? texts.busy : texts.failed;
      this.below.replaceChildren(button("retry", texts.retry, () => void this.load(pageToken)));
    }
  };
}
