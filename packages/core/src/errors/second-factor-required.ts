import type { RemedyId } from "./remedy.ts";
import { VmsError, type VmsErrorDetails } from "./vms-error.ts";

/** A second-factor method that the vendor offers. */
export interface SecondFactorMethod {
  /** How the code reaches the user: from an authenticator app, by SMS, or by e-mail. */
  readonly type: "totp" | "sms" | "email";
  /** The phone number or address that a code is sent to, masked by the vendor, for example `*** *** 779`. */
  readonly hint?: string;
}

/**
 * Why no second factor could be sent.
 *
 * - `"not_configured"`: the option for it is not set, for example `secondFactor`.
 * - `"background"`: a renewal in the background may not ask a person. The session stays in use until it expires, and the next
 *   call then asks.
 * - `"enrolment"`: the account has to enrol a second factor first.
 * - `"no_method"`: the vendor requires a code and offers no method to send it.
 */
export type SecondFactorRequiredReason = "not_configured" | "background" | "enrolment" | "no_method";

const REMEDIES = {
  not_configured: "provide_second_factor",
  background: "allow_prompt",
  enrolment: "enrol_second_factor",
  no_method: "enrol_second_factor",
} as const satisfies Record<SecondFactorRequiredReason, RemedyId>;

/**
 * `second_factor_required`: the account needs a second factor, and nothing could provide it. `reason` says why, and `methods`
 * has what the vendor offers.
 */
export class SecondFactorRequired extends VmsError {
  override readonly name = "SecondFactorRequired";
  readonly code = "second_factor_required" as const;
  /** Why no second factor could be sent. */
  readonly reason: SecondFactorRequiredReason;
  /** The methods that the vendor offers. Empty if it offers none, or none is about a code. */
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
