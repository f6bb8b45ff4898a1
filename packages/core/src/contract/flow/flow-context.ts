import type { Credentials } from "../credentials.ts";
import type { SecondFactorStep } from "../second-factor.ts";
import type { SessionRecord } from "../session-record.ts";
import type { FlowResponse } from "./flow-response.ts";

/** A request of a flow. */
export interface FlowRequest<Data = never> {
  /** The HTTP method. Default: `"POST"`. */
  readonly method?: string;
  /** Headers by name. They replace the defaults of the same name. Default: none. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The body as a value, which is sent as `application/json`. Default: none. */
  readonly json?: unknown;
  /**
   * The body, which is sent unchanged: `URLSearchParams` as a form, `FormData` as multipart, a string as it is, for example
   * XML with its `content-type` among the headers. Default: none.
   */
  readonly body?: URLSearchParams | FormData | string;
  /** The data of a session whose credential is added by the flow's `authorize` and `sign`. Default: no credential. */
  readonly as?: Data;
}

/** What a flow receives for one run, such as a login. */
export interface FlowContext<Data = unknown, User = unknown, Draft = object> {
  /** The user name that signs in. */
  readonly account: string;
  /**
   * Returns the credentials of this login. A function in the option `credentials` is called once for each login.
   * @throws {InvalidOptions} `invalid_options` if the function returns no valid credentials.
   * @throws {VendorUnavailable} `vendor_unavailable` if the function does not return within `timeout`.
   * @throws {SessionClosed} `session_closed` if the flow is signing out: then there are no credentials.
   * @example
   * const { username, password } = await context.credentials();
   */
  credentials(): Promise<Credentials>;
  /**
   * Sends one request and reads the whole response, whatever its status. A relative path is joined below the flow's base
   * URL. Redirects are not followed. The body may have at most 1 MiB (1,048,576 bytes).
   * @throws {VendorUnavailable} `vendor_unavailable` if the vendor cannot be reached or does not respond in time.
   * @throws {UnexpectedResponse} `unexpected_response` if the body is too large, or if the credential of `as` cannot be sent
   * in a header.
   * @throws {OriginNotAllowed} `origin_not_allowed` if `as` is set and the URL has an origin that may not receive its
   * credential.
   * @throws {InsecureTransport} `insecure_transport` if the URL is `http://` to a host that is not loopback, unless
   * `allowInsecureHttp` is set.
   * @throws {InvalidOptions} `invalid_options` if `as` is set and the URL contains a user name or password.
   * @throws {SessionClosed} `session_closed` if the session was signed out meanwhile.
   * @example
   * const response = await context.send("login", { json: { username, password } });
   * if (!response.ok) throw response.toError();
   */
  send(path: string | URL, request?: FlowRequest<Data>): Promise<FlowResponse>;
  /**
   * Calls the option `secondFactor` for codes until the vendor accepts one. `timeout` does not count while the option runs.
   * If the vendor sends no code or refuses the last allowed code, the error that the step returned is thrown.
   * @throws {SecondFactorRequired} `second_factor_required` if the option is not set. In a renewal in the background it is
   * also thrown if the option is not marked by `nonInteractive`.
   * @throws {SecondFactorRejected} `second_factor_rejected` if the vendor accepted none of the allowed codes and the step
   * returned no error itself.
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
   * Runs a function of the user that may wait for a person. `timeout` does not count meanwhile.
   * @param option the function that is an option. If it is marked by `nonInteractive`, it needs no person.
   * @param refusal creates the error for a renewal in the background, which may not ask a person.
   * @param run calls the function. Its signal aborts when no caller waits any longer, on `logout()`, and when the login is
   * given up.
   * @returns the result of `run`. An error of `run` is passed on.
   * @throws {SessionClosed} `session_closed` if the session was signed out meanwhile.
   * @example
   * const refusal = () => new SecondFactorRequired("acme", "this renewal needs a person.", { methods: [] });
   * const video = await context.prompt(options.face, refusal, (signal) => options.face({ signal }));
   */
  prompt<A>(option: object, refusal: () => Error, run: (signal: AbortSignal) => A | Promise<A>): Promise<A>;
  /**
   * What the flow keeps between the attempts of one login, for example a session that still needs a code. It starts empty,
   * and the flow may change it. After a successful login it is dropped. After a final failure `abandon` receives it.
   */
  readonly draft: Partial<Draft>;
  /**
   * Removes every known secret of this run from a text, and shortens the text to 300 characters.
   * @example
   * const message = context.redact(response.json(errorSchema).message);
   */
  redact(text: string): string;
  /**
   * Waits, for flows that poll, for example until a person has confirmed a login elsewhere. `timeout` counts meanwhile.
   * @param ms how long, in ms.
   * @throws {VendorUnavailable} `vendor_unavailable` if `timeout` is over meanwhile.
   * @throws {SessionClosed} `session_closed` if the session was signed out meanwhile.
   * @example
   * while (!(await isConfirmed(context))) await context.sleep(2_000);
   */
  sleep(ms: number): Promise<void>;
  /** Aborts when the run is given up, for example because no caller waits any longer or `timeout` is over. */
  readonly signal: AbortSignal;
  /**
   * Returns the current time in ms since the epoch, by this machine's clock. Use it for the time at which something ends, not
   * for a duration.
   * @example
   * const isOver = expiresAt <= context.now();
   */
  now(): number;
  /**
   * Returns a time in ms for durations. It moves evenly, also if somebody sets this machine's clock. Its origin has no
   * meaning.
   * @example
   * const sentAt = context.elapsed();
   * const response = await context.send("login", { json });
   * const age = context.elapsed() - sentAt;
   */
  elapsed(): number;
  /** The session before this login, live or expired. It has data that outlives a session, such as a device id. */
  readonly previous: SessionRecord<Data, User> | undefined;
}
