import { isVmsError, type SecondFactor } from "@vms/core";
import { passwordFromEnv } from "@vms/core/internal/node";
import { CliError } from "../errors/cli-error.ts";
import { EXIT } from "../errors/exit-codes.ts";
import { isPasswordless, type Profile } from "../profiles/profile.ts";
import { defaultUrl, isSameOrigin, isSameUrl, withScheme } from "../profiles/urls.ts";
import { vendors } from "../profiles/vendors.ts";
import type { Environment, System } from "../system/system.ts";

/** Why the secrets of the environment are not for this profile. They are sent only if it returns `undefined`. */
function environmentMismatch({ env }: System, profile: Profile): string | undefined {
  const { prefix } = vendors[profile.vendor];
  const user = env[`${prefix}_USERNAME`];
  if (user && user !== profile.username) return `${prefix}_USERNAME names another user.`;
  return isForAnotherUrl(env, profile) ? `${prefix}_URL names another URL.` : undefined;
}

/** Whether the environment names another URL than the profile's. */
function isForAnotherUrl(env: Environment, { vendor, url }: Profile): boolean {
  const text = env[`${vendors[vendor].prefix}_URL`];
  if (!text) return false;
  const place = withScheme(text);
  if (!URL.canParse(place)) return true;
  return url === undefined ? !isSameOrigin(place, defaultUrl(vendor)) : !isSameUrl(place, url);
}

/**
 * The variable that gives a profile's password: `<prefix>_PASSWORD` or `<prefix>_PASSWORD_FILE`. `undefined` if neither
 * is set, or they are for another user or URL.
 */
export function passwordVariable(system: System, profile: Profile): string | undefined {
  if (isPasswordless(profile) || environmentMismatch(system, profile) !== undefined) return undefined;
  return setPasswordVariable(system, profile);
}

function setPasswordVariable({ env }: System, { vendor }: Profile): string | undefined {
  const { prefix } = vendors[vendor];
  return [`${prefix}_PASSWORD`, `${prefix}_PASSWORD_FILE`].find((variable) => env[variable]);
}

/**
 * The password of the environment. It is sent only for the user and the URL that the environment names.
 * @throws {CliError} if both variables are set, or the password file cannot be used.
 */
export async function environmentPassword(system: System, profile: Profile): Promise<string | undefined> {
  if (passwordVariable(system, profile) === undefined) return undefined;
  try {
    return await passwordFromEnv(vendors[profile.vendor].prefix, system.env);
  } catch (error) {
    if (!isVmsError(error)) throw error;
    throw new CliError(EXIT.usage, error.problem, undefined, error);
  }
}

/**
 * The options of the environment that are secrets, such as an API key. They belong to no user, but only to the URL that
 * the environment names.
 */
export function environmentOptions({ env }: System, profile: Profile): Readonly<Record<string, string>> {
  if (isForAnotherUrl(env, profile)) return {};
  const given = Object.entries(vendors[profile.vendor].secrets).flatMap(([name, variable]) => {
    const value = env[variable];
    return value ? [[name, value]] : [];
  });
  return Object.fromEntries(given);
}

/** Why the environment's password is not used for a profile; `undefined` if it is used or not set. */
export function unusedPasswordReason(system: System, profile: Profile): string | undefined {
  const variable = setPasswordVariable(system, profile);
  const other = variable === undefined ? undefined : environmentMismatch(system, profile);
  return other === undefined ? undefined : `${variable} is not used here: ${other}`;
}

/** The codes of the authenticator secret in the environment, if it is set and belongs to the profile. */
export async function environmentTotp(system: System, profile: Profile): Promise<SecondFactor | undefined> {
  const variable = `${vendors[profile.vendor].prefix}_TOTP`;
  const secret = system.env[variable];
  if (!secret || environmentMismatch(system, profile) !== undefined) return undefined;
  const { totp } = await import("@vms/core/totp");
  try {
    return totp(secret);
  } catch (error) {
    if (!isVmsError(error)) throw error;
    throw new CliError(EXIT.usage, `${variable}: ${error.problem}`, `Correct ${variable}, or unset it.`, error);
  }
}
