import type { SessionRecord } from "../contract/session-record.ts";
import type { InvalidOptions } from "../errors/invalid-options.ts";
import type { SecondFactorMethod } from "../errors/second-factor-required.ts";
import { SessionClosed } from "../errors/session-closed.ts";
import type { LiveSession } from "../state/live-session.ts";
import { orAbort } from "../util/wait.ts";
import type { LoginHistory } from "./history/login-history.ts";

export interface AttemptOptions<Data, User> {
  readonly history: LoginHistory<Data, User>;
  /** An earlier sign-out to wait for. */
  readonly after?: Promise<unknown> | undefined;
  readonly extend?: LiveSession<Data, User> | undefined;
  /** Whether a stored session or given cookies are enough. Default: `false`. */
  readonly mayAdopt?: boolean;
  /** The session to replace after a rejected call. */
  readonly replaces?: LiveSession<Data, User> | undefined;
  /** @throws if the login rules, with the stored history, allow no login. */
  readonly recheck?: (() => void) | undefined;
  /** Thrown if the store has no session, instead of signing in. */
  readonly onlyStored?: unknown;
  /** Whether it continues without callers, and then without prompts. Default: `false`. */
  readonly background?: boolean;
}

/** One login or renewal in progress, shared by all its callers. */
export class SharedAttempt<Data, User> {
  readonly kind = "signing-in";
  readonly history: LoginHistory<Data, User>;
  readonly after: Promise<unknown> | undefined;
  readonly background: boolean;
  /** Cleared when that session ends. */
  extend: LiveSession<Data, User> | undefined;
  notExtended: SessionRecord<Data, User> | undefined;
  readonly mayAdopt: boolean;
  adopted = false;
  codesAsked = 0;
  codeMethod: SecondFactorMethod["type"] | undefined;
  readonly replaces: LiveSession<Data, User> | undefined;
  readonly recheck: (() => void) | undefined;
  readonly onlyStored: unknown;
  /** Set if the shared limits allow no login. */
  held: unknown;
  /** Set if a person was needed and could not be prompted. */
  notPrompted: unknown;
  /** Settles when nothing of the attempt runs any more. Never rejects. */
  settled: Promise<unknown> = Promise.resolve();
  /** Work after the result, such as ending a half-open session. */
  remainder: Promise<unknown> | undefined;
  sent = false;
  /** Whether the user's `fetch` failed by itself, not by the network. */
  isFetchAtFault = false;
  /** Set if the user's `fetch` does not return standard responses. */
  unfit: InvalidOptions | undefined;
  dropped = false;
  /** Aborts when the last caller leaves. */
  readonly signal: AbortSignal;
  /** Aborts on sign-out. */
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
    // Without callers, a failure is an event and not an unhandled rejection.
    this.#result.promise.catch(() => {});
  }

  throwIfDropped(vendor: string): void {
    if (this.dropped) throw new SessionClosed(vendor, "the session was signed out during this login.");
  }

  /**
   * Guarantee 4: aborting the signal removes only this caller.
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

  waitFor(task: Promise<unknown>): void {
    this.remainder = Promise.allSettled([this.remainder, task]);
  }

  succeed(live: LiveSession<Data, User>): void {
    this.#result.resolve(live);
  }

  fail(error: unknown): void {
    this.#result.reject(error);
  }

  abandon(reason: unknown): void {
    this.dropped = true;
    this.#abandoned.abort(reason);
  }

  close(error: SessionClosed): void {
    this.dropped = true;
    this.#result.reject(error);
    this.#closed.abort(error);
  }

  get isDeserted(): boolean {
    return !this.background && this.#callers === 0;
  }

  /** Only then may a person be prompted. */
  get isAwaited(): boolean {
    return this.#callers > 0;
  }

  /** Aborts when the last caller leaves. */
  whileAwaited(): AbortSignal {
    this.#awaited = new AbortController();
    return this.#awaited.signal;
  }
}
