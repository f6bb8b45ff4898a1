import type { KyInstance } from "ky";
import type { Authorization } from "./authorization.ts";
import type { SessionEventName, SessionEvents } from "./events/session-events.ts";
import type { SessionHealth } from "./events/session-health.ts";
import type { SessionInfo } from "./session-info.ts";

/** The options of a method that waits. */
export interface WaitOptions {
  /** Ends this caller's wait with the signal's reason. Other callers are not affected. Default: none. */
  readonly signal?: AbortSignal;
}

/**
 * A session that keeps itself signed in. Creating one does no I/O; the first call signs in.
 *
 * Methods can be destructured. Pass the session itself, not a copy such as `{ ...session }`, which lacks the getters
 * `http`, `info` and `health`. `await using` closes the session at the end of a block.
 */
export interface Session<User = unknown> extends AsyncDisposable {
  readonly vendor: string;
  /**
   * `fetch` with the session's credential. It signs in if there is no live session. A relative URL, with or without a
   * leading slash, is joined below the base URL. An absolute URL must have the session's origin or an allowed one.
   *
   * A status such as 404 does not throw. As in a browser, responses have no `Set-Cookie`.
   * @throws {VmsError} `invalid_credentials`, `account_unavailable`, `invalid_request`, `second_factor_required`,
   * `second_factor_rejected`, `rate_limited`, `vendor_unavailable` or `unexpected_response` if the login fails.
   * @throws {InvalidOptions} `invalid_options` if `credentials` or `secondFactor` returns an invalid value, the URL
   * contains a user name or password, or a `Host` header is set.
   * @throws {OriginNotAllowed} `origin_not_allowed` if the URL's origin may not receive the credential.
   * @throws {InsecureTransport} `insecure_transport` for `http://` to a host that is not loopback, unless
   * `allowInsecureHttp` is set.
   * @throws {UnexpectedResponse} `unexpected_response` if a redirect cannot be followed.
   * @throws {SessionClosed} `session_closed` after `logout()` or `close()`.
   * @throws {TypeError} `TypeError` if the vendor cannot be reached. `cause.code` has the network error code. Other
   * errors of `fetch` are thrown as the same object, or replaced by an error with the same name if they quote the
   * credential.
   * @example
   * const response = await session.fetch("api/v1/alarmZones", { signal: AbortSignal.timeout(10_000) });
   */
  readonly fetch: typeof globalThis.fetch;
  /**
   * ky on top of `fetch`. It throws ky's `HTTPError` for a status such as 404, and ky's `NetworkError` if the vendor
   * cannot be reached. Its options `timeout` and `retry` are off by default, because a call may wait for a login.
   * @see https://github.com/sindresorhus/ky
   * @example
   * const zones = await session.http.get("api/v1/alarmZones").json();
   */
  readonly http: KyInstance;
  /** The live session's data without secrets; `undefined` if there is none. */
  readonly info: SessionInfo<User> | undefined;
  /** The session's state, last login, last failure, limits and next renewal. */
  readonly health: SessionHealth;
  /**
   * Signs in unless there is a live or stored session. It reopens a closed session.
   * @throws {VmsError} `invalid_credentials`, `account_unavailable`, `invalid_request`, `second_factor_required`,
   * `second_factor_rejected`, `rate_limited`, `vendor_unavailable` or `unexpected_response` if the login fails.
   * @throws {InvalidOptions} `invalid_options` if `credentials` or `secondFactor` returns an invalid value.
   * @throws {SessionClosed} `session_closed` if `logout()` or `close()` is called meanwhile.
   * @example
   * const { account, expiresAt } = await session.login({ signal: AbortSignal.timeout(60_000) });
   */
  login(options?: WaitOptions): Promise<SessionInfo<User>>;
  /**
   * Signs in again, even if the credentials were refused before.
   * @throws {VmsError} `invalid_credentials`, `account_unavailable`, `invalid_request`, `second_factor_required`,
   * `second_factor_rejected`, `rate_limited`, `vendor_unavailable` or `unexpected_response` if the login fails.
   * @throws {InvalidOptions} `invalid_options` if `credentials` or `secondFactor` returns an invalid value.
   * @throws {SessionClosed} `session_closed` after `logout()` or `close()`.
   * @example
   * await session.renew(); // after the password was corrected at the vendor
   */
  renew(options?: WaitOptions): Promise<SessionInfo<User>>;
  /**
   * Signs out: removes the session here and in the store, then ends it at the vendor. Calls fail with `session_closed`
   * until `login()`.
   * @throws {VmsError} `account_unavailable`, `invalid_request`, `rate_limited`, `vendor_unavailable` or
   * `unexpected_response` if the vendor does not confirm the sign-out. The session is removed anyway.
   * @throws {InvalidOptions} `invalid_options` if `credentials`, called only if the user name is not known yet, returns
   * an invalid value.
   * @example
   * await session.logout();
   */
  logout(options?: WaitOptions): Promise<void>;
  /**
   * Closes this session object and cancels a login in progress. Calls fail with `session_closed` until `login()`.
   *
   * With a store, the session stays valid for other processes and the next start. Without one, it is signed out at the
   * vendor; the event `logout` reports a failure.
   * @example
   * process.once("SIGTERM", () => session.close());
   */
  close(options?: WaitOptions): Promise<void>;
  /**
   * Returns the credential for tools that do not use `fetch`, without per-request signatures such as digest. It signs
   * in if there is no live session.
   * @throws {VmsError} `invalid_credentials`, `account_unavailable`, `invalid_request`, `second_factor_required`,
   * `second_factor_rejected`, `rate_limited`, `vendor_unavailable` or `unexpected_response` if the login fails.
   * @throws {InvalidOptions} `invalid_options` if `credentials` or `secondFactor` returns an invalid value.
   * @throws {SessionClosed} `session_closed` after `logout()` or `close()`.
   * @example
   * const { headers } = await session.authorization();
   * https.get("https://vms.acme.example/api/clips/17.mp4", { headers }, (response) => response.pipe(file));
   */
  authorization(options?: WaitOptions): Promise<Authorization>;
  /**
   * Adds an event listener and returns a function that removes it. Exceptions thrown by listeners are ignored.
   * @throws {InvalidOptions} `invalid_options` if the event is unknown, or if the listener is not a function. The
   * message names the closest known event.
   * @example
   * const stop = session.on("renewal_failed", ({ error }) => console.error("The renewal failed:", error));
   */
  on<E extends SessionEventName>(type: E, listener: (event: SessionEvents<User>[E]) => void): () => void;
}
