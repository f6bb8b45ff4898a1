import process from "node:process";
import type { Profile } from "../profiles/config.ts";
import { asUrl, isSameUrl } from "../profiles/urls.ts";
import { vendors } from "../profiles/vendors.ts";

/** Whose the secrets of the environment are, in words, where they are not this profile's: then they are not sent. */
export function otherOwner(profile: Profile): string | undefined {
  const { prefix } = vendors[profile.vendor];
  const user = process.env[`${prefix}_USERNAME`];
  if (user && user !== profile.username) return `${prefix}_USERNAME names another user.`;
  return isElsewhere(profile) ? `${prefix}_URL names another URL.` : undefined;
}

/** Whether the environment names another place than the profile's. */
export function isElsewhere({ vendor, url }: Profile): boolean {
  const { prefix, host } = vendors[vendor];
  const place = process.env[`${prefix}_URL`];
  return place !== undefined && place !== "" && !isAt(asUrl(place), url, host);
}

function isAt(place: string, url: string | undefined, host: string | undefined): boolean {
  if (!URL.canParse(place)) return false;
  return url === undefined ? new URL(place).origin === `https://${host}` : isSameUrl(place, url);
}
