import process from "node:process";
import { isVmsError, type SecondFactor } from "@vms/core";
import { CliError } from "./cli-error.ts";
import type { Profile } from "./config.ts";
import { EXIT } from "./exit-codes.ts";
import { vendors } from "./vendors.ts";

/** The codes of an authenticator app whose secret is in the environment, where it is. */
export async function codesFromEnvironment({ vendor }: Pick<Profile, "vendor">): Promise<SecondFactor | undefined> {
  const variable = `${vendors[vendor].prefix}_TOTP`;
  const secret = process.env[variable];
  if (!secret) return undefined;
  const { totp } = await import("@vms/core/totp");
  try {
    return totp(secret);
  } catch (error) {
    if (!isVmsError(error)) throw error;
    const why = error.message.replace(/^.*totp: /s, "");
    throw new CliError(EXIT.usage, `${variable}: ${why}`, `Correct ${variable}, or take it out.`, error);
  }
}
