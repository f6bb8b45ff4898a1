import type { Answer } from "./answer.ts";
import type { Authorization } from "./authorization.ts";
import type { Credentials } from "./credentials.ts";
import type { Lifetime } from "./expiry.ts";
import type { SecondFactorStep } from "./second-factor.ts";
import type { SessionRecord } from "./session-record.ts";

/** A request of a sign-in conversation. */
export interface FlowRequest {
  /** Default: `"POST"`. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as `application/json`. */
  readonly json?: unknown;
  /** Sent as it is: `URLSearchParams` as a form, `FormData` as multipart. */
  readonly body?: URLSearchParams | FormData;
}

/** What the core lends to a flow for one conversation with the vendor. */
export interface FlowContext<Data = unknown, User = unknown> {
  /** The user name that signs in. */
  readonly account: string;
  /** The credentials of this login; a function is asked once for each login. */
  credentials(): Promise<Credentials>;
  /**
   * Sends one request and reads its whole answer, of any status. A relative path is joined below the flow's base URL.
   * Redirects are not followed. The body of the answer is bounded at 1 MiB (1,048,576 bytes).
   * @throws {VendorUnavailable} when the vendor cannot be reached or does not answer in time.
   * @throws {UnexpectedResponse} when the answer is too large.
   */
  send(path: string | URL, request?: FlowRequest): Promise<Answer>;
  /**
   * Asks the option `secondFactor` for codes until the vendor takes one. The time that an answer takes does not count
   * against `timeout`.
   * @throws {SecondFactorRequired} (`second_factor_required`) where the option is not set, and in a renewal in the
   * background unless the option is marked by `unattended`.
   */
  secondFactor<T>(step: SecondFactorStep<T>): Promise<T>;
  /**
   * Runs something of the user's that may wait for a human. The time that it takes does not count against `timeout`.
   * @param answerer the function that was given as an option: by `unattended` it may be marked as needing no human.
   * @param refusal the error for a renewal in the background, which asks no human.
   */
  ask<A>(answerer: object, refusal: () => Error, run: (signal: AbortSignal) => A | Promise<A>): Promise<A>;
  /** Takes every known secret of this conversation out of a text of the vendor, and cuts it to 300 characters. */
  redact(text: string): string;
  /** Ends when nobody waits for this conversation any more. */
  readonly signal: AbortSignal;
  /** The current time in ms since the epoch. */
  now(): number;
  /** The session's record before this login, ended or not: for what outlives a session, such as a device's id. */
  readonly previous: SessionRecord<Data, User> | undefined;
}

/** What a login yields. */
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
export interface Flow<Data, User> {
  /** The vendor, as in its package's name: `"acme"` for `@vms/acme`. */
  readonly vendor: string;
  /** Where the vendor's API is. */
  readonly baseUrl: URL;
  /** Whatever else than vendor, origin and account makes it another session, for example a realm. No secret. */
  readonly identity?: string;
  /** Whether signing in may wait for a human by `FlowContext.ask`: who waits for a store's lock then waits longer. */
  readonly asksHuman?: boolean;
  /** Whether a login does without a password: `credentials` may then give none, and it is the empty string. */
  readonly passwordless?: boolean;
  /** Headers of every call, where the caller names no other value, for example `accept`. No secret. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Origins of the vendor that may see the credential, beside the session's own; `https://*.example.com` allows one label. */
  readonly allowedOrigins?: readonly string[];
  /**
   * The whole sign-in conversation, however many steps. What it yields after its signal has ended is signed out again, so
   * that a session which is open halfway can be handed to the core where nothing more can be sent.
   */
  login(context: FlowContext<Data, User>): Promise<Login<Data, User>>;
  /**
   * Takes up a session that was signed in elsewhere, given its cookies.
   * @returns `undefined` where they do not hold one, or the vendor refuses it; then the core signs in.
   */
  resume?(
    context: FlowContext<Data, User>,
    cookies: Readonly<Record<string, string>>,
  ): Promise<Login<Data, User> | undefined>;
  /** Prolongs a live session, where the vendor can. */
  extend?(context: FlowContext<Data, User>, record: SessionRecord<Data, User>): Promise<Login<Data, User>>;
  /** Where the credential goes on a request. */
  authorize(record: SessionRecord<Data, User>): Partial<Authorization>;
  /** Whether a response says that the session is gone. It must not use up the response's body. Default: status 401. */
  isRejected?(response: Response): boolean | Promise<boolean>;
  /** The new data, where a response carries a new credential. */
  rotate?(response: Response, record: SessionRecord<Data, User>): Data | undefined;
  /** How long a credential lives that `rotate` took out of a response. Absent: as long as the one before it. */
  lifetime?(response: Response, data: Data): Lifetime;
  /**
   * Whether the data holds something that is good beyond the session's end, for a later login: then a store is not told
   * of the end. Absent: no.
   */
  outlives?(data: Data): boolean;
  /** Ends the session at the vendor. Absent: signing out is local. */
  logout?(context: FlowContext<Data, User>, record: SessionRecord<Data, User>): Promise<void>;
  /**
   * Checks what a store gave back as `data`.
   * @throws when it is not this flow's data.
   */
  parse(data: unknown): Data;
}
