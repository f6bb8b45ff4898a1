import process from "node:process";
import { isVmsError, type SecondFactor } from "@vms/core";
import { passwordFromEnv } from "@vms/core/internal/node";
import { CliError } from "../errors/cli-error.ts";
import { EXIT } from "../errors/exit-codes.ts";
import { isPasswordless, type Profile } from "../profiles/profile.ts";
import { defaultUrl, isSameOrigin, isSameUrl, withScheme } from "../profiles/urls.ts";
import { vendors } from "../profiles/vendors.ts";

/** Why the secrets of the environment are not for this profile. They are sent only if it returns `undefined`. */
function environmentMismatch(profile: Profile): string | undefined {
  const { prefix } = vendors[profile.vendor];
  const user = process.env[`${prefix}_USERNAME`];
  if (user && user !== profile.username) return `${prefix}_USERNAME names another user.`;
  return isForAnotherUrl(profile) ? `${prefix}_URL names another URL.` : undefined;
}

/** Whether the environment names another URL than the profile's. */
function isForAnotherUrl({ vendor, url }: Profile): boolean {
  const text = process.env[`${vendors[vendor].prefix}_URL`];
  if (!text) return false;
  const place = withScheme(text);
  if (!URL.canParse(place)) return true;
  return url === undefined ? !isSameOrigin(place, defaultUrl(vendor)) : !isSameUrl(place, url);
}

/**
 * The variable that gives a profile's password: `<prefix>_PASSWORD` or `<prefix>_PASSWORD_FILE`. `undefined` if neither
 * is set, or they are for another user or URL.
 */
export function passwordVariable(profile: Profile): string | undefined {
  if (isPasswordless(profile) || environmentMismatch(profile) !== undefined) return undefined;
  return setPasswordVariable(profile);
}

function setPasswordVariable({ vendor }: Profile): string | undefined {
  const { prefix } = vendors[vendor];
  return [`${prefix}_PASSWORD`, `${prefix}_PASSWORD_FILE`].find((variable) => process.env[variable]);
}

/**
 * The password of the environment. It is sent only for the user and the URL that the environment names.
 * @throws {CliError} if both variables are set, or the password file cannot be used.
 */
export async function environmentPassword(profile: Profile): Promise<string | undefined> {
  if (passwordVariable(profile) === undefined) return undefined;
  try {
    return await passwordFromEnv(vendors[profile.vendor].prefix);
  } catch (error) {
    if (!isVmsError(error)) throw error;
    throw new CliError(EXIT.usage, error.problem, undefined, error);
  }
}

/**
 * The options of the environment that are secrets, such as an API key. They belong to no user, but only to the URL that
 * the environment names.
 */
export function environmentOptions(profile: Profile): Readonly<Record<string, string>> {
  if (isForAnotherUrl(profile)) return {};
  const given = Object.entries(vendors[profile.vendor].secrets).flatMap(([name, variable]) => {
    const value = process.env[variable];
    return value ? [[name, value]] : [];
  });
  return Object.fromEntries(given);
}

/** Why the environment's password is not used for a profile; `undefined` if it is used or not set. */
export function unusedPasswordReason(profile: Profile): string | undefined {
  const variable = setPasswordVariable(profile);
  const other = variable === undefined ? undefined : environmentMismatch(profile);
  return other === undefined ? undefined : `${variable} is not used here: ${other}`;
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
    throw new CliError(EXIT.usage, `${variable}: ${error.problem}`, `Correct ${variable}, or unset it.`, error);
  }
}
