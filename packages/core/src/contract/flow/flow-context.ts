import type { Credentials } from "../credentials.ts";
import type { SecondFactorStep } from "../second-factor.ts";
import type { SessionRecord } from "../session-record.ts";
import type { FlowResponse } from "./flow-response.ts";

/** A request that a flow sends. */
export interface FlowRequest<Data = never> {
  /** The HTTP method. Default: `"POST"`. */
  readonly method?: string;
  /** Headers by name, which override the defaults. Default: none. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A value to send as `application/json`. Default: none. */
  readonly json?: unknown;
  /**
   * A body to send unchanged: `URLSearchParams` as a form, `FormData` as multipart, or a string with its own
   * `content-type` header. Default: none.
   */
  readonly body?: URLSearchParams | FormData | string;
  /** Session data whose credential is added by the flow's `authorize` and `sign`. Default: no credential. */
  readonly as?: Data;
}

/** What a flow receives for one run, such as a login. */
export interface FlowContext<Data = unknown, User = unknown, Draft = object> {
  readonly account: string;
  /**
   * Returns this login's credentials. A function in the option `credentials` is called once per login.
   * @throws {InvalidOptions} `invalid_options` if the function returns invalid credentials.
   * @throws {VendorUnavailable} `vendor_unavailable` if the function takes longer than `timeout`.
   * @throws {SessionClosed} `session_closed` while signing out, which has no credentials.
   * @example
   * const { username, password } = await context.credentials();
   */
  credentials(): Promise<Credentials>;
  /**
   * Sends one request and reads the whole response, up to 1 MiB (1,048,576 bytes), whatever its status. A relative path
   * is joined below the flow's base URL. Redirects are not followed.
   * @throws {VendorUnavailable} `vendor_unavailable` if the vendor cannot be reached or does not respond in time.
   * @throws {UnexpectedResponse} `unexpected_response` if the body is too large, or the credential of `as` cannot be
   * sent in a header.
   * @throws {OriginNotAllowed} `origin_not_allowed` if `as` is set and the URL's origin may not receive the credential.
   * @throws {InsecureTransport} `insecure_transport` for `http://` to a host that is not loopback, unless
   * `allowInsecureHttp` is set.
   * @throws {InvalidOptions} `invalid_options` if `as` is set and the URL contains a user name or password.
   * @throws {SessionClosed} `session_closed` if the session was signed out meanwhile.
   * @example
   * const response = await context.send("login", { json: { username, password } });
   * if (!response.ok) throw response.toError();
   */
  send(path: string | URL, request?: FlowRequest<Data>): Promise<FlowResponse>;
  /**
   * Calls the option `secondFactor` for codes until the vendor accepts one. `timeout` is paused meanwhile. If the
   * vendor cannot send a code, or refuses the last allowed one, throws the step's error.
   * @throws {SecondFactorRequired} `second_factor_required` if the option is not set, or in a background renewal is not
   * marked by `nonInteractive`.
   * @throws {SecondFactorRejected} `second_factor_rejected` if the vendor accepted no code and the step returned no
   * error.
   * @throws {InvalidOptions} `invalid_options` if the option returns no code, or a method that is not offered.
   * @throws {SessionClosed} `session_closed` if the session was signed out meanwhile.
   * @example
   * const { token } = await context.secondFactor({
   *   methods: [{ type: "totp" }],
   *   maxAttempts: 3,
   *   async verify({ code }) {
   *     const response = await context.send("totp", { json: { code } });
   *     if (response.ok) return { accepted: true, value: response.json(tokenSchema) };
   *     return { accepted: false, reason: "wrong", error: response.toError() };
   *   },
   * });
   */
  secondFactor<T>(step: SecondFactorStep<T>): Promise<T>;
  /**
   * Runs a user's function that may wait for a person. `timeout` is paused meanwhile.
   * @param option the function, which may be marked by `nonInteractive`.
   * @param refusal creates the error for a background renewal, which may not prompt a person.
   * @param run calls the function. Its signal aborts when the login is abandoned, for example on `logout()`, or because
   * no caller waits any longer. Errors are passed on.
   * @throws {SessionClosed} `session_closed` if the session was signed out meanwhile.
   * @example
   * const refusal = () => new SecondFactorRequired("acme", "this renewal needs a person.", { methods: [] });
   * const video = await context.prompt(options.face, refusal, (signal) => options.face({ signal }));
   */
  prompt<A>(option: object, refusal: () => Error, run: (signal: AbortSignal) => A | Promise<A>): Promise<A>;
  /**
   * The flow's state between attempts of one login, for example a session that still needs a code. Starts empty.
   * Dropped after a successful login, passed to `abandon` after a final failure.
   */
  readonly draft: Partial<Draft>;
  /**
   * Removes every known secret of this run from a text and shortens it to 300 characters.
   * @example
   * const message = context.redact(response.json(errorSchema).message);
   */
  redact(text: string): string;
  /**
   * Waits, for flows that poll, for example until a person confirms a login elsewhere. `timeout` keeps running.
   * @throws {VendorUnavailable} `vendor_unavailable` if `timeout` runs out meanwhile.
   * @throws {SessionClosed} `session_closed` if the session was signed out meanwhile.
   * @example
   * while (!(await isConfirmed(context))) await context.sleep(2_000);
   */
  sleep(ms: number): Promise<void>;
  /** Aborts when the run is abandoned, for example because no caller waits any longer or `timeout` ran out. */
  readonly signal: AbortSignal;
  /**
   * Returns ms since the epoch, for expiry times.
   * @example
   * const isOver = expiresAt <= context.now();
   */
  now(): number;
  /**
   * Returns monotonic ms, for durations. The origin has no meaning.
   * @example
   * const sentAt = context.elapsed();
   * const response = await context.send("login", { json });
   * const age = context.elapsed() - sentAt;
   */
  elapsed(): number;
  /** The session before this login, live or expired, for example for data that outlives it, such as a device id. */
  readonly previous: SessionRecord<Data, User> | undefined;
}
