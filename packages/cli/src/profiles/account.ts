import type { Profile } from "./profile.ts";
import { isSameUrl, profileHost } from "./urls.ts";

/** Whether two profiles are of different accounts. */
export function isDifferentAccount(one: Profile, other: Profile): boolean {
  return (
    one.vendor !== other.vendor ||
    one.username !== other.username ||
    !isSameUrl(one.url, other.url) ||
    one.options?.account !== other.options?.account
  );
}

/** Names an account for people. */
export function describeAccount(profile: Profile): string {
  const account = profile.options?.account;
  const part = typeof account === "string" ? `, account ${account},` : "";
  return `${profile.username}${part} at ${profileHost(profile)}`;
}
