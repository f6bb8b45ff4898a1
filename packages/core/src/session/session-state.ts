import type { SharedAttempt } from "../login/shared-attempt.ts";
import type { LiveSession } from "../state/live-session.ts";

/**
 * The state of a session:
 *
 *     signed-out ──call──▶ signing-in ──answer──▶ live ──renewal due──▶ live, renewing ──answer──▶ live
 *      ▲                    │ ▲                    │                      │  └──failure──▶ live
 *      └──────failure───────┘ │                    ├─expiry or rejection──┘ (the renewal becomes the login)
 *      ◀──────────────────────┴──next call─────────┘
 *
 *     any ──logout()──▶ closed ──login()──▶ signed-out
 *
 * Calls in `signed-out` and `signing-in` wait for the one attempt. In `live` they do not wait, even during a renewal.
 *
 * The attempt and the live session are states themselves, so that a call reads only one object.
 */
export type SessionState<Data, User> = SignedOut | Closed | SharedAttempt<Data, User> | Live<Data, User>;

/** No session. The next call signs in. */
interface SignedOut {
  readonly kind: "signed-out";
}

/** Signed out by `logout()`. Only `login()` opens the session again (guarantee 14). */
interface Closed {
  readonly kind: "closed";
}

/** Signed in, with the renewal in progress if there is one. */
export interface Live<Data, User> extends LiveSession<Data, User> {
  renewal: SharedAttempt<Data, User> | undefined;
}

export const SIGNED_OUT: SignedOut = Object.freeze({ kind: "signed-out" });
export const CLOSED: Closed = Object.freeze({ kind: "closed" });
