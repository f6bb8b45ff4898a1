/** A status that a call may be answered with, or how else it may end: `left`, the code of an error, `network`. */
export type Outcome = number | string;

/** A world: who does what at one vendor. All orders of it are tried. */
export interface World {
  /** A short name, for the string of a schedule. */
  readonly name: string;
  /** What holds in every order, as the title of a test. */
  readonly title: string;
  readonly sessions: 1 | 2;
  /** What the sessions share. Default: nothing, there is no store. */
  readonly store?: "with locks" | "without locks";
  /** Whether an operation of the store has its effect in one step and answers in another one. Default: in one step. */
  readonly slowStore?: boolean;
  /** Whether the lock of a session that is killed is never free again. Default: it expires in some step. */
  readonly locksOutlive?: boolean;
  /** Whether the holder of a lost lock never hears that it is lost. Default: it hears of it in some step. */
  readonly neverHears?: boolean;
  /**
   * What is done in order before all orders are tried: `0 fetch a` (a call `a` of session 0), `0 login`, `0 renew`,
   * `0 logout`, `0 close`, `leave a` (the caller of `a` aborts), `revoke` (the vendor ends all sessions), `kill 0`, `lose` (who holds
   * the lock loses it, and hears of it later), `lose 0` (only the first lock of session 0), `pass 500` (ms).
   */
  readonly before?: readonly string[];
  /** What is done in any order. Parts of one text, separated by `, `, are done one after the other. */
  readonly threads: readonly string[];
  /** How often time may pass to the next timer although something else can happen. Default: never. */
  readonly ticks?: number;
  readonly vendor?: VendorOfWorld;
  /** Outcomes of calls other than 200 and `left`. */
  readonly alsoOutcomes?: readonly Outcome[];
  /** The most logins that may be sent, with those of `before`. */
  readonly mostLogins: number;
}

interface VendorOfWorld {
  /** What happens to each login, in order of arrival: a status, or whether the request or its answer is lost. Default: nothing. */
  readonly logins?: readonly ("lost" | "unanswered" | 429 | 503)[];
  /** The session whose first login yields what the vendor has ended already. Default: none. */
  readonly endsFirstOf?: number;
  /** Whether the credentials are wrong from the start. */
  readonly refuses?: boolean;
  /** Calls that are answered 401 whatever they carry. */
  readonly forbidden?: readonly string[];
  /** How long a session lives, in ms. Default: for ever. */
  readonly lifetime?: number;
  /** How long an unused session lives, in ms. Default: for ever. */
  readonly idleTimeout?: number;
  /** Whether sessions can be extended, and what the answer says. Default: they cannot. */
  readonly extends?: "new token" | "nothing new";
  /** Whether calls to a session go to another origin than its login. */
  readonly regional?: boolean;
}
