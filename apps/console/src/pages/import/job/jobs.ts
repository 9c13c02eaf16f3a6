// The imports that are remembered: few, for a while, and each for whoever began it.
import { randomBytes } from "node:crypto";

import type { Session } from "../../../session/store.ts";
import type { Job } from "./job.ts";

export interface JobLimits {
  /** At most so many; beyond, the one that was looked at the longest ago goes. */
  readonly count: number;
  /** One that nobody looked at for so long goes. */
  readonly keepMs: number;
}

const usualLimits: JobLimits = { count: 8, keepMs: 60 * 60_000 };
const sweepMs = 60_000;

interface Entry {
  readonly job: Job;
  /** Whose it is. Someone who signs in again with the same credential finds it. */
  readonly credential: string;
  /** Those of its owner's sessions in which it was looked at. */
  readonly sessions: WeakSet<Session>;
  seenAt: number;
}

export class Jobs {
  // In the order in which they were last seen.
  private readonly entries = new Map<string, Entry>();
  private sweeper: NodeJS.Timeout | undefined;

  constructor(
    private readonly limits: JobLimits = usualLimits,
    private readonly now: () => number = Date.now,
  ) {}

  /** Takes a job up in the place of the caller's last one. Undefined: there is no room, or the last one is under way. */
  add(session: Session, job: Job): string | undefined {
    this.dropOld();
    const { credential } = session.caller;
    const last = this.idOf(session);
    if (last !== undefined && this.entries.get(last)?.job.isWorking) return undefined;
    if (last !== undefined) this.drop(last);
    for (const [id, entry] of this.entries) {
      if (this.entries.size < this.limits.count) break;
      if (!entry.job.isWorking) this.drop(id);
    }
    if (this.entries.size >= this.limits.count) return undefined;
    const id = randomBytes(12).toString("base64url");
    const entry = { job, credential, sessions: new WeakSet<Session>(), seenAt: this.now() };
    this.entries.set(id, entry);
    this.goWith(session, id, entry);
    this.sweeper ??= setInterval(() => this.dropOld(), sweepMs).unref();
    return id;
  }

  /** The job, if it is the caller's. */
  find(session: Session, id: string): Job | undefined {
    this.dropOld();
    const entry = this.entries.get(id);
    if (entry?.credential !== session.caller.credential) return undefined;
    this.goWith(session, id, entry);
    entry.seenAt = this.now();
    this.entries.delete(id);
    this.entries.set(id, entry);
    return entry.job;
  }

  /** The caller's job. */
  idOf(session: Session): string | undefined {
    for (const [id, { credential }] of this.entries) if (credential === session.caller.credential) return id;
    return undefined;
  }

  /** Whether another import of the job's centre is writing. */
  isAnotherRunning(job: Job): boolean {
    for (const entry of this.entries.values()) {
      if (entry.job !== job && entry.job.centre === job.centre && entry.job.phase === "running") return true;
    }
    return false;
  }

  get size(): number {
    return this.entries.size;
  }

  drop(id: string): void {
    this.entries.get(id)?.job.stop();
    this.entries.delete(id);
    if (this.entries.size > 0) return;
    clearInterval(this.sweeper);
    this.sweeper = undefined;
  }

  /** Whoever signs out takes their import along, also one that an earlier session of theirs began. */
  private goWith(session: Session, id: string, { sessions }: Entry): void {
    if (sessions.has(session)) return;
    sessions.add(session);
    session.ended.addEventListener("abort", () => this.drop(id));
  }

  private dropOld(): void {
    for (const [id, { job, seenAt }] of this.entries) {
      if (!job.isWorking && this.now() - seenAt >= this.limits.keepMs) this.drop(id);
    }
  }
}
