// How often someone may call.

const minuteMs = 60_000;

/** Someone may call `perMinute` times at once, and then as often as that many a minute. */
export class Buckets {
  /** When each caller may call that often at once again. Whoever called last is last; who is not here may do so now. */
  private readonly full = new Map<string, number>();
  private readonly msPerCall: number;

  constructor(
    private readonly perMinute: number,
    private readonly now: () => number = Date.now,
    private readonly most = 10_000,
  ) {
    this.msPerCall = minuteMs / perMinute;
  }

  get size(): number {
    return this.full.size;
  }

  /** Counts a call, and answers 0; or counts none, and answers after how many milliseconds one is let through. */
  take(key: string): number {
    const wait = this.waitOf(key);
    if (wait === 0) this.keep(key, this.fullAt(key) + this.msPerCall);
    return wait;
  }

  /** What `take` would answer. */
  waitOf(key: string): number {
    const debtMs = this.fullAt(key) - this.now();
    return Math.max(0, Math.ceil(debtMs - (this.perMinute - 1) * this.msPerCall));
  }

  private fullAt(key: string): number {
    return Math.max(this.now(), this.full.get(key) ?? 0);
  }

  private keep(key: string, fullAt: number): void {
    this.full.delete(key);
    this.full.set(key, fullAt);
    if (this.full.size <= this.most) return;
    const [oldest] = this.full.keys();
    if (oldest !== undefined) this.full.delete(oldest);
  }
}

export interface CallRates {
  /** Of one credential. */
  readonly perCredential: number;
  /** Of one address without a credential. */
  readonly perAddress: number;
}

/** Of one address, with credentials that nobody knows. */
const refusalsPerMinute = 30;

export interface Calling {
  readonly address: string;
  /** A hash; undefined without a credential. */
  readonly credential: string | undefined;
}

export class RateLimits {
  private readonly credentials: Buckets;
  private readonly addresses: Buckets;
  private readonly refusals: Buckets;

  constructor(rates: CallRates, now: () => number = Date.now) {
    this.credentials = new Buckets(rates.perCredential, now);
    this.addresses = new Buckets(rates.perAddress, now);
    this.refusals = new Buckets(refusalsPerMinute, now);
  }

  /** 0, or how long to wait. */
  take({ address, credential }: Calling): number {
    if (credential === undefined) return this.addresses.take(address);
    return this.refusals.waitOf(address) || this.credentials.take(credential);
  }

  /** A service let the caller in with no credential that it knows: guessing is counted by address. */
  refused({ address, credential }: Calling): void {
    if (credential !== undefined) this.refusals.take(address);
  }
}
