import type { KyInstance } from "ky";
import type { Authorization } from "./authorization.ts";
import type { SessionEventName, SessionEvents } from "./events/session-events.ts";
import type { SessionHealth } from "./events/session-health.ts";
import type { SessionInfo } from "./session-info.ts";

/** The option of a method that waits. */
export interface WaitOptions {
  /** Ends this wait with the signal's reason when it aborts. Other callers are not affected. Default: none. */
  readonly signal?: AbortSignal;
}

/**
 * A signed-in session that keeps itself signed in. Creating it does no I/O; the first call signs in.
 *
 * Methods can be destructured. Pass the session itself, not a copy such as `{ ...session }`: a copy has no `http`, `info` and
 * `health`, because these are getters. `await using` closes the session at the end of a block.
 */
export interface Session<User = unknown> extends AsyncDisposable {
  /** The vendor, for example `"acme"`. */
  readonly vendor: string;
  /**
   * `fetch` with the session's credential. It signs in if there is no live session. A relative input, with or without a
   * leading slash, is joined below the base URL. An absolute URL must have the session's origin or an allowed one.
   *
   * A status such as 404 is a `Response`. The response has no `Set-Cookie`, as in a browser.
   * @throws {VmsError} `invalid_credentials`, `account_unavailable`, `invalid_request`, `second_factor_required` or
   * `second_factor_rejected` if the vendor does not accept the login.
   * @throws {VmsError} `rate_limited`, `vendor_unavailable` or `unexpected_response` if the login fails for another reason.
   * @throws {InvalidOptions} `invalid_options` if `credentials` or `secondFactor` returns an invalid value, or if the URL
   * contains a user name or password, or a header `Host` is set.
   * @throws {OriginNotAllowed} `origin_not_allowed` if the URL has an origin that may not receive the credential.
   * @throws {InsecureTransport} `insecure_transport` if the URL is `http://` to a host that is not loopback, unless
   * `allowInsecureHttp` is set.
   * @throws {UnexpectedResponse} `unexpected_response` if a redirect cannot be followed.
   * @throws {SessionClosed} `session_closed` after `logout()` or `close()`.
   * @throws {TypeError} `TypeError` if the vendor cannot be reached. `cause.code` has the network's code. Whatever else `fetch`
   * throws is thrown as the same object. If it quotes the credential, an error with its name is thrown instead.
   * @example
   * const response = await session.fetch("api/v1/alarmZones", { signal: AbortSignal.timeout(10_000) });
   */
  readonly fetch: typeof globalThis.fetch;
  /**
   * ky on top of `fetch`. It throws ky's `HTTPError` for a status such as 404, and ky's `NetworkError` if the vendor
   * cannot be reached. Otherwise it throws the errors of `fetch`. ky's own time limit and retries are off, because a call may
   * wait for a login; the options `timeout` and `retry` of a call or of `extend` set them.
   * @see https://github.com/sindresorhus/ky
   * @example
   * const zones = await session.http.get("api/v1/alarmZones").json();
   */
  readonly http: KyInstance;
  /** What is known about the live session; `undefined` if there is none. It contains no secret. */
  readonly info: SessionInfo<User> | undefined;
  /** How the session is doing: its state, the last login and failure, what is refused, and the next renewal. */
  readonly health: SessionHealth;
  /**
   * Uses a live session, else a stored one, else signs in. It opens a session that was signed out.
   * @throws {VmsError} `invalid_credentials`, `account_unavailable`, `invalid_request`, `second_factor_required` or
   * `second_factor_rejected` if the vendor does not accept the login.
   * @throws {VmsError} `rate_limited`, `vendor_unavailable` or `unexpected_response` if the login fails for another reason.
   * @throws {InvalidOptions} `invalid_options` if `credentials` or `secondFactor` returns an invalid value.
   * @throws {SessionClosed} `session_closed` if `logout()` or `close()` is called meanwhile.
   * @example
   * const { account, expiresAt } = await session.login({ signal: AbortSignal.timeout(60_000) });
   */
  login(options?: WaitOptions): Promise<SessionInfo<User>>;
  /**
   * Signs in again, even if the credentials were refused before.
   * @throws {VmsError} `invalid_credentials`, `account_unavailable`, `invalid_request`, `second_factor_required` or
   * `second_factor_rejected` if the vendor does not accept the login.
   * @throws {VmsError} `rate_limited`, `vendor_unavailable` or `unexpected_response` if the login fails for another reason.
   * @throws {InvalidOptions} `invalid_options` if `credentials` or `secondFactor` returns an invalid value.
   * @throws {SessionClosed} `session_closed` after `logout()` or `close()`.
   * @example
   * await session.renew(); // after the password was corrected at the vendor
   */
  renew(options?: WaitOptions): Promise<SessionInfo<User>>;
  /**
   * Removes the session from this object and from the store, then ends it at the vendor. Calls then fail with
   * `session_closed` until `login()`.
   * @throws {VmsError} `account_unavailable`, `invalid_request`, `rate_limited`, `vendor_unavailable` or
   * `unexpected_response` if the vendor does not confirm the sign-out. The session is removed anyway.
   * @throws {InvalidOptions} `invalid_options` if `credentials` returns an invalid value. It is called only if the user
   * name is not known yet.
   * @example
   * await session.logout();
   */
  logout(options?: WaitOptions): Promise<void>;
  /**
   * Lets go of the session. Calls then fail with `session_closed` until `login()`. A login in progress is cancelled.
   *
   * Without a store, it signs the session out at the vendor as well, because nobody else can use it. If that fails, the event
   * `logout` has the error. With a store, the session stays in the store and at the vendor, for other processes and for the
   * next start.
   * @example
   * process.once("SIGTERM", () => session.close());
   */
  close(options?: WaitOptions): Promise<void>;
  /**
   * Returns the credential for tools that do not use `fetch`. It signs in if there is no live session. What a vendor signs for
   * each request, for example by digest, is not part of it.
   * @throws {VmsError} `invalid_credentials`, `account_unavailable`, `invalid_request`, `second_factor_required` or
   * `second_factor_rejected` if the vendor does not accept the login.
   * @throws {VmsError} `rate_limited`, `vendor_unavailable` or `unexpected_response` if the login fails for another reason.
   * @throws {InvalidOptions} `invalid_options` if `credentials` or `secondFactor` returns an invalid value.
   * @throws {SessionClosed} `session_closed` after `logout()` or `close()`.
   * @example
   * const { headers } = await session.authorization();
   * https.get("https://vms.acme.example/api/clips/17.mp4", { headers }, (response) => response.pipe(file));
   */
  authorization(options?: WaitOptions): Promise<Authorization>;
  /**
   * Adds a listener for an event, and returns a function that removes it. Exceptions thrown by listeners are ignored.
   * @throws {InvalidOptions} `invalid_options` for an unknown event, and if the listener is not a function. The message
   * names the closest known event.
   * @example
   * const stop = session.on("renewal_failed", ({ error }) => console.error("The renewal failed:", error));
   */
  on<E extends SessionEventName>(type: E, listener: (event: SessionEvents<User>[E]) => void): () => void;
}
