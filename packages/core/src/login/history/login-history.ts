import { areConstant, type Credentials } from "../../contract/credentials.ts";
import type { LoginFailure } from "../../contract/events/session-health.ts";
import { type SessionRecord, secretOf } from "../../contract/session-record.ts";
import type { Settings } from "../../contract/settings.ts";
import type { StoredHistory } from "../../contract/stored-history.ts";
import { type AnyVmsError, isVmsError } from "../../errors/is-vms-error.ts";
import type { Clock } from "../../util/clock.ts";
import { momentOf, stepBetween, wallOffset } from "../../util/moment.ts";
import { describeRefusal } from "./describe-refusal.ts";
import { type LoginLimits, pauseAfter, shifted } from "./login-rules.ts";
import { endOfRefusal, isAbout, isActive, lifeOfRefusal, type Refusal } from "./refusal.ts";

/** How many credentials that are known to be dead are remembered. */
const MAX_SPENT = 64;
/** How many refusals are remembered. */
const MAX_REFUSALS = 16;

type HistorySettings = Pick<Settings, "cookies" | "credentials" | "retryRefusedAfter">;

/** What a session remembers from one login to the next. Most of it is made only when it is needed. */
export class LoginHistory<Data, User> implements LoginLimits {
  /** The latest record, live or expired, until the session is signed out. */
  last: SessionRecord<Data, User> | undefined;
  /** The user name that signs in, once it is known. */
  account: string | undefined;
  /** When a login last succeeded, in ms since the epoch. */
  lastLogin: number | undefined;
  lastFailure: LoginFailure | undefined;
  /** Second-factor codes that were not accepted since the last login or `renew()`: the vendor counts them too. */
  wrongCodes = 0;
  failed: LoginLimits["failed"];
  unhelped: LoginLimits["unhelped"];
  budget: LoginLimits["budget"];
  /** The error of the last login, while its pause lasts. */
  failure: AnyVmsError | undefined;
  /** Whether other processes are told of that failure. A network failure is this process's own. */
  isFailureShared = false;
  /** Why the last login failed, if the program caused that: the next one costs a part of the budget. */
  fault: { readonly error: unknown } | undefined;
  /** What the store had when it was read last. */
  stored: StoredHistory | undefined;
  /** Whether stored refusals no longer count, since `renew()`. */
  isCleared = false;
  /** The last login that the vendor accepted, until the store knows that it is not refused. */
  accepted: { readonly credentials: Credentials; readonly inputs: string } | undefined;
  #refusals: readonly Refusal[] | undefined;
  /** What was refused here before a login succeeded. */
  #forgiven: readonly Refusal[] | undefined;
  #spent: Set<string> | undefined;
  /** The offset of the wall clock that the limits are adjusted to. */
  #offset: number | undefined;
  #cookies: Settings["cookies"];
  #settings: HistorySettings | undefined;

  constructor(settings?: HistorySettings) {
    this.#cookies = settings?.cookies;
    this.#settings = settings;
  }

  /**
   * Adjusts the limits if somebody has set the wall clock, because pauses are durations (guarantee 9).
   * @returns the current time in ms since the epoch, to compare them with.
   */
  adjust(clock: Clock): number {
    const moment = momentOf(clock);
    const offset = wallOffset(moment);
    const step = stepBetween(this.#offset ?? offset, offset);
    if (step !== 0) Object.assign(this, shifted(this, step));
    // Small differences add up until they are a step.
    if (step !== 0 || this.#offset === undefined) this.#offset = offset;
    return moment.now;
  }

  /** Notes a failure for `health`. */
  noteFailure(error: unknown, at: number): void {
    this.lastFailure = { at, code: isVmsError(error) ? error.code : undefined };
  }

  /** Since when the credentials have been refused, in ms since the epoch. */
  refusedSince(now: number): number | undefined {
    return this.#refusals?.findLast((refusal) => isActive(refusal, now))?.since;
  }

  /** The error of credentials that cannot change and were refused. They need not even be asked for again. */
  finalRefusal(now: number): Error | undefined {
    if (this.#refusals === undefined || this.#settings === undefined) return undefined;
    if (!areConstant(this.#settings.credentials)) return undefined;
    return this.#refusals.findLast((refusal) => isActive(refusal, now))?.error;
  }

  /** Whether these credentials were refused here, and then replaced. If they are back, they are tried again. */
  isForgiven(credentials: Credentials, inputs: string, since: number): boolean {
    return this.#forgiven?.some((one) => isAbout(one, credentials, inputs) && one.since === since) ?? false;
  }

  /** @throws the earlier error, if the vendor has refused this login. */
  throwIfRefused(credentials: Credentials, inputs: string, now: number): void {
    const refusal = this.#refusals?.find((one) => isAbout(one, credentials, inputs) && isActive(one, now));
    if (refusal !== undefined) throw refusal.error;
  }

  /**
   * Remembers a failed login: a refusal by its credentials, a fault of the program by itself, any other failure by a pause.
   * @param sent whether anything was sent to the vendor. Otherwise there is nothing to wait for.
   */
  remember(error: unknown, credentials: Credentials, inputs: string, sent: boolean, clock: Clock): void {
    this.fault = undefined;
    if (!isVmsError(error) || error.code === "invalid_options") {
      if (sent) this.fault = { error };
      return;
    }
    const now = this.adjust(clock);
    const life = lifeOfRefusal(error);
    if (life === undefined) {
      if (!sent) return;
      if (error.code !== "rate_limited" && error.code !== "vendor_unavailable" && error.code !== "unexpected_response")
        return;
      const network = error.code === "vendor_unavailable" && error.status === undefined;
      this.failed = pauseAfter(this.failed, now, clock.random(), { network, retryAfter: error.retryAfter });
      // The error itself says how long to wait, as it does when it is thrown again.
      this.isFailureShared = !network;
      this.failure = Object.assign(error, { retryAfter: Math.ceil(this.failed.until - now) });
      return;
    }
    const before = this.#refusals?.find((one) => isAbout(one, credentials, inputs));
    const step = before === undefined ? 0 : before.step + 1;
    const until = endOfRefusal(life, now, step, this.#settings?.retryRefusedAfter);
    const isShared = life !== "by_this_object";
    this.adopt({ error, credentials, inputs, since: now, until, step, isShared });
  }

  /** Remembers a refusal, in place of an earlier one of the same login. Returns its error. */
  adopt(refusal: Refusal): AnyVmsError {
    describeRefusal(refusal);
    const { credentials, inputs } = refusal;
    const others = (this.#refusals ?? []).filter((one) => !isAbout(one, credentials, inputs));
    this.#refusals = [...others, refusal].slice(-MAX_REFUSALS);
    return refusal.error;
  }

  /** The refusals that other processes are told of. */
  get sharedRefusals(): readonly Refusal[] {
    return this.#refusals?.filter(({ isShared }) => isShared) ?? [];
  }

  /** When a login may follow this failure, in ms since the epoch. `undefined`: nothing is waited for, or it is a refusal without an end. */
  retryAt(error: unknown): number | undefined {
    const refusal = this.#refusals?.find((one) => one.error === error);
    if (refusal !== undefined) return refusal.until;
    return error === this.failure ? this.failed?.until : undefined;
  }

  /** Continues for another session object. */
  resume(settings: HistorySettings, inputs: string): void {
    this.rest();
    this.#settings = settings;
    this.#cookies = settings.cookies;
    // Constant credentials that were corrected are sent at once.
    this.#refusals = this.#refusals?.filter((one) => isAboutConstant(one, settings.credentials, inputs));
  }

  /** Forgets the session and its options. What limits the next login stays. */
  rest(): void {
    this.last = undefined;
    this.#settings = undefined;
    this.#cookies = undefined;
  }

  /** Whether nothing limits the next login. */
  get isEmpty(): boolean {
    const { failed, fault, unhelped, budget, wrongCodes } = this;
    return [this.#refusals, failed, fault, unhelped, budget].every((part) => part === undefined) && wrongCodes === 0;
  }

  /** Forgets what was refused, for `renew()`. */
  forgetRefusals(): void {
    this.#refusals = undefined;
    this.wrongCodes = 0;
    this.isCleared = true;
  }

  /** A login has succeeded. */
  succeeded(now: number): void {
    this.lastLogin = now;
    this.#forgiven = this.#refusals ?? this.#forgiven;
    this.#refusals = undefined;
    this.failed = undefined;
    this.failure = undefined;
    this.fault = undefined;
  }

  /** Remembers a credential that was rejected, signed out or undone, so that it is not taken from the store again. */
  spend(record: SessionRecord<Data, User>): void {
    this.#spent ??= new Set();
    const secret = secretOf(record);
    // Deleted first, so that the latest is the last.
    this.#spent.delete(secret);
    this.#spent.add(secret);
    const [oldest] = this.#spent;
    if (this.#spent.size > MAX_SPENT && oldest !== undefined) this.#spent.delete(oldest);
  }

  /** Takes a credential back into use. */
  unspend(record: SessionRecord<Data, User>): void {
    this.#spent?.delete(secretOf(record));
  }

  isSpent(record: SessionRecord<Data, User>): boolean {
    return this.#spent?.has(secretOf(record)) ?? false;
  }

  /** The given cookies, the first time only: a session can begin with them once. */
  takeCookies(): Settings["cookies"] {
    const cookies = this.#cookies;
    this.#cookies = undefined;
    return cookies;
  }
}

/** Whether a refusal holds for credentials that cannot change. Those of a function are compared when they are known. */
function isAboutConstant(refusal: Refusal, source: Settings["credentials"], inputs: string): boolean {
  if (typeof source === "function") return true;
  // The name of an API key depends on the key only.
  const { username } = refusal.credentials;
  const given = "apiKey" in source ? { username, password: source.apiKey } : source;
  const { password } = given;
  return typeof password !== "string" || isAbout(refusal, { ...given, password }, inputs);
}
