import { IDLE, LIFETIME, type System } from "./systems.ts";

/** The record that a session is known to hold. */
export interface Held {
  readonly token: string;
  /** Its expiry, or `Infinity`. */
  readonly end: number;
  /** When a request was last sent with it. */
  usedAt: number;
}

/** What the model knows about a session. */
export interface Watched {
  readonly index: number;
  held: Held | undefined;
  /** The last record that the session dropped, and the moment. */
  left: (Held & { readonly moment: number }) | undefined;
  /** The last result of each kind. The session holds it as soon as an event reports it. */
  readonly offer: { login?: Held; extend?: Held; store?: Held };
  /** The latest rotation: the new token, and the token of the call whose response contained it. */
  rotated: { readonly token: string; readonly from: string };
  closed: boolean;
  /** The last refused password, until renew() tries it again. */
  refused: string | undefined;
  /** Whether the session may know a refusal. A renew() at the moment of a refusal is too early to lift it. */
  mayBeRefused: boolean;
  /** The error of the last failed login, and the end of the pause after it, as the events report them. */
  failure:
    | {
        readonly error: unknown;
        readonly until: number;
        readonly moment: number;
        /** The password of the failed login. */
        readonly password: string | undefined;
      }
    | undefined;
  /** The password that was sent last. */
  asked: string | undefined;
  /** Whether a call was rejected again after a login. */
  unhelped: boolean;
  /** The earliest time of a renewal after a failed one. */
  retryAt: number;
  /** How many calls of renew() are waiting. */
  renewing: number;
  /** Tokens that were rejected when a call was first sent, and the moment. */
  readonly rejected: Map<string, number>;
  /** Tokens that a login replaced before their expiry. */
  readonly replaced: Set<string>;
  /** Tokens for which a sign-out was sent, and the moment. */
  readonly signedOut: Map<string, number>;
  /** Tokens that logins and extensions of the session returned, and whether they were ever held. */
  readonly heard: Map<string, boolean>;
  /** The moment of the latest event of each kind, or -1. */
  readonly at: { closing: number; refusal: number; trouble: number; badLogout: number };
}

export function watched(index: number): Watched {
  return {
    index,
    held: undefined,
    left: undefined,
    offer: {},
    rotated: { token: "", from: "" },
    closed: false,
    refused: undefined,
    mayBeRefused: false,
    failure: undefined,
    asked: undefined,
    unhelped: false,
    retryAt: 0,
    renewing: 0,
    rejected: new Map(),
    replaced: new Set(),
    signedOut: new Map(),
    heard: new Map(),
    at: { closing: -1, refusal: -1, trouble: -1, badLogout: -1 },
  };
}

/** Whether a record has expired, as far as its holder knows. */
export function isOver(system: System, held: Held, now: number): boolean {
  return now >= held.end || (system.idles && now - held.usedAt >= IDLE);
}

/** Whether a record can be in its renewal window. The random number is one half, so the first renewal is due after 0.74 of a lifetime. */
export function isDue(held: Held, now: number): boolean {
  return now >= held.end - 0.26 * LIFETIME;
}

/** The record from a login or an extension that was sent at a time. */
export function yielded(system: System, token: string, sentAt: number): Held {
  return { token, end: system.ends ? sentAt + LIFETIME : Number.POSITIVE_INFINITY, usedAt: sentAt };
}
