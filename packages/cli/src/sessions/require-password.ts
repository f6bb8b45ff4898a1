import type { AnyVmsError } from "@vms/core";
import { CliError } from "../errors/cli-error.ts";
import { EXIT } from "../errors/exit-codes.ts";
import { loginCommand, type Profile } from "../profiles/profile.ts";
import { unusedPasswordReason } from "../secrets/environment-secrets.ts";
import { knownPassword } from "../secrets/known-password.ts";
import type { System } from "../system/system.ts";

/**
 * The known password of a profile.
 * @param unread the error that kept the stored session from being read, so that the message can say why.
 * @param whyNoSession says, if the session could be read, why it cannot be used.
 * @throws {CliError} if no password is known: the profile is not signed in.
 */
export async function requirePassword(
  system: System,
  name: string,
  profile: Profile,
  unread?: AnyVmsError,
  whyNoSession: () => string | Promise<string> = () => `the profile "${name}" is not signed in.`,
): Promise<string> {
  const known = await knownPassword(system, profile);
  if (known !== undefined) return known.password;
  if (unread !== undefined) {
    // Imported late, because most runs do not need it.
    const { describeError } = await import("../error-messages/describe-error.ts");
    const { message, hint = `Sign in: ${loginCommand(name, profile)}` } = describeError(unread, {
      name,
      profile,
      system,
    });
    const told = `the session of the profile "${name}" cannot be used: ${message}`;
    throw new CliError(EXIT.notSignedIn, told, hint, unread);
  }
  const unused = unusedPasswordReason(system, profile);
  throw new CliError(
    EXIT.notSignedIn,
    `${await whyNoSession()}${unused === undefined ? "" : ` ${unused}`}`,
    `Sign in: ${loginCommand(name, profile)}`,
  );
}
