// How often someone may call.

const minuteMs = 60_000;
const mostRemembered = 10_000;

/** Puts `key` last, and forgets the first beyond `most`. */
function keepLast<Value>(map: Map<string, Value>, key: string, value: Value, most: number): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= most) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}

/** Someone may call `perMinute` times at once, and then as often as that many a minute. */
export class Buckets {
  /** When each caller may call that often at once again. Whoever called last is last; who is not here may do so now. */
  private readonly full = new Map<string, number>();
  private readonly msPerCall: number;

  constructor(
    private readonly perMinute: number,
    private readonly now: () => number = Date.now,
    private readonly most = mostRemembered,
  ) {
    this.msPerCall = minuteMs / perMinute;
  }

  get size(): number {
    return this.full.size;
  }

  /** Counts a call, and answers 0; or counts none, and answers after how many milliseconds one is let through. */
  take(key: string): number {
    const wait = this.waitOf(key);
    if (wait === 0) keepLast(this.full, key, this.fullAt(key) + this.msPerCall, this.most);
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
  /** Credentials that were let in, those of late: nobody else's guesses hold them up. */
  private readonly known = new Map<string, true>();

  constructor(rates: CallRates, now: () => number = Date.now) {
    this.credentials = new Buckets(rates.perCredential, now);
    this.addresses = new Buckets(rates.perAddress, now);
    this.refusals = new Buckets(refusalsPerMinute, now);
  }

  /** 0, or how long to wait. */
  take({ address, credential }: Calling): number {
    if (credential === undefined) return this.addresses.take(address);
    const guessing = this.known.has(credential) ? 0 : this.refusals.waitOf(address);
    return guessing || this.credentials.take(credential);
  }

  /** A service let the caller in. */
  admitted({ credential }: Calling): void {
    if (credential !== undefined) keepLast(this.known, credential, true, mostRemembered);
  }

  /** No service knows the caller's credential: guessing is counted by address. */
  refused({ address, credential }: Calling): void {
    if (credential === undefined) return;
    this.known.delete(credential);
    this.refusals.take(address);
  }
}
