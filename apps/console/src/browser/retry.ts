// A page that could not be shown because a service is away is loaded again when it is back.

const longestSeconds = 60;

export function retryByItself(): void {
  const box = document.querySelector<HTMLElement>("[data-retry-after]");
  if (box === null) return;
  wait(Number(box.dataset["retryAfter"]) || 1);
}

function wait(seconds: number): void {
  setTimeout(() => void look(seconds), seconds * 1000);
}

async function look(seconds: number): Promise<void> {
  try {
    const response = await fetch(location.href, { headers: { "X-Requested-With": "fetch" } });
    if (response.status !== 503) return location.reload();
  } catch {
    // Not even the console answers yet.
  }
  wait(Math.min(2 * seconds, longestSeconds));
}
