import process from "node:process";
import { isVmsError, type SecondFactor } from "@vms/core";
import { CliError } from "./errors/cli-error.ts";
import { EXIT } from "./errors/exit-codes.ts";
import type { Profile } from "./profiles/config.ts";
import { vendors } from "./profiles/vendors.ts";
import { otherOwner } from "./secrets/environment-secrets.ts";

/** The codes of an authenticator app whose secret is in the environment, where it is, and is this profile's. */
export async function codesFromEnvironment(profile: Profile): Promise<SecondFactor | undefined> {
  const variable = `${vendors[profile.vendor].prefix}_TOTP`;
  const secret = process.env[variable];
  if (!secret || otherOwner(profile) !== undefined) return undefined;
  const { totp } = await import("@vms/core/totp");
  try {
    return totp(secret);
  } catch (error) {
    if (!isVmsError(error)) throw error;
    const why = error.message.replace(/^.*totp: /s, "");
    throw new CliError(EXIT.usage, `${variable}: ${why}`, `Correct ${variable}, or take it out.`, error);
  }
}
