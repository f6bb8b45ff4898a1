import { IDLE, LIFETIME, type System } from "./systems.ts";

/** The record that a session is known to hold. */
export interface Held {
  readonly token: string;
  /** Its absolute end, or `Infinity`. */
  readonly end: number;
  /** When a request was last sent with it. */
  usedAt: number;
}

/** All that the model knows of one session. */
export interface Watched {
  readonly index: number;
  held: Held | undefined;
  /** The latest record that it no longer holds, and the moment when it let go. */
  left: (Held & { readonly moment: number }) | undefined;
  /** The last result of each of these. It is held once the session reports it. */
  readonly offer: { login?: Held; extend?: Held; store?: Held };
  /** The latest rotation: the new token, and that of the call whose response carried it. */
  rotated: { readonly token: string; readonly from: string };
  closed: boolean;
  /** The password that was refused last, until it is tried again on demand. */
  refused: string | undefined;
  /** Whether the session may know of a refusal: renew() in the very moment of one is too early to lift it. */
  mayBeRefused: boolean;
  /** The error of the last failed login, and until when no other one may be sent, as the session says. */
  failure:
    | {
        readonly error: unknown;
        readonly until: number;
        readonly moment: number;
        /** The password that the failure is about. */
        readonly password: string | undefined;
      }
    | undefined;
  /** The password that was sent last. */
  asked: string | undefined;
  /** Whether a call that was sent again after a login was rejected. */
  unhelped: boolean;
  /** Earliest next renewal after a failed one. */
  retryAt: number;
  /** Calls of renew() that wait. */
  renewing: number;
  /** Tokens that were refused on a call's first sending, and the moment. */
  readonly rejected: Map<string, number>;
  /** Tokens that a login replaced before their known end. */
  readonly replaced: Set<string>;
  /** Tokens for which a sign-out was sent, and the moment. */
  readonly signedOut: Map<string, number>;
  /** Tokens that a conversation of it yielded, and whether they were ever held. */
  readonly heard: Map<string, boolean>;
  /** Moments of the latest of each, or -1. */
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

/** Whether a record is over by what its holder knows. */
export function isOver(system: System, held: Held, now: number): boolean {
  return now >= held.end || (system.idles && now - held.usedAt >= IDLE);
}

/** Whether a record can be in its renewal window. Chance is one half, so the first renewal is due after 0.74 of a lifetime. */
export function isDue(held: Held, now: number): boolean {
  return now >= held.end - 0.26 * LIFETIME;
}

/** What a conversation that was sent at an instant yields. */
export function yielded(system: System, token: string, sentAt: number): Held {
  return { token, end: system.ends ? sentAt + LIFETIME : Number.POSITIVE_INFINITY, usedAt: sentAt };
}
