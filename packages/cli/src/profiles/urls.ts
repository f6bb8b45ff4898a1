import type { Profile } from "./profile.ts";
import { vendors } from "./vendors.ts";

/** A URL as a person types it: a bare host means HTTPS, and no slash ends it. */
export function withScheme(text: string): string {
  const trimmed = text.trim();
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
  return whole.replace(/\/+$/, "");
}

/** Whether two URLs are the same place. */
export function isSameUrl(one: string | undefined, other: string | undefined): boolean {
  return hrefOf(one) === hrefOf(other);
}

function hrefOf(url: string | undefined): string {
  return url === undefined ? "" : new URL(url).href.replace(/\/+$/, "");
}

/** Whether two URLs are of the same host. */
export function isSameOrigin(one: string | undefined, other: string | undefined): boolean {
  return originOf(one) === originOf(other);
}

/** Where a profile is, as a person knows it. */
export function profileHost({ vendor, url }: Profile): string {
  return url === undefined ? (vendors[vendor].host ?? "") : new URL(url).host;
}

/** Whether a URL is on this machine, as the simulator's is. */
export function isLoopbackUrl(url: string | undefined): boolean {
  return url !== undefined && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname);
}

function originOf(url: string | undefined): string {
  return url === undefined ? "" : new URL(url).origin;
}
