import type { SessionRecord } from "../contract/session-record.ts";
import type { InvalidOptions } from "../errors/invalid-options.ts";
import type { SecondFactorMethod } from "../errors/second-factor-required.ts";
import { SessionClosed } from "../errors/session-closed.ts";
import type { LiveSession } from "../state/live-session.ts";
import { orAbort } from "../util/wait.ts";
import type { LoginHistory } from "./history/login-history.ts";

/** What a login attempt may do. */
export interface AttemptOptions<Data, User> {
  readonly history: LoginHistory<Data, User>;
  /** What must have settled before anything is asked or sent: an earlier sign-out. */
  readonly after?: Promise<unknown> | undefined;
  /** The live session to extend, if the vendor can extend one. */
  readonly extend?: LiveSession<Data, User> | undefined;
  /** Whether an existing session is enough: a stored one, or one given by its cookies. Default: `false`. */
  readonly mayAdopt?: boolean;
  /** The session that this login replaces after a rejected call. */
  readonly replaces?: LiveSession<Data, User> | undefined;
  /**
   * Asks the rules again, when the store's history is known.
   * @throws if no login may be made.
   */
  readonly recheck?: (() => void) | undefined;
  /** The error if the store has no session: no login may be made. */
  readonly onlyStored?: unknown;
  /** Whether it runs in the background: it continues if no caller waits, and then prompts nobody. Default: `false`. */
  readonly background?: boolean;
}

/** One login or renewal in progress, shared by all callers that wait for it. */
export class SharedAttempt<Data, User> {
  readonly kind = "signing-in";
  readonly history: LoginHistory<Data, User>;
  readonly after: Promise<unknown> | undefined;
  readonly background: boolean;
  /** The live session to extend. Cleared when that session ends. */
  extend: LiveSession<Data, User> | undefined;
  /** The session that could not be extended. */
  notExtended: SessionRecord<Data, User> | undefined;
  readonly mayAdopt: boolean;
  /** Whether the result is a session that existed before. */
  adopted = false;
  /** How many second-factor codes this attempt has asked for. */
  codesAsked = 0;
  /** How the last code was received. */
  codeMethod: SecondFactorMethod["type"] | undefined;
  /** The session that this login replaces after a rejected call. */
  readonly replaces: LiveSession<Data, User> | undefined;
  /** Asks the rules again, when the store's history is known. */
  readonly recheck: (() => void) | undefined;
  readonly onlyStored: unknown;
  /** The error thrown because the limits of the fleet allow no login. */
  held: unknown;
  /** The error thrown because a person was needed and could not be asked. */
  notPrompted: unknown;
  /** Settles when nothing of the attempt runs any more; never rejects. */
  settled: Promise<unknown> = Promise.resolve();
  /** What the attempt has left running, such as ending a half-open session. */
  remainder: Promise<unknown> | undefined;
  /** Whether something of the login was sent to the vendor. */
  sent = false;
  /** Whether the user's `fetch` has failed for another reason than the network. */
  isFetchAtFault = false;
  /** The error of a `fetch` whose responses are not those of the Fetch standard. */
  unfit: InvalidOptions | undefined;
  /** Whether nobody wants the result any more. */
  dropped = false;
  /** Aborts when all callers have left. */
  readonly signal: AbortSignal;
  /** Aborts when the session is signed out. */
  readonly closed: AbortSignal;
  readonly #result: PromiseWithResolvers<LiveSession<Data, User>> = Promise.withResolvers();
  readonly #abandoned = new AbortController();
  readonly #closed = new AbortController();
  #callers = 0;
  #awaited: AbortController | undefined;

  constructor(options: AttemptOptions<Data, User>) {
    const { history, after, extend, replaces, recheck, onlyStored, mayAdopt = false, background = false } = options;
    this.history = history;
    this.after = after;
    this.extend = extend;
    this.replaces = replaces;
    this.recheck = recheck;
    this.onlyStored = onlyStored;
    this.mayAdopt = mayAdopt;
    this.background = background;
    this.signal = this.#abandoned.signal;
    this.closed = this.#closed.signal;
    // If no caller waits, a failure is an event, not an unhandled rejection.
    this.#result.promise.catch(() => {});
  }

  /** @throws {SessionClosed} if nothing more may be sent. */
  throwIfDropped(vendor: string): void {
    if (this.dropped) throw new SessionClosed(vendor, "the session was signed out during this login.");
  }

  /**
   * Guarantee 4: waits for the result. If the signal aborts, only this caller leaves.
   * @param onDeserted called when the last caller leaves.
   */
  async join(
    signal: AbortSignal | null | undefined,
    onDeserted: (reason: unknown) => void,
  ): Promise<LiveSession<Data, User>> {
    this.#callers++;
    try {
      return await orAbort(this.#result.promise, signal);
    } finally {
      if (--this.#callers === 0) {
        onDeserted(signal?.reason);
        this.#awaited?.abort();
      }
    }
  }

  /** Lets the attempt settle only after a task that it left running. */
  waitFor(task: Promise<unknown>): void {
    this.remainder = Promise.allSettled([this.remainder, task]);
  }

  succeed(live: LiveSession<Data, User>): void {
    this.#result.resolve(live);
  }

  fail(error: unknown): void {
    this.#result.reject(error);
  }

  /** All callers have left. */
  abandon(reason: unknown): void {
    this.dropped = true;
    this.#abandoned.abort(reason);
  }

  /** The session was signed out. */
  close(error: SessionClosed): void {
    this.dropped = true;
    this.#result.reject(error);
    this.#closed.abort(error);
  }

  /** Whether all callers have left. The login ends with its first result. */
  get isDeserted(): boolean {
    return !this.background && this.#callers === 0;
  }

  /** Whether a caller waits. Only then may a person be asked. */
  get isAwaited(): boolean {
    return this.#callers > 0;
  }

  /** A signal for one prompt or delay: it aborts when no caller waits any longer. */
  whileAwaited(): AbortSignal {
    this.#awaited = new AbortController();
    return this.#awaited.signal;
  }
}
