import { areConstant, type Credentials } from "../../contract/credentials.ts";
import { type SessionRecord, secretOf } from "../../contract/session-record.ts";
import type { Settings } from "../../contract/settings.ts";
import { isVmsError } from "../../errors/is-vms-error.ts";
import type { Clock } from "../../util/clock.ts";
import { describeRefusal } from "./describe-refusal.ts";
import { type LoginLimits, pauseAfter } from "./login-rules.ts";
import { endOfRefusal, isAbout, isActive, lifeOfRefusal, type Refusal } from "./refusal.ts";

/** How many credentials that are known to be dead are remembered. */
const MAX_SPENT = 64;
/** How many refusals are remembered. */
const MAX_REFUSALS = 16;

/** What a session remembers from one login to the next. Most of it is made only when it is needed. */
export class LoginHistory<Data, User> implements LoginLimits {
  /** The latest record, live or expired, until the session is signed out. */
  last: SessionRecord<Data, User> | undefined;
  /** The user name that signs in, once it is known. */
  account: string | undefined;
  /** Second-factor codes that were not accepted since the last login or `renew()`: the vendor counts them too. */
  wrongCodes = 0;
  failed: LoginLimits["failed"];
  unhelped: LoginLimits["unhelped"];
  budget: LoginLimits["budget"];
  /** The error of the last login, while its pause lasts. */
  failure: unknown;
  #refusals: readonly Refusal[] | undefined;
  #spent: Set<string> | undefined;
  #cookies: Settings["cookies"];
  readonly #settings: Pick<Settings, "credentials" | "retryRefusedAfter"> | undefined;

  constructor(settings?: Pick<Settings, "cookies" | "credentials" | "retryRefusedAfter">) {
    this.#cookies = settings?.cookies;
    this.#settings = settings;
  }

  /** The error of credentials that cannot change and were refused. They need not even be asked for again. */
  finalRefusal(now: number): Error | undefined {
    if (this.#refusals === undefined || this.#settings === undefined) return undefined;
    if (!areConstant(this.#settings.credentials)) return undefined;
    return this.#refusals.findLast((refusal) => isActive(refusal, now))?.error;
  }

  /** @throws the earlier error, if the vendor has refused this login. */
  throwIfRefused(credentials: Credentials, inputs: string, now: number): void {
    const refusal = this.#refusals?.find((one) => isAbout(one, credentials, inputs) && isActive(one, now));
    if (refusal !== undefined) throw refusal.error;
  }

  /**
   * Remembers a failed login: a refusal by its credentials, any other failure by a pause.
   * @param sent whether anything was sent to the vendor. Otherwise there is nothing to wait for.
   */
  remember(error: unknown, credentials: Credentials, inputs: string, sent: boolean, clock: Clock): void {
    if (!isVmsError(error)) return;
    const now = clock.now();
    const life = lifeOfRefusal(error);
    if (life === undefined) {
      if (!sent) return;
      if (error.code !== "rate_limited" && error.code !== "vendor_unavailable" && error.code !== "unexpected_response")
        return;
      const network = error.code === "vendor_unavailable" && error.status === undefined;
      this.failed = pauseAfter(this.failed, now, clock.random(), { network, retryAfter: error.retryAfter });
      // The error itself says how long to wait, as it does when it is thrown again.
      this.failure = Object.assign(error, { retryAfter: Math.ceil(this.failed.until - now) });
      return;
    }
    const before = this.#refusals?.find((one) => isAbout(one, credentials, inputs));
    const step = before === undefined ? 0 : before.step + 1;
    const until = endOfRefusal(life, now, step, this.#settings?.retryRefusedAfter);
    const refusal: Refusal = { error, credentials, inputs, since: now, until, step };
    describeRefusal(refusal);
    const others = (this.#refusals ?? []).filter((one) => one !== before);
    this.#refusals = [...others, refusal].slice(-MAX_REFUSALS);
  }

  /** When a login may follow this failure, in ms since the epoch. `undefined`: nothing is waited for, or it is a refusal without an end. */
  retryAt(error: unknown): number | undefined {
    const refusal = this.#refusals?.find((one) => one.error === error);
    if (refusal !== undefined) return refusal.until;
    return error === this.failure ? this.failed?.until : undefined;
  }

  /** Forgets what was refused, for `renew()`. */
  forgetRefusals(): void {
    this.#refusals = undefined;
    this.wrongCodes = 0;
  }

  /** A login has succeeded. */
  succeeded(): void {
    this.#refusals = undefined;
    this.failed = undefined;
    this.failure = undefined;
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
