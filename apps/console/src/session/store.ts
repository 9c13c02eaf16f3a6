// Who is signed in. Kept in memory: a restart asks everyone to sign in again, and what they typed is kept in their page.
import { randomBytes } from "node:crypto";

import type { Caller } from "../services/access.ts";
import { Searches } from "./searches.ts";

/** A message that the next page shows once. */
export interface Flash {
  readonly kind: "success" | "notice";
  readonly text: string;
  readonly links?: readonly { readonly href: string; readonly text: string }[];
}

export interface Session {
  /** The bearer token. It leaves this process only in calls to the services. */
  readonly credential: string;
  readonly caller: Caller;
  /** What forms of this session carry, masked: see server/csrf.ts. */
  readonly formKey: Buffer;
  readonly searches: Searches;
  /** Aborted when the person signs out: not when the session ends by itself. */
  readonly ended: AbortSignal;
  flash: Flash | undefined;
}

interface Entry {
  readonly session: Session;
  readonly ending: AbortController;
  readonly signedInAt: number;
  seenAt: number;
}

export interface SessionLimits {
  /** A session ends after so long without a request. */
  readonly idleMs: number;
  /** A session ends so long after signing in, whatever happens. */
  readonly wholeMs: number;
  /** At most so many; beyond, the one that was quiet the longest ends. */
  readonly count: number;
}

export const defaultLimits: SessionLimits = { idleMs: 30 * 60_000, wholeMs: 12 * 3_600_000, count: 10_000 };

export class SessionStore {
  // In the order in which they were last seen.
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly limits: SessionLimits = defaultLimits,
    private readonly now: () => number = Date.now,
  ) {}

  /** Begins a session and answers the secret that stands for it. */
  begin(credential: string, caller: Caller): string {
    const id = randomBytes(32).toString("base64url");
    const ending = new AbortController();
    const session: Session = {
      credential,
      caller,
      formKey: randomBytes(32),
      searches: new Searches(),
      ended: ending.signal,
      flash: undefined,
    };
    this.entries.set(id, { session, ending, signedInAt: this.now(), seenAt: this.now() });
    this.dropEnded();
    for (const quiet of this.entries.keys()) {
      if (this.entries.size <= this.limits.count) break;
      this.entries.delete(quiet);
    }
    return id;
  }

  /** The session, which counts as seen; undefined when there is none or it has ended. */
  find(id: string): Session | undefined {
    const entry = this.entries.get(id);
    if (entry === undefined) return undefined;
    this.entries.delete(id);
    if (this.hasEnded(entry)) return undefined;
    entry.seenAt = this.now();
    this.entries.set(id, entry);
    return entry.session;
  }

  /** The session, which does not count as seen: nobody looks at what comes by itself. */
  peek(id: string): Session | undefined {
    const entry = this.entries.get(id);
    return entry === undefined || this.hasEnded(entry) ? undefined : entry.session;
  }

  end(id: string): void {
    this.entries.get(id)?.ending.abort();
    this.entries.delete(id);
  }

  /** How many there are that have not ended. */
  get size(): number {
    this.dropEnded();
    return this.entries.size;
  }

  private hasEnded(entry: Entry): boolean {
    const now = this.now();
    return now - entry.seenAt >= this.limits.idleMs || now - entry.signedInAt >= this.limits.wholeMs;
  }

  private dropEnded(): void {
    for (const [id, entry] of this.entries) if (this.hasEnded(entry)) this.entries.delete(id);
  }
}
