import { isVmsError } from "@vms/core";
import { parseBaseUrl } from "@vms/core/flow";
import { vmsErrorMessage } from "../error-messages/vms-error-message.ts";
import { withScheme } from "../profiles/urls.ts";
import type { VendorName } from "../profiles/vendors.ts";

/** Says what is wrong with a typed URL; `undefined` if it is valid. */
export function urlProblem(vendor: VendorName, text: string): string | undefined {
  try {
    parseBaseUrl(vendor, withScheme(text));
    return undefined;
  } catch (error) {
    return isVmsError(error) ? vmsErrorMessage(error) : "It is not a URL.";
  }
}
