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

const MAX_SPENT = 64;
const MAX_REFUSALS = 16;

type HistorySettings = Pick<Settings, "cookies" | "credentials" | "retryRefusedAfter">;

/** What a session remembers between logins, mostly created lazily. */
export class LoginHistory<Data, User> implements LoginLimits {
  /** The latest record, live or expired, until sign-out. */
  last: SessionRecord<Data, User> | undefined;
  account: string | undefined;
  /** In ms since the epoch. */
  lastLogin: number | undefined;
  lastFailure: LoginFailure | undefined;
  /** Unaccepted codes since the last login or `renew()`, because the vendor counts them too. */
  wrongCodes = 0;
  failed: LoginLimits["failed"];
  unhelped: LoginLimits["unhelped"];
  budget: LoginLimits["budget"];
  /** The error of the last login, during its pause. */
  failure: AnyVmsError | undefined;
  /** A network failure concerns only this process. */
  isFailureShared = false;
  /** The program's own error in the last login, which makes the next one cost budget. */
  fault: { readonly error: unknown } | undefined;
  /** The stored history at the last read. */
  stored: StoredHistory | undefined;
  /** Whether `renew()` has cleared the stored refusals. */
  isCleared = false;
  /** The last accepted login, until the store knows it. */
  accepted: { readonly credentials: Credentials; readonly inputs: string } | undefined;
  #refusals: readonly Refusal[] | undefined;
  /** Refusals of this process before its last successful login. */
  #forgiven: readonly Refusal[] | undefined;
  #spent: Set<string> | undefined;
  #offset: number | undefined;
  #cookies: Settings["cookies"];
  #settings: HistorySettings | undefined;

  constructor(settings?: HistorySettings) {
    this.#cookies = settings?.cookies;
    this.#settings = settings;
  }

  /**
   * Moves the limits with the wall clock, because pauses are durations (guarantee 9).
   * @returns the current time in ms since the epoch.
   */
  adjust(clock: Clock): number {
    const moment = momentOf(clock);
    const offset = wallOffset(moment);
    const step = stepBetween(this.#offset ?? offset, offset);
    if (step !== 0) Object.assign(this, shifted(this, step));
    // Small differences add up to a step.
    if (step !== 0 || this.#offset === undefined) this.#offset = offset;
    return moment.now;
  }

  noteFailure(error: unknown, at: number): void {
    this.lastFailure = { at, code: isVmsError(error) ? error.code : undefined };
  }

  /** In ms since the epoch. */
  refusedSince(now: number): number | undefined {
    return this.#refusals?.findLast((refusal) => isActive(refusal, now))?.since;
  }

  /** The error of refused constant credentials, which need not be requested again. */
  finalRefusal(now: number): Error | undefined {
    if (this.#refusals === undefined || this.#settings === undefined) return undefined;
    if (!areConstant(this.#settings.credentials)) return undefined;
    return this.#refusals.findLast((refusal) => isActive(refusal, now))?.error;
  }

  /** Credentials that return after they were replaced are tried again. */
  isForgiven(credentials: Credentials, inputs: string, since: number): boolean {
    return this.#forgiven?.some((one) => isAbout(one, credentials, inputs) && one.since === since) ?? false;
  }

  throwIfRefused(credentials: Credentials, inputs: string, now: number): void {
    const refusal = this.#refusals?.find((one) => isAbout(one, credentials, inputs) && isActive(one, now));
    if (refusal !== undefined) throw refusal.error;
  }

  /**
   * A refusal is remembered with its credentials, the program's own error as a fault, any other failure as a pause.
   * @param sent whether anything was sent. Otherwise there is no pause.
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
      // The error carries the wait, now and when it is thrown again.
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

  /** Replaces an earlier refusal of the same login. */
  adopt(refusal: Refusal): AnyVmsError {
    describeRefusal(refusal);
    const { credentials, inputs } = refusal;
    const others = (this.#refusals ?? []).filter((one) => !isAbout(one, credentials, inputs));
    this.#refusals = [...others, refusal].slice(-MAX_REFUSALS);
    return refusal.error;
  }

  get sharedRefusals(): readonly Refusal[] {
    return this.#refusals?.filter(({ isShared }) => isShared) ?? [];
  }

  /** When a login may follow, in ms since the epoch. `undefined`: at once, or never after a final refusal. */
  retryAt(error: unknown): number | undefined {
    const refusal = this.#refusals?.find((one) => one.error === error);
    if (refusal !== undefined) return refusal.until;
    return error === this.failure ? this.failed?.until : undefined;
  }

  resume(settings: HistorySettings, inputs: string): void {
    this.rest();
    this.#settings = settings;
    this.#cookies = settings.cookies;
    // Corrected constant credentials are sent at once.
    this.#refusals = this.#refusals?.filter((one) => isAboutConstant(one, settings.credentials, inputs));
  }

  /** Keeps only the limits of the next login. */
  rest(): void {
    this.last = undefined;
    this.#settings = undefined;
    this.#cookies = undefined;
  }

  get isEmpty(): boolean {
    const { failed, fault, unhelped, budget, wrongCodes } = this;
    return [this.#refusals, failed, fault, unhelped, budget].every((part) => part === undefined) && wrongCodes === 0;
  }

  forgetRefusals(): void {
    this.#refusals = undefined;
    this.wrongCodes = 0;
    this.isCleared = true;
  }

  succeeded(now: number): void {
    this.lastLogin = now;
    this.#forgiven = this.#refusals ?? this.#forgiven;
    this.#refusals = undefined;
    this.failed = undefined;
    this.failure = undefined;
    this.fault = undefined;
  }

  /** Prevents a rejected, ended or undone credential from being read from the store again. */
  spend(record: SessionRecord<Data, User>): void {
    this.#spent ??= new Set();
    const secret = secretOf(record);
    this.#spent.delete(secret);
    this.#spent.add(secret);
    const [oldest] = this.#spent;
    if (this.#spent.size > MAX_SPENT && oldest !== undefined) this.#spent.delete(oldest);
  }

  unspend(record: SessionRecord<Data, User>): void {
    this.#spent?.delete(secretOf(record));
  }

  isSpent(record: SessionRecord<Data, User>): boolean {
    return this.#spent?.has(secretOf(record)) ?? false;
  }

  /** Returns the given cookies only once, because only one session can begin with them. */
  takeCookies(): Settings["cookies"] {
    const cookies = this.#cookies;
    this.#cookies = undefined;
    return cookies;
  }
}

/** Credentials of a function are compared later, when they are known. */
function isAboutConstant(refusal: Refusal, source: Settings["credentials"], inputs: string): boolean {
  if (typeof source === "function") return true;
  // The name of an API key depends only on the key.
  const { username } = refusal.credentials;
  const given = "apiKey" in source ? { username, password: source.apiKey } : source;
  const { password } = given;
  return typeof password !== "string" || isAbout(refusal, { ...given, password }, inputs);
}
