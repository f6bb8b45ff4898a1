import process from "node:process";
import { isVmsError, type SecondFactor } from "@vms/core";
import { CliError } from "../errors/cli-error.ts";
import { EXIT } from "../errors/exit-codes.ts";
import { isPasswordless, type Profile } from "../profiles/profile.ts";
import { isSameUrl, withScheme } from "../profiles/urls.ts";
import { vendors } from "../profiles/vendors.ts";

/** Why the secrets of the environment do not belong to a profile. If it returns a reason they are not sent. */
function environmentMismatch(profile: Profile): string | undefined {
  const { prefix } = vendors[profile.vendor];
  const user = process.env[`${prefix}_USERNAME`];
  if (user && user !== profile.username) return `${prefix}_USERNAME names another user.`;
  return isForAnotherUrl(profile) ? `${prefix}_URL names another URL.` : undefined;
}

/** Whether the environment names another URL than the profile's. */
function isForAnotherUrl({ vendor, url }: Profile): boolean {
  const { prefix, host } = vendors[vendor];
  const place = process.env[`${prefix}_URL`];
  return place !== undefined && place !== "" && !isAt(withScheme(place), url, host);
}

function isAt(place: string, url: string | undefined, host: string | undefined): boolean {
  if (!URL.canParse(place)) return false;
  return url === undefined ? new URL(place).origin === `https://${host}` : isSameUrl(place, url);
}

/** The password of the environment. It is sent only for the user and the URL that the environment names. */
export function environmentPassword(profile: Profile): string | undefined {
  if (isPasswordless(profile)) return undefined;
  const given = process.env[`${vendors[profile.vendor].prefix}_PASSWORD`];
  return given && environmentMismatch(profile) === undefined ? given : undefined;
}

/** The API key of the environment. It belongs to no user, but only to the URL that the environment names. */
export function environmentApiKey(profile: Profile): string | undefined {
  const key = process.env[`${vendors[profile.vendor].prefix}_API_KEY`];
  return key && !isForAnotherUrl(profile) ? key : undefined;
}

/** Why the environment's password is not used for a profile; `undefined` if it is used or not set. */
export function unusedPasswordReason(profile: Profile): string | undefined {
  const { prefix } = vendors[profile.vendor];
  const other = process.env[`${prefix}_PASSWORD`] ? environmentMismatch(profile) : undefined;
  return other === undefined ? undefined : `${prefix}_PASSWORD is not used here: ${other}`;
}

/** The codes of the authenticator secret in the environment, if it is set and belongs to the profile. */
export async function environmentTotp(profile: Profile): Promise<SecondFactor | undefined> {
  const variable = `${vendors[profile.vendor].prefix}_TOTP`;
  const secret = process.env[variable];
  if (!secret || environmentMismatch(profile) !== undefined) return undefined;
  const { totp } = await import("@vms/core/totp");
  try {
    return totp(secret);
  } catch (error) {
    if (!isVmsError(error)) throw error;
    const why = error.message.replace(/^.*totp: /s, "");
    throw new CliError(EXIT.usage, `${variable}: ${why}`, `Correct ${variable}, or take it out.`, error);
  }
}
