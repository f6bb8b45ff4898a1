import type { StoredError } from "../../contract/stored-history.ts";
import { AccountUnavailable, type AccountUnavailableReason } from "../../errors/account-unavailable.ts";
import { InvalidCredentials } from "../../errors/invalid-credentials.ts";
import type { AnyVmsError } from "../../errors/is-vms-error.ts";
import { RateLimited } from "../../errors/rate-limited.ts";
import { UnexpectedResponse } from "../../errors/unexpected-response.ts";
import { VendorUnavailable } from "../../errors/vendor-unavailable.ts";

/** The problem of a login's error contains no secret. */
export function toStoredError(error: AnyVmsError): StoredError {
  const { code, problem, status } = error;
  const reason = error.code === "account_unavailable" ? { reason: error.reason } : {};
  return { code, problem: problem.slice(0, 1_000), ...(status === undefined ? {} : { status }), ...reason };
}

export function fromStoredError(vendor: string, { code, problem, status, reason }: StoredError): AnyVmsError {
  switch (code) {
    case "invalid_credentials":
      return new InvalidCredentials(vendor, problem, { status });
    case "account_unavailable":
      return new AccountUnavailable(vendor, problem, { status, reason: reason as AccountUnavailableReason });
    case "rate_limited":
      return new RateLimited(vendor, problem, { status });
    case "vendor_unavailable":
      return new VendorUnavailable(vendor, problem, { status });
    default:
      return new UnexpectedResponse(vendor, problem, { status });
  }
}
