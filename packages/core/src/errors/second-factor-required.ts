import { VmsError, type VmsErrorDetails } from "./vms-error.ts";

/** A way in which the vendor offers to prove a second factor. */
export interface SecondFactorMethod {
  readonly type: "totp" | "sms" | "email";
  /** Where the code goes, masked by the vendor, for example `*** *** 779`. */
  readonly hint?: string;
}

/** The account asks for a second factor, and nothing was given that could answer. `methods` says what is asked for. */
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
