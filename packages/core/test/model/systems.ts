/** One kind of vendor and of use of it. */
export interface System {
  readonly name: string;
  /** Whether a login names an absolute end. */
  readonly ends: boolean;
  /** Whether a session lives so long after its last use only. */
  readonly idles: boolean;
  /** Whether the vendor can prolong a session, and whether that changes its token. */
  readonly extends: "no" | "same token" | "new token";
  /** Whether a response may carry a new token. */
  readonly rotates: boolean;
  /** Whether credentials are a function. */
  readonly asked: boolean;
  /** Sessions that share a store. 0: one session without a store. */
  readonly sharing: 0 | 1 | 2;
}

/** The absolute lifetime in ms; its last tenth is the renewal window. */
export const LIFETIME = 20_000;
/** The idle time in ms. */
export const IDLE = 15_000;

const PLAIN = { ends: false, idles: false, extends: "no", rotates: false, asked: false, sharing: 0 } as const;

export const SYSTEMS: readonly System[] = [
  { ...PLAIN, name: "sessions without end" },
  { ...PLAIN, name: "sessions with an absolute end", ends: true },
  { ...PLAIN, name: "sessions that end by lying idle", idles: true },
  { ...PLAIN, name: "sessions that can be prolonged", ends: true, extends: "same token" },
  { ...PLAIN, name: "sessions whose token changes", ends: true, idles: true, extends: "new token", rotates: true },
  { ...PLAIN, name: "credentials that are asked for", ends: true, extends: "same token", asked: true },
  { ...PLAIN, name: "a session in a store", ends: true, idles: true, rotates: true, asked: true, sharing: 1 },
  { ...PLAIN, name: "two sessions in one store", ends: true, sharing: 2 },
  { ...PLAIN, name: "two idle sessions in one store", idles: true, rotates: true, sharing: 2 },
  { ...PLAIN, name: "two sessions in one store, prolonged", ends: true, idles: true, extends: "new token", sharing: 2 },
];
