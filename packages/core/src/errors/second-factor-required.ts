import { VmsError, type VmsErrorDetails } from "./vms-error.ts";

/** A second-factor method that the vendor offers. */
export interface SecondFactorMethod {
  readonly type: "totp" | "sms" | "email";
  /** The phone number or address that a code is sent to, masked by the vendor, for example `*** *** 779`. */
  readonly hint?: string;
}

/**
 * `second_factor_required`: the account needs a second factor, and nothing could provide it. `methods` has what the vendor
 * offers.
 *
 * Either the option `secondFactor` is not set, or a renewal in the background may not ask a person. Or the account has to
 * enrol a second factor first.
 */
export class SecondFactorRequired extends VmsError {
  override readonly name = "SecondFactorRequired";
  readonly code = "second_factor_required" as const;
  readonly methods: readonly SecondFactorMethod[];

  constructor(
    vendor: string,
    message: string,
    details: VmsErrorDetails & { readonly methods: readonly SecondFactorMethod[] },
  ) {
    super(vendor, message, details);
    this.methods = details.methods;
  }
}
