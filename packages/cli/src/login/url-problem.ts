import { isVmsError, parseBaseUrl } from "@vms/core";
import { inPlainWords } from "../error-messages/vms-error-hint.ts";
import type { Profile } from "../profiles/config.ts";
import { asUrl } from "../profiles/urls.ts";
import { type VendorName, vendors } from "../profiles/vendors.ts";

/** Says what is wrong with a URL that was typed; `undefined` where nothing is. */
export function complaintOf(vendor: VendorName, text: string): string | undefined {
  try {
    parseBaseUrl(vendor, asUrl(text));
    return undefined;
  } catch (error) {
    return isVmsError(error) ? inPlainWords(error) : "It is not a URL.";
  }
}

/** Whether two URLs are of the same host. */
export function isSameHost(one: string | undefined, other: string | undefined): boolean {
  return originOf(one) === originOf(other);
}

/** Where a profile is, as a person knows it. */
export function hostOf({ vendor, url }: Profile): string {
  return url === undefined ? (vendors[vendor].host ?? "") : new URL(url).host;
}

/** Whether a URL is on this machine, as the simulator's is. */
export function isLocal(url: string | undefined): boolean {
  return url !== undefined && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname);
}

function originOf(url: string | undefined): string {
  return url === undefined ? "" : new URL(url).origin;
}
