import type { Credentials } from "../../contract/credentials.ts";
import type { Flow } from "../../contract/flow/flow.ts";
import { type AnyVmsError, isVmsError } from "../../errors/is-vms-error.ts";
import { DELAYS, doubling, lasts } from "./login-rules.ts";

export interface Refusal {
  readonly error: AnyVmsError;
  readonly credentials: Credentials;
  /** The flow's `loginInputs`, as one string. */
  readonly inputs: string;
  /** In ms since the epoch. */
  readonly since: number;
  /** When it may be sent again, in ms since the epoch. `undefined`: never. */
  readonly until: number | undefined;
  /** How often it was refused again after `until`. */
  readonly step: number;
  readonly isShared: boolean;
}

/** For good, for a time that doubles, or for good but only by this session object. */
export type RefusalLife = "for_good" | "for_a_time" | "by_this_object";

/** Statuses that say nothing about the credentials. */
const PASSING = new Set([408, 425, 429]);

/** Guarantee 10: how long to remember a refusal. `undefined`: the error is none. */
export function lifeOfRefusal({ code, status = 0 }: AnyVmsError): RefusalLife | undefined {
  switch (code) {
    case "invalid_credentials":
      return "for_good";
    case "account_unavailable":
      return "for_a_time";
    case "unexpected_response":
      return status >= 400 && status < 500 && !PASSING.has(status) ? "for_a_time" : undefined;
    case "second_factor_required":
    case "second_factor_rejected":
    case "invalid_request":
      return "by_this_object";
    default:
      return undefined;
  }
}

/** Whether the account or password was refused, not only this session's way to sign in. */
export function isVendorsRefusal(error: unknown): boolean {
  const life = isVmsError(error) ? lifeOfRefusal(error) : undefined;
  return life === "for_good" || life === "for_a_time";
}

/** In ms since the epoch. */
export function endOfRefusal(
  life: RefusalLife,
  now: number,
  step: number,
  retryRefusedAfter: number | undefined,
): number | undefined {
  const delay = life === "for_a_time" ? doubling(DELAYS.unavailable, step) : undefined;
  const ms = Math.min(delay ?? Number.POSITIVE_INFINITY, retryRefusedAfter ?? Number.POSITIVE_INFINITY);
  return Number.isFinite(ms) ? now + ms : undefined;
}

export function isActive({ since, until }: { since: number; until?: number | undefined }, now: number): boolean {
  return until === undefined || lasts({ since, until }, now);
}

export function isAbout(refusal: Refusal, { username, password }: Credentials, inputs: string): boolean {
  const { credentials } = refusal;
  return credentials.username === username && credentials.password === password && refusal.inputs === inputs;
}

/** As one string, for comparison. */
export function loginInputsOf({ loginInputs = [] }: Pick<Flow<never, never>, "loginInputs">): string {
  return JSON.stringify(loginInputs);
}
