// Asking the server for a part of a page with a form's fields.

const pauseMs = 200;

/** Posts the fields; the part of a page that comes back, or undefined when none did: then the page's own buttons say why. */
export async function fetchPart(address: string, fields: FormData, signal?: AbortSignal): Promise<string | undefined> {
  const pairs = [...fields].filter((pair): pair is [string, string] => typeof pair[1] === "string");
  try {
    const response = await fetch(address, {
      method: "POST",
      body: new URLSearchParams(pairs),
      headers: { "X-Requested-With": "fetch" },
      ...(signal === undefined ? {} : { signal }),
    });
    return response.ok ? await response.text() : undefined;
  } catch {
    return undefined;
  }
}

/** Calls `act` when typing has paused, with a signal that ends it when typing goes on. */
export function afterTyping(input: HTMLElement, act: (signal: AbortSignal) => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | undefined;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    timer = setTimeout(() => act(signal), pauseMs);
  });
}
