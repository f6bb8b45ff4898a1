import type { AnyVmsError } from "@vms/core";
import { formatDuration } from "../command-line/format-time.ts";
import { loginCommand } from "../profiles/profile.ts";
import { isVendor, vendors } from "../profiles/vendors.ts";
import { passwordVariable } from "../secrets/environment-secrets.ts";
import type { ErrorContext } from "./error-context.ts";

/** Node's codes for a certificate that no trusted authority signed. */
const UNTRUSTED = /\((DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(VERIFY|GET_ISSUER)\w*)\)/;

/** What the user can do about an error of the packages, if its message does not say it. */
export function vmsErrorHint(error: AnyVmsError, context: ErrorContext | undefined): string | undefined {
  const signIn = context === undefined ? "vms login <profile>" : loginCommand(context.name, context.profile);
  if (error.code === "store_failed") {
    return error.message.includes("encryptedStore: the value") ? `Sign in again: ${signIn}` : undefined;
  }
  if (error.code === "insecure_transport") {
    return context === undefined || context.unsaved
      ? "To allow it, give --allow-http."
      : `To allow it: ${signIn} --allow-http`;
  }
  if (!isVendor(error.vendor)) return undefined;
  const { prefix } = vendors[error.vendor];
  switch (error.code) {
    case "invalid_request":
      return error.message.includes("g/account/list")
        ? `To see the user's accounts: ${accountList(context)}`
        : undefined;
    case "invalid_credentials": {
      const variable = context === undefined ? undefined : passwordVariable(context.profile);
      return variable === undefined
        ? `Sign in with the right ones: ${signIn}`
        : `They were refused with the password in ${variable}: correct it, or unset it and sign in: ${signIn}`;
    }
    case "second_factor_required": {
      if (!error.message.includes("is not set")) return undefined;
      const byApp = error.methods.some(({ type }) => type === "totp");
      return `Sign in at a terminal: ${signIn}${byApp ? `\nOr give the app's secret to a job, in ${prefix}_TOTP.` : ""}`;
    }
    case "origin_not_allowed":
      return `Give a path below the profile's URL. To allow that host, too: ${signIn} --option allowedOrigins=https://…`;
    case "rate_limited":
      if (error.retryAfter === undefined || error.message.includes("to wait")) return undefined;
      return `The vendor asks to wait ${formatDuration(error.retryAfter)}.`;
    case "vendor_unavailable":
      if (error.status !== undefined) return "Try again later; the vendor's status page may know more.";
      return UNTRUSTED.test(error.message)
        ? `Its certificate is of an authority that this machine does not know. If it is your own: ${signIn} --ca <file>`
        : undefined;
    default:
      return undefined;
  }
}

/** The command that lists a user's accounts. A profile with a wrong account cannot run it. */
function accountList(context: ErrorContext | undefined): string {
  const list = (name: string) => `vms api ${name} g/account/list`;
  return context?.switchedFrom === undefined ? `vms login eagleeye && ${list("eagleeye")}` : list(context.switchedFrom);
}
