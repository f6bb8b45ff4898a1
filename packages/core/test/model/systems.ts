/** A kind of vendor, and how it is used. */
export interface System {
  readonly name: string;
  /** Whether a login returns an expiry. */
  readonly ends: boolean;
  /** Whether sessions have an idle timeout. */
  readonly idles: boolean;
  /** Whether the vendor can extend a session, and whether that changes the token. */
  readonly extends: "no" | "same token" | "new token";
  /** Whether a response can contain a new token. */
  readonly rotates: boolean;
  readonly asked: boolean;
  /** How many sessions share a store. 0: one session without a store. */
  readonly sharing: 0 | 1 | 2;
}

/** The lifetime in ms. Its last tenth is the renewal window. */
export const LIFETIME = 20_000;
/** The idle timeout in ms. */
export const IDLE = 15_000;

const PLAIN = { ends: false, idles: false, extends: "no", rotates: false, asked: false, sharing: 0 } as const;

export const SYSTEMS: readonly System[] = [
  { ...PLAIN, name: "sessions without end" },
  { ...PLAIN, name: "sessions with an expiry", ends: true },
  { ...PLAIN, name: "sessions that end by lying idle", idles: true },
  { ...PLAIN, name: "sessions that can be extended", ends: true, extends: "same token" },
  { ...PLAIN, name: "sessions whose token changes", ends: true, idles: true, extends: "new token", rotates: true },
  { ...PLAIN, name: "credentials from a function", ends: true, extends: "same token", asked: true },
  { ...PLAIN, name: "a session in a store", ends: true, idles: true, rotates: true, asked: true, sharing: 1 },
  { ...PLAIN, name: "two sessions in one store", ends: true, sharing: 2 },
  { ...PLAIN, name: "two idle sessions in one store", idles: true, rotates: true, sharing: 2 },
  { ...PLAIN, name: "two sessions in one store, extended", ends: true, idles: true, extends: "new token", sharing: 2 },
];
