import type { KyInstance } from "ky";
import type { Authorization } from "./authorization.ts";
import type { SessionEvent } from "./events.ts";
import type { SessionInfo } from "./session-info.ts";

/** How a wait can be given up. */
export interface WaitOptions {
  /** Ends this wait with its own reason; what others wait for goes on. */
  readonly signal?: AbortSignal;
}

/**
 * A signed-in session that keeps itself signed in. Creating it does no I/O; the first call signs in.
 *
 * Its functions work apart from it. Hand on the session itself, not a copy by `{ ...session }`: `http` and `info` are not
 * in that, because they are made when they are asked for.
 */
export interface Session<User = unknown> extends AsyncDisposable {
  /** The vendor, for example `"acme"`. */
  readonly vendor: string;
  /**
   * `fetch` with the session's credential. A relative input, with or without a leading slash, is joined below the base
   * URL; an absolute one must be of the session's origin or an allowed one.
   *
   * It throws the errors of signing in, `origin_not_allowed`, `session_closed`, and what `fetch` throws; a status such as
   * 404 is a `Response`. The response has no `Set-Cookie`, as in a browser.
   */
  readonly fetch: typeof globalThis.fetch;
  /** ky over that `fetch`. */
  readonly http: KyInstance;
  /** What is known of the live session; `undefined` when there is none. No secret is in it. */
  readonly info: SessionInfo<User> | undefined;
  /** Adopts a live session, else signs in; opens a session that was signed out. */
  login(options?: WaitOptions): Promise<SessionInfo<User>>;
  /** Signs in anew, also where the last credentials were refused. */
  renew(options?: WaitOptions): Promise<SessionInfo<User>>;
  /**
   * Forgets the session here and in the store, then ends it at the vendor. After it, calls fail with `session_closed`
   * until `login()`.
   * @throws the vendor's error, after forgetting.
   */
  logout(options?: WaitOptions): Promise<void>;
  /** The credential, for tools that are not `fetch`: headers, search parameters and cookies. Signs in if need be. */
  authorization(options?: WaitOptions): Promise<Authorization>;
  /** Listens to what happens to the session. Returns how to stop listening. A listener that throws harms nobody. */
  on<E extends SessionEvent["type"]>(
    type: E,
    listener: (event: Extract<SessionEvent<User>, { type: E }>) => void,
  ): () => void;
}
