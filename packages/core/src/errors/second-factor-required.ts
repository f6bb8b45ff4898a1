import type { RemedyId } from "./remedy.ts";
import { VmsError, type VmsErrorDetails } from "./vms-error.ts";

/** A second-factor method that the vendor offers. */
export interface SecondFactorMethod {
  /** How the user gets the code: from an authenticator app, by SMS or by e-mail. */
  readonly type: "totp" | "sms" | "email";
  /** The phone number or address that receives the code, masked by the vendor, for example `*** *** 779`. */
  readonly hint?: string;
}

/**
 * Why the login could not provide a second factor.
 *
 * - `"not_configured"`: the required option is not set, for example `secondFactor`.
 * - `"background"`: a background renewal may not prompt a person. The session stays in use until it expires; the next
 *   call prompts.
 * - `"enrolment"`: the account must enrol a second factor first.
 * - `"no_method"`: the vendor requires a code but offers no method.
 */
export type SecondFactorRequiredReason = "not_configured" | "background" | "enrolment" | "no_method";

const REMEDIES = {
  not_configured: "provide_second_factor",
  background: "allow_prompt",
  enrolment: "enrol_second_factor",
  no_method: "enrol_second_factor",
} as const satisfies Record<SecondFactorRequiredReason, RemedyId>;

/** `second_factor_required`: the account needs a second factor, and nothing could provide it. */
export class SecondFactorRequired extends VmsError {
  override readonly name = "SecondFactorRequired";
  readonly code = "second_factor_required" as const;
  readonly reason: SecondFactorRequiredReason;
  /** The methods that the vendor offers. Empty if it offers none or the second factor is not a code. */
  readonly methods: readonly SecondFactorMethod[];

  constructor(
    vendor: string,
    problem: string,
    details: VmsErrorDetails & {
      readonly reason: SecondFactorRequiredReason;
      readonly methods: readonly SecondFactorMethod[];
    },
  ) {
    super(vendor, problem, { remedy: { id: REMEDIES[details.reason] }, ...details });
    this.reason = details.reason;
    this.methods = details.methods;
  }
}
