import type { SharedAttempt } from "../login/shared-attempt.ts";
import type { LiveSession } from "../state/live-session.ts";

/**
 * A session is signed out, signing in, live or closed; while live, it may be renewing. Calls wait for a login, but not for
 * a renewal. `docs/pictures/states.svg` shows the transitions.
 *
 * The attempt and the live session are states themselves, so that a call reads only one object.
 */
export type SessionState<Data, User> = SignedOut | Closed | SharedAttempt<Data, User> | Live<Data, User>;

interface SignedOut {
  readonly kind: "signed-out";
}

/** Only `login()` reopens the session (guarantee 14). */
interface Closed {
  readonly kind: "closed";
}

export interface Live<Data, User> extends LiveSession<Data, User> {
  renewal: SharedAttempt<Data, User> | undefined;
}

export const SIGNED_OUT: SignedOut = Object.freeze({ kind: "signed-out" });
export const CLOSED: Closed = Object.freeze({ kind: "closed" });
