import { areConstant, type Credentials } from "../contract/credentials.ts";
import { type SessionRecord, secretOf } from "../contract/session-record.ts";
import type { Settings } from "../contract/settings.ts";
import { type AnyVmsError, isVmsError } from "../errors/is-vms-error.ts";
import type { VmsErrorCode } from "../errors/vms-error.ts";

/** After these errors the same credentials are not sent again: another attempt could lock the account. */
const FINAL: ReadonlySet<VmsErrorCode> = new Set([
  "invalid_credentials",
  "account_unavailable",
  "second_factor_required",
  "second_factor_rejected",
  "invalid_request",
]);

/** How many dead credentials are remembered. */
const MAX_SPENT = 8;

/** Credentials that the vendor refused, and the error. */
export interface Refusal {
  readonly error: AnyVmsError;
  readonly credentials: Credentials;
}

/** What a session remembers from one login to the next. */
export class LoginHistory<Data, User> {
  /** The latest record, live or expired, until the session is signed out. */
  last: SessionRecord<Data, User> | undefined;
  /** The user name that signs in, once it is known. */
  account: string | undefined;
  /** Second-factor codes that were not accepted since the last login or `renew()`: the vendor counts them too. */
  wrongCodes = 0;
  /** Guarantee 10: the credentials that were refused last. */
  refusal: Refusal | undefined;
  #spent: readonly string[] | undefined;
  #cookies: Settings["cookies"];
  readonly #constant: boolean;

  constructor(settings?: Pick<Settings, "cookies" | "credentials">) {
    this.#cookies = settings?.cookies;
    this.#constant = settings !== undefined && areConstant(settings.credentials);
  }

  /** Whether the vendor refused credentials that cannot change. They need not even be asked for again. */
  get isFinal(): boolean {
    return this.#constant && this.refusal !== undefined;
  }

  /** @throws the earlier error, if the vendor has refused these credentials. */
  throwIfRefused({ username, password }: Credentials): void {
    const refused = this.refusal;
    if (refused?.credentials.username === username && refused.credentials.password === password) throw refused.error;
  }

  /** Remembers the credentials of a failed login if sending them again cannot help. */
  failed(error: unknown, credentials: Credentials): void {
    if (isVmsError(error) && FINAL.has(error.code)) this.refusal = { error, credentials };
  }

  /** Remembers a credential that was rejected, signed out or undone, so that it is not taken from the store again. */
  spend(record: SessionRecord<Data, User>): void {
    if (!this.isSpent(record)) this.#spent = [...(this.#spent ?? []), secretOf(record)].slice(-MAX_SPENT);
  }

  isSpent(record: SessionRecord<Data, User>): boolean {
    return this.#spent?.includes(secretOf(record)) ?? false;
  }

  /** The given cookies, the first time only: a session can begin with them once. */
  takeCookies(): Settings["cookies"] {
    const cookies = this.#cookies;
    this.#cookies = undefined;
    return cookies;
  }
}
