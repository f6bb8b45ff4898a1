/** The result of a call: a status, `left`, the code of an error, or `network`. */
export type Outcome = number | string;

/** A world: the actions of sessions at one vendor. All orders of their steps are tried. */
export interface World {
  /** The short name in the string of a schedule. */
  readonly name: string;
  /** The title of the test: what holds in every order. */
  readonly title: string;
  readonly sessions: 1 | 2;
  /** The store that the sessions share. Default: no store. */
  readonly store?: "with locks" | "without locks";
  /** Whether a store operation takes effect in one step and responds in another. Default: one step for both. */
  readonly slowStore?: boolean;
  /** Whether the lock of a killed session is never free again. Default: it expires in some step. */
  readonly locksOutlive?: boolean;
  /** Whether the holder of a lost lock never learns that. Default: it learns of it in some step. */
  readonly neverHears?: boolean;
  /**
   * The actions that run first, in this order: `0 fetch a` (a call `a` of session 0), `0 login`, `0 renew`,
   * `0 logout`, `0 close`, `leave a` (the caller of `a` aborts), `revoke` (the vendor ends all sessions), `kill 0`, `lose` (the holder of
   * the lock loses it, and learns of it later), `lose 0` (only the first lock of session 0), `pass 500` (ms).
   */
  readonly before?: readonly string[];
  /** The actions whose orders are tried. Actions in one text, separated by `, `, run one after the other. */
  readonly threads: readonly string[];
  /** How often time may advance to the next timer although other steps are ready. Default: never. */
  readonly ticks?: number;
  readonly vendor?: VendorOfWorld;
  /** Outcomes of calls other than 200 and `left`. */
  readonly alsoOutcomes?: readonly Outcome[];
  /** The maximum number of logins, including those of `before`. */
  readonly mostLogins: number;
}

interface VendorOfWorld {
  /** The fault of each login, in order of arrival: a status, or that the request or its response is lost. Default: none. */
  readonly logins?: readonly ("lost" | "unanswered" | 429 | 503)[];
  /** The session whose first login returns a session that the vendor has already ended. Default: none. */
  readonly endsFirstOf?: number;
  /** Whether the credentials are wrong from the start. */
  readonly refuses?: boolean;
  /** Calls that are always answered 401. */
  readonly forbidden?: readonly string[];
  /** The lifetime of a session, in ms. Default: unlimited. */
  readonly lifetime?: number;
  /** The idle timeout of a session, in ms. Default: none. */
  readonly idleTimeout?: number;
  /** Whether sessions can be extended, and the content of the response. Default: they cannot. */
  readonly extends?: "new token" | "nothing new";
  /** Whether calls to a session go to another origin than its login. */
  readonly regional?: boolean;
}
