import type { Answer } from "./answer.ts";
import type { Authorization } from "./authorization.ts";
import type { Credentials } from "./credentials.ts";
import type { Lifetime } from "./expiry.ts";
import type { SecondFactorStep } from "./second-factor.ts";
import type { SessionRecord } from "./session-record.ts";

/** A request of a flow. */
export interface FlowRequest<Data = unknown> {
  /** Default: `"POST"`. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as `application/json`. */
  readonly json?: unknown;
  /** Sent as it is: `URLSearchParams` as a form, `FormData` as multipart. */
  readonly body?: URLSearchParams | FormData;
  /** The session to send the request as: the credential is added by the flow's own `authorize`. Default: none. */
  readonly as?: Data;
}

/** What the core lends to a flow for one run, such as a login. */
export interface FlowContext<Data = unknown, User = unknown, Draft = object> {
  /** The user name that signs in. */
  readonly account: string;
  /** The credentials of this login. A function given as an option is called once for each login. */
  credentials(): Promise<Credentials>;
  /**
   * Sends one request and reads its whole answer, whatever its status. A relative path is joined below the flow's base
   * URL. Redirects are not followed. The body of the answer may have at most 1 MiB (1,048,576 bytes).
   * @throws {VendorUnavailable} (`vendor_unavailable`) if the vendor cannot be reached or does not answer in time.
   * @throws {UnexpectedResponse} (`unexpected_response`) if the answer is too large.
   * @throws {OriginNotAllowed} (`origin_not_allowed`) if `as` is given and the URL may not see its credential.
   */
  send(path: string | URL, request?: FlowRequest<Data>): Promise<Answer>;
  /**
   * Asks the option `secondFactor` for codes until the vendor accepts one. `timeout` does not count while it is asked.
   * @throws {SecondFactorRequired} (`second_factor_required`) if the option is not set, and in a renewal in the
   * background unless the option is marked by `unattended`.
   */
  secondFactor<T>(step: SecondFactorStep<T>): Promise<T>;
  /**
   * Runs a function of the user that may wait for a person. `timeout` does not count meanwhile.
   * @param answerer the function that was given as an option. `unattended` marks one that needs no person.
   * @param refusal makes the error for a renewal in the background, which asks nobody.
   */
  ask<A>(answerer: object, refusal: () => Error, run: (signal: AbortSignal) => A | Promise<A>): Promise<A>;
  /**
   * What the flow keeps from one try of this login to the next, for example a session that still lacks a code. It starts
   * empty, is changed by the flow, and is gone when the login has succeeded. If the login fails for good, `abandon` gets it.
   */
  readonly draft: Partial<Draft>;
  /** Removes every known secret of this run from a text of the vendor, and cuts the text to 300 characters. */
  redact(text: string): string;
  /** Aborts when nobody waits for this run any more. */
  readonly signal: AbortSignal;
  /** The current time in ms since the epoch. */
  now(): number;
  /** The session's record before this login, live or expired: for data that outlives a session, such as a device id. */
  readonly previous: SessionRecord<Data, User> | undefined;
}

/** The result of a login. */
export interface Login<Data, User> extends Lifetime {
  /** What the flow needs to authenticate calls. Plain JSON. */
  readonly data: Data;
  /** The vendor's user, without secrets. Plain JSON. */
  readonly user: User;
  /** How long the session lives after its last use, in ms. */
  readonly idleTimeout?: number | undefined;
  /** Where calls go, where that is not the flow's base URL. */
  readonly baseUrl?: URL | undefined;
}

/** How one vendor signs in. A flow knows *how*; the core decides *when*. */
export interface Flow<Data, User, Draft = object> {
  /** The vendor, as in its package's name: `"acme"` for `@vms/acme`. */
  readonly vendor: string;
  /** Where the vendor's API is. */
  readonly baseUrl: URL;
  /** Anything besides vendor, origin and account that separates sessions, for example a realm. No secret. */
  readonly identity?: string;
  /** Whether a login may wait for a person by `FlowContext.ask`. A store's lock is then waited for longer. */
  readonly asksHuman?: boolean;
  /** Whether a login needs no password. `credentials` may then have none, and it is the empty string. */
  readonly passwordless?: boolean;
  /** Headers of every call, unless the caller sets them, for example `accept`. No secret. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Origins besides the session's own that may see the credential. `https://*.example.com` allows one label. */
  readonly allowedOrigins?: readonly string[];
  /** Signs in, with as many requests as that takes. A result that comes after `context.signal` aborted is signed out. */
  login(context: FlowContext<Data, User, Draft>): Promise<Login<Data, User>>;
  /**
   * Resumes a session that was signed in elsewhere, by its cookies.
   * @returns `undefined` if the cookies hold no session or the vendor refuses it. Then the core signs in.
   */
  resume?(
    context: FlowContext<Data, User, Draft>,
    cookies: Readonly<Record<string, string>>,
  ): Promise<Login<Data, User> | undefined>;
  /** Extends a live session. Fields that the result omits keep their value. Absent: the core signs in again instead. */
  extend?(
    context: FlowContext<Data, User, Draft>,
    record: SessionRecord<Data, User>,
  ): Promise<Partial<Login<Data, User>>>;
  /**
   * Ends at the vendor what a login that failed for good left open in its `draft`. It is bounded and retried like
   * `logout`, called only if the draft is not empty, and its own failure is ignored.
   */
  abandon?(context: FlowContext<Data, User, Draft>, draft: Partial<Draft>): Promise<void>;
  /** Where the credential goes on a request. */
  authorize(record: SessionRecord<Data, User>): Partial<Authorization>;
  /** Whether a response says that the session has ended. It must leave the response's body unread. Default: status 401. */
  isRejected?(response: Response): boolean | Promise<boolean>;
  /** The new data, if a response carries a new credential. */
  rotate?(response: Response, record: SessionRecord<Data, User>): Data | undefined;
  /** How long a credential from `rotate` lives. Absent: as long as the one before it. */
  lifetime?(response: Response, data: Data): Lifetime;
  /**
   * Whether the data helps a later login after the session has expired. A store is then not told when the session
   * expires. Absent: no.
   */
  outlives?(data: Data): boolean;
  /** Ends the session at the vendor. Absent: signing out is local. */
  logout?(context: FlowContext<Data, User, Draft>, record: SessionRecord<Data, User>): Promise<void>;
  /**
   * Checks what a store returned as `data`.
   * @throws if it is not this flow's data.
   */
  parse(data: unknown): Data;
}
