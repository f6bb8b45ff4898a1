import type { Credentials } from "../contract/credentials.ts";
import { type AnyVmsError, isVmsError } from "../errors/any-error.ts";
import type { VmsErrorCode } from "../errors/vms-error.ts";

/** After these the same credentials are not tried again: a further try could lock the account. */
const FINAL: ReadonlySet<VmsErrorCode> = new Set([
  "invalid_credentials",
  "account_unavailable",
  "second_factor_required",
  "second_factor_rejected",
  "invalid_request",
]);

/** Law 10: which credentials the vendor refused, and how. */
export interface Refusal {
  readonly error: AnyVmsError;
  readonly credentials: Credentials;
}

/** The refusal that a failed login means, or none where trying again can help. */
export function refusalOf(error: unknown, credentials: Credentials): Refusal | undefined {
  return isVmsError(error) && FINAL.has(error.code) ? { error, credentials } : undefined;
}

/** Whether a refusal is about these credentials. */
export function refuses(refusal: Refusal | undefined, { username, password }: Credentials): refusal is Refusal {
  return refusal?.credentials.username === username && refusal.credentials.password === password;
}
