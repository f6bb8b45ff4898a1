import type { Authorization } from "./authorization.ts";
import type { Credentials } from "./credentials.ts";
import type { Lifetime } from "./expiry.ts";
import type { FlowResponse } from "./flow-response.ts";
import type { SecondFactorStep } from "./second-factor.ts";
import type { SessionRecord } from "./session-record.ts";

/** A request of a flow. */
export interface FlowRequest<Data = never> {
  /** The HTTP method. Default: `"POST"`. */
  readonly method?: string;
  /** Headers by name. They replace the defaults of the same name. Default: none. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The body as a value, which is sent as `application/json`. Default: none. */
  readonly json?: unknown;
  /** The body, which is sent unchanged: `URLSearchParams` as a form, `FormData` as multipart. Default: none. */
  readonly body?: URLSearchParams | FormData;
  /** The data of a session whose credential is added by the flow's `authorize`. Default: no credential. */
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
   *     return response.ok ? { accepted: response.json(tokenSchema) } : { refused: "wrong", error: response.toError() };
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

/** The result of a login. */
export interface Login<Data, User> extends Lifetime {
  /** The secret that the flow needs to authenticate calls. Plain JSON. */
  readonly data: Data;
  /** The user as the vendor describes it, without secrets. Plain JSON. */
  readonly user: User;
  /** How long the session lives after its last use, in ms. */
  readonly idleTimeout?: number | undefined;
  /** The base URL of calls. Default: the flow's base URL. */
  readonly baseUrl?: URL | undefined;
}

/** Describes how to sign in to one vendor. The flow knows *how* to sign in; the core decides *when*. */
export interface Flow<Data, User, Draft = object> {
  /** The vendor as in the package name: `"acme"` for `@vms/acme`. */
  readonly vendor: string;
  /** The base URL of the vendor's API. */
  readonly baseUrl: URL;
  /** Anything besides vendor, base URL and account that distinguishes sessions, for example a realm. Not a secret. */
  readonly identity?: string;
  /**
   * Other inputs of a login that the user can correct, for example an API key or a realm. If one changes, a refused login is
   * sent again. They can be secrets.
   */
  readonly loginInputs?: readonly string[];
  /**
   * Whether a login may wait for a person through `FlowContext.prompt`. Other processes then wait longer for a store's
   * lock. Default: no.
   */
  readonly interactive?: boolean;
  /** Whether the password may be omitted. It is then the empty string. Default: no. */
  readonly passwordOptional?: boolean;
  /**
   * Whether the vendor ends the user's earlier session at each login. A replaced session is then not signed out. Default: no.
   */
  readonly endsPrevious?: boolean;
  /** Headers of every call, unless the caller sets them, for example `accept`. Not a secret. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Origins besides the session's own that may receive the credential. In `https://*.example.com`, `*` is one label. They are
   * checked like the option `allowedOrigins` when a session is created.
   */
  readonly allowedOrigins?: readonly string[];
  /**
   * Signs in, with as many requests as needed. A result that arrives after `context.signal` aborted is signed out.
   * @example
   * async login(context) {
   *   const { username, password } = await context.credentials();
   *   const response = await context.send("login", { json: { username, password } });
   *   if (!response.ok) throw response.toError();
   *   const { token } = response.json(tokenSchema);
   *   return { data: { token }, user: { username } };
   * }
   */
  login(context: FlowContext<Data, User, Draft>): Promise<Login<Data, User>>;
  /**
   * Resumes a session that was signed in elsewhere, by its cookies.
   * @returns `undefined` if the cookies contain no session or the vendor refuses it. Then the core signs in.
   */
  resume?(
    context: FlowContext<Data, User, Draft>,
    cookies: Readonly<Record<string, string>>,
  ): Promise<Login<Data, User> | undefined>;
  /**
   * Extends a live session. Omitted fields of the result keep their value. Absent, or if it throws: the core signs in
   * again.
   */
  extend?(
    context: FlowContext<Data, User, Draft>,
    record: SessionRecord<Data, User>,
  ): Promise<Partial<Login<Data, User>>>;
  /**
   * Ends at the vendor what a failed login left open in its `draft`. It is called only if the draft is not empty. It is
   * limited and retried like `logout`, and its own failure is ignored.
   */
  abandon?(context: FlowContext<Data, User, Draft>, draft: Partial<Draft>): Promise<void>;
  /**
   * Returns the parts of a request that carry the credential.
   * @example
   * authorize: ({ data }) => ({ headers: { authorization: `Bearer ${data.token}` } })
   */
  authorize(record: SessionRecord<Data, User>): Partial<Authorization>;
  /**
   * Returns headers that sign one request, for schemes such as digest and HMAC. It is called after `authorize`, and again with
   * the vendor's challenge after a 401.
   *
   * Not supported yet: `createSession` refuses a flow that has it.
   */
  sign?(
    request: { readonly method: string; readonly url: URL; readonly body?: NonNullable<RequestInit["body"]> },
    record: SessionRecord<Data, User>,
    challenge?: string,
  ): Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
  /** Returns whether a response means that the session has ended. It must leave the body unread. Default: status 401. */
  isRejected?(response: Response): boolean | Promise<boolean>;
  /** Returns the new data if a response carries a new credential. */
  rotate?(response: Response, record: SessionRecord<Data, User>): Data | undefined;
  /** Returns how long a credential from `rotate` is valid. `record` contains it. Absent: the expiry stays. */
  lifetime?(response: Response, data: Data, record: SessionRecord<Data, User>): Lifetime;
  /**
   * Returns whether the data helps a login after the session has expired. The store then receives no `expiresAt`.
   * Default: no.
   */
  outlives?(data: Data): boolean;
  /** Ends the session at the vendor. Absent: a sign-out is local. */
  logout?(context: FlowContext<Data, User, Draft>, record: SessionRecord<Data, User>): Promise<void>;
  /**
   * Checks the `data` that a store returned, and returns it. If it throws any error, the core signs in.
   * @example
   * parse: (data) => validate(tokenSchema, data, "acme", "the stored session")
   */
  parse(data: unknown): Data;
}
