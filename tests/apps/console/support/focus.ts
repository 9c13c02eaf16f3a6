// Whether whoever has no mouse sees where they are. What is here runs in the page.
import type { Page } from "playwright-core";

/** What is wrong with what has the focus now, and with what had it before; empty when nothing is. */
export function focusFault(page: Page): Promise<string> {
  return page.evaluate(() => {
    const memory = globalThis as { focusedBefore?: { element: Element; look: string } };
    const visible = (colour: string) => !/, 0\)$|^transparent$/.test(colour);
    const lookOf = (element: Element): string => {
      // A tick's own box is drawn by its label, and a cell of the week by what is around it.
      const drawn = [element, element.nextElementSibling, element.parentElement, element.closest("label")];
      return drawn
        .flatMap((one) => (one === null ? [] : [getComputedStyle(one), getComputedStyle(one, "::before")]))
        .map(({ outlineStyle, outlineWidth, outlineColor, boxShadow, backgroundColor, borderTopColor }) => {
          const outlined = outlineStyle !== "none" && visible(outlineColor);
          return [outlined ? `${outlineWidth} ${outlineColor}` : "", boxShadow, backgroundColor, borderTopColor].join();
        })
        .join(";");
    };
    const called = (element: Element) => element.outerHTML.slice(0, 200);
    const before = memory.focusedBefore;
    const element = document.activeElement;
    if (element === null || element === document.body) return "";
    memory.focusedBefore = { element, look: lookOf(element) };
    if (before?.element.isConnected && before.element !== element && lookOf(before.element) === before.look) {
      return `looks with the focus as it does without: ${called(before.element)}`;
    }
    const [box] = element.getClientRects();
    if (box === undefined || box.width === 0) return `has the focus and is not drawn: ${called(element)}`;
    // Of what is taller than the screen a part is enough: the middle of that part.
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    const isInside = left < right && top < bottom;
    const there = isInside ? document.elementFromPoint((left + right) / 2, (top + bottom) / 2) : null;
    const shown = there !== null && (element.contains(there) || there.contains(element) || there.closest("label"));
    return shown ? "" : `has the focus and is not to be seen: ${called(element)}`;
  });
}
