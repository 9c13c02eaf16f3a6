// Calls that are tried again while a service is away: all of a job wait together, so that one of them at a time asks.
import { failureOf } from "../../../services/failure.ts";

const longestMs = 5000;

/** How long is waited before each further attempt, in milliseconds: two minutes together. */
export const usualDelays: readonly number[] = [200, 400, 800, 1600, 3000, ...Array<number>(23).fill(longestMs)];

/** The service was away for as long as is waited for one. */
export class GaveUp extends Error {}

/** What passes by itself, and has changed nothing that the same request id would not find again. */
function passes(error: unknown): boolean {
  const failure = failureOf(error);
  if (failure?.reason === "STORE_FULL") return false;
  return failure?.kind === "unavailable" || failure?.kind === "busy" || failure?.reason === "CONCURRENT_CHANGE";
}

export class Patience {
  private pause: Promise<void> | undefined;
  private failures = 0;

  constructor(
    private readonly delays: readonly number[] = usualDelays,
    private readonly changed: () => void = () => {},
  ) {}

  /** Whether a service is waited for. */
  get isWaiting(): boolean {
    return this.failures > 0;
  }

  /** What `work` answers. Throws GaveUp when the service stays away, or `stopped` says so meanwhile. */
  async call<Answer>(work: () => Promise<Answer>, stopped: AbortSignal): Promise<Answer> {
    for (;;) {
      const before = this.pause;
      await before;
      if (stopped.aborted || this.failures > this.delays.length) throw new GaveUp();
      try {
        const answer = await work();
        this.forget();
        return answer;
      } catch (error) {
        if (!passes(error)) throw error;
        // Of several that failed together, one begins the pause.
        if (this.pause === before) this.wait(stopped);
      }
    }
  }

  /** Begins afresh. */
  forget(): void {
    if (this.failures === 0) return;
    this.failures = 0;
    this.changed();
  }

  private wait(stopped: AbortSignal): void {
    const delay = this.delays[this.failures];
    this.failures += 1;
    this.changed();
    if (delay === undefined) return;
    this.pause = new Promise((resolve) => {
      const over = () => {
        clearTimeout(timer);
        stopped.removeEventListener("abort", over);
        resolve();
      };
      const timer = setTimeout(over, delay);
      stopped.addEventListener("abort", over);
    });
  }
}
