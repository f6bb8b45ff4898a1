import { isVmsError, parseBaseUrl } from "@vms/core";
import type { Profile } from "../../config.ts";
import { inPlainWords } from "../../plain-words.ts";
import { type VendorName, vendors } from "../../vendors.ts";

/** A URL as a person types it: a bare host means HTTPS, and no slash ends it. */
export function asUrl(text: string): string {
  const trimmed = text.trim();
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
  return whole.replace(/\/+$/, "");
}

/** Says what is wrong with a URL that was typed; `undefined` where nothing is. */
export function complaintOf(vendor: VendorName, text: string): string | undefined {
  try {
    parseBaseUrl(vendor, asUrl(text));
    return undefined;
  } catch (error) {
    return isVmsError(error) ? inPlainWords(error) : "It is not a URL.";
  }
}

/** Whether two URLs are the same place. */
export function isSameUrl(one: string | undefined, other: string | undefined): boolean {
  return hrefOf(one) === hrefOf(other);
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

function hrefOf(url: string | undefined): string {
  return url === undefined ? "" : new URL(url).href.replace(/\/+$/, "");
}

function originOf(url: string | undefined): string {
  return url === undefined ? "" : new URL(url).origin;
}
