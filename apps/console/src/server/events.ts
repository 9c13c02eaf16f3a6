// Server-sent events: what a page is told while it is open. There are few streams, for each holds one of a service's.
import { once } from "node:events";
import type { Response } from "express";

import { failureOf } from "../services/failure.ts";

/** One event: what it is called, and one line of data. */
export interface PageEvent {
  readonly event: string;
  readonly data: string;
}

const mostStreams = 32;
/** When a browser comes back after a stream has broken. */
const retryMs = 5000;

export const eventStreamType = "text/event-stream";

/** Writes, and waits until the reader has taken it or has gone: what nobody reads is not gathered. */
async function tell(response: Response, text: string, signal: AbortSignal): Promise<void> {
  if (!response.write(text)) await once(response, "drain", { signal }).catch(() => undefined);
}

export class EventStreams {
  private readonly open = new Set<AbortController>();

  constructor(private readonly most = mostStreams) {}

  get size(): number {
    return this.open.size;
  }

  /** Tells what `events` says until it ends, the reader goes, or `mayRead` says no more. Resolves when it is over. */
  async send(
    response: Response,
    events: (signal: AbortSignal) => AsyncIterable<PageEvent | undefined>,
    mayRead: () => boolean,
  ): Promise<void> {
    if (response.destroyed) return;
    // Nothing to tell: a browser does not come back after this answer.
    if (this.open.size >= this.most) return void response.status(204).end();
    const controller = new AbortController();
    this.open.add(controller);
    response.on("close", () => controller.abort());
    response.set({
      "Content-Type": eventStreamType,
      "Cache-Control": "no-store, no-transform",
      // A proxy that gathers an answer before it passes it on would hold the events back.
      "X-Accel-Buffering": "no",
    });
    const { signal } = controller;
    try {
      await tell(response, `retry: ${retryMs}\n\n`, signal);
      if (signal.aborted) return;
      for await (const one of events(signal)) {
        if (signal.aborted || !mayRead()) break;
        await tell(
          response,
          one === undefined ? ": still here\n\n" : `event: ${one.event}\ndata: ${one.data}\n\n`,
          signal,
        );
      }
    } catch (error) {
      // The browser comes back by itself, and is then told why it cannot be.
      if (failureOf(error) === undefined) throw error;
    } finally {
      this.open.delete(controller);
      controller.abort();
      response.end();
    }
  }

  /** Ends all of them. */
  endAll(): void {
    for (const controller of this.open) controller.abort();
  }
}
