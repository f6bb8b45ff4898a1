import type { Clock } from "../clock.ts";
import { randomBase64, randomDigits } from "../random.ts";
import type { EagleEyeAccount, EagleEyeOptions, EagleEyeWay, SentCode } from "./options.ts";

const tokenLife = 30_000;
const longTokenLife = 15 * 60_000;
const wrongCodesAllowed = 3;

/** The login of a single-use token that authenticate returned. */
export interface LoginToken {
  readonly account: EagleEyeAccount;
  readonly needsCode: boolean;
  readonly endsAt: number;
  code?: string;
}

/** The single-use tokens between authenticate and authorize, and the second-factor codes. */
export class LoginTokens {
  readonly inbox: SentCode[] = [];
  readonly #clock: Clock;
  readonly #options: EagleEyeOptions;
  readonly #byToken = new Map<string, LoginToken>();
  readonly #wrongPasswords = new Map<string, number>();
  readonly #wrongCodes = new Map<string, number>();
  readonly #trustedKeys = new Map<string, string>();

  constructor(clock: Clock, options: EagleEyeOptions) {
    this.#clock = clock;
    this.#options = options;
  }

  /** Creates a token. With the key of an earlier login, no code is needed. */
  issue(account: EagleEyeAccount, trustedKey: string | undefined): { token: string; needsCode: boolean } {
    const isTrusted = trustedKey !== undefined && this.#trustedKeys.get(trustedKey) === account.username;
    const needsCode = account.secondFactor !== undefined && !isTrusted;
    const token = randomBase64(256);
    const life = this.#options.tokenLifetime ?? (needsCode ? longTokenLife : tokenLife);
    this.#byToken.set(token, { account, needsCode, endsAt: this.#clock.now() + life });
    return { token, needsCode };
  }

  find(token: unknown): LoginToken | undefined {
    const loginToken = typeof token === "string" ? this.#byToken.get(token) : undefined;
    return loginToken !== undefined && this.#clock.now() < loginToken.endsAt ? loginToken : undefined;
  }

  remove(loginToken: LoginToken): void {
    for (const [token, other] of this.#byToken) if (other === loginToken) this.#byToken.delete(token);
  }

  send(loginToken: LoginToken, type: EagleEyeWay, to: string): void {
    const { username } = loginToken.account;
    const code = randomDigits(4);
    loginToken.code = code;
    this.inbox.push({ username, type, to, code, at: this.#clock.now() });
  }

  /** Whether a user is locked after wrong codes. */
  isLocked({ username, state }: EagleEyeAccount): boolean {
    return statesOf(state).includes("locked") || (this.#wrongCodes.get(username) ?? 0) > wrongCodesAllowed;
  }

  /** Whether a user is locked after wrong passwords. */
  isPasswordLocked({ username }: EagleEyeAccount): boolean {
    const limit = this.#options.loginAttemptLimit ?? Number.POSITIVE_INFINITY;
    return (this.#wrongPasswords.get(username) ?? 0) >= limit;
  }

  /** Counts consecutive wrong passwords of a user. */
  countPassword(username: string, isRight: boolean): void {
    this.#wrongPasswords.set(username, isRight ? 0 : (this.#wrongPasswords.get(username) ?? 0) + 1);
  }

  /** Checks a code. Wrong codes count until the user is locked. */
  checkCode(loginToken: LoginToken, code: unknown): boolean {
    const { username } = loginToken.account;
    const isRight = code === loginToken.code;
    this.#wrongCodes.set(username, isRight ? 0 : (this.#wrongCodes.get(username) ?? 0) + 1);
    return isRight;
  }

  /** Creates a key that lets later logins skip the code. */
  trust(username: string): string {
    const key = randomBase64(24).replaceAll(/[+/=]/g, "x");
    this.#trustedKeys.set(key, username);
    return key;
  }

  forgetTrustedKeys(): void {
    this.#trustedKeys.clear();
  }

  forget(): void {
    this.inbox.length = 0;
    this.#byToken.clear();
    this.#wrongPasswords.clear();
    this.#wrongCodes.clear();
    this.forgetTrustedKeys();
  }
}

export function statesOf(state: EagleEyeAccount["state"]): readonly string[] {
  if (state === undefined) return ["active"];
  return typeof state === "string" ? [state] : state;
}
