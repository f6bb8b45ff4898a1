import type { Profile } from "./profile.ts";
import { type VendorName, vendors } from "./vendors.ts";

/** Completes a typed URL: a bare host means HTTPS, and trailing slashes are removed. */
export function withScheme(text: string): string {
  const trimmed = text.trim();
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
  return whole.replace(/\/+$/, "");
}

/** Whether two URLs are equal, apart from trailing slashes. */
export function isSameUrl(one: string | undefined, other: string | undefined): boolean {
  return hrefOf(one) === hrefOf(other);
}

function hrefOf(url: string | undefined): string {
  return url === undefined ? "" : new URL(url).href.replace(/\/+$/, "");
}

export function isSameOrigin(one: string | undefined, other: string | undefined): boolean {
  return originOf(one) === originOf(other);
}

/** The URL of a vendor that has one for all customers. */
export function defaultUrl(vendor: VendorName): string | undefined {
  const { baseUrl } = vendors[vendor];
  return "default" in baseUrl ? baseUrl.default : undefined;
}

/** An example of a URL, if each customer of the vendor has its own URL. */
export function urlExample(vendor: VendorName): string | undefined {
  const { baseUrl } = vendors[vendor];
  return "example" in baseUrl ? baseUrl.example : undefined;
}

/** The host of a profile, as users know it. */
export function profileHost({ vendor, url = defaultUrl(vendor) }: Profile): string {
  return url === undefined ? "" : new URL(url).host;
}

/** Whether a URL is on this machine, as the simulator's are. */
export function isLoopbackUrl(url: string | undefined): boolean {
  return url !== undefined && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname);
}

function originOf(url: string | undefined): string {
  return url === undefined ? "" : new URL(url).origin;
}
