import { usage } from "../errors/cli-error.ts";

/** @throws {CliError} if a name cannot be the name of a profile. */
export function checkProfileName(name: string): void {
  if (/^[A-Za-z0-9][\w.@-]{0,63}$/.test(name)) return;
  throw usage(
    `"${name.slice(0, 80)}" cannot be the name of a profile.`,
    "Use up to 64 letters, digits and . _ - @, and begin with a letter or digit.",
  );
}
