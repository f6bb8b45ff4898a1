import { type Command, Option } from "commander";
import { collectValues } from "../command-line/collect-values.ts";
import { helpText } from "../command-line/help-text.ts";
import type { Terminal } from "../command-line/terminal.ts";
import { usage } from "../errors/cli-error.ts";
import type { ProfileOptions } from "../login/profile-options.ts";
import type { LoginTarget } from "../login/resolve-target.ts";
import type { GivenPassword } from "../login/sign-in-request.ts";
import { accountVendorTitles } from "../profiles/account.ts";
import type { Config } from "../profiles/config.ts";
import type { PasswordStorage } from "../secrets/saved-password.ts";
import { loginHelp } from "./login-help.ts";

/** The options of `vms login`, as the command line gives them. */
interface LoginOptions extends ProfileOptions {
  readonly passwordStdin?: true;
  readonly saveCredentials?: true;
  readonly insecureStorage?: true;
  readonly json?: true;
}

export function defineLogin(program: Command, terminal: Terminal): void {
  program
    .command("login")
    .description("Sign in, and store the session.")
    .argument("[vendor]", "the vendor, or a profile to sign in again")
    .option("-p, --profile <name>", "the name of the profile (default: <vendor>)")
    .option("--url <url>", "the URL of the vendor's API")
    .option("-u, --username <name>", "the user name")
    .option("--password-stdin", "read the password from standard input")
    .option("--ca <file>", "trust only the certificates in this PEM file, for a private CA")
    .option("--allow-http", "allow http:// to other machines; others can then read the password")
    .option("--option <key=value>", "an option of the vendor's package; can be repeated", collectValues)
    .option("--account <id>", `use this account of the user (${accountVendorTitles})`)
    .option("--save-credentials", "save the password too, in the system's keyring")
    .option("--insecure-storage", "with --save-credentials: save it in a file, as clear text")
    .addOption(
      new Option("--simulator", "sign in to the running simulator (vms simulator)").conflicts([
        "url",
        "passwordStdin",
        "ca",
      ]),
    )
    .option("--json", "print JSON")
    .addHelpText("after", () => helpText(terminal, "login", loginHelp()))
    .action(async (vendor: string | undefined, options: LoginOptions) => {
      await runLogin(vendor, options, terminal);
    });
}

async function runLogin(word: string | undefined, options: LoginOptions, terminal: Terminal): Promise<void> {
  const save = passwordStorage(options);
  const { readConfig } = await import("../profiles/config.ts");
  const { findSimulator } = await import("../profiles/simulator-file.ts");
  const { chooseProfileName } = await import("../login/choose-profile-name.ts");
  const { cancellable } = await import("../login/cancellable.ts");
  const { readPasswordFromStdin } = await import("../login/password-stdin.ts");
  const { loginProfile: resolveProfile } = await import("../login/login-profile.ts");
  const { resolveTarget } = await import("../login/resolve-target.ts");
  const { signInAndSave } = await import("../login/sign-in-and-save.ts");
  const { system } = terminal;
  await cancellable(terminal, async (signal) => {
    const config = await readConfig(system);
    const context = { config, terminal, signal };
    const target = await resolveTarget(word, options, context);
    const simulated = options.simulator
      ? await findSimulator(system, target.vendor, simulatedUser(target, options, config))
      : undefined;
    const profile = await resolveProfile(target, options, simulated, context);
    const name = await chooseProfileName(target.name, profile, options, context);
    const given: GivenPassword | undefined =
      simulated === undefined
        ? await readPasswordFromStdin(system, options.passwordStdin)
        : { password: simulated.password, from: "simulator" };
    await signInAndSave({
      name,
      profile,
      config,
      terminal,
      signal,
      given,
      save,
      renew: false,
      json: options.json === true,
    });
  });
}

/** The user name at the simulator: the given one, else that of the simulator's existing profile. */
function simulatedUser({ vendor, name }: LoginTarget, { username }: LoginOptions, { profiles }: Config) {
  const existing = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  return username ?? (existing?.simulator && existing.vendor === vendor ? existing.username : undefined);
}

function passwordStorage({ saveCredentials, insecureStorage }: LoginOptions): PasswordStorage | undefined {
  if (saveCredentials) return insecureStorage ? "file" : "keyring";
  if (insecureStorage)
    throw usage("--insecure-storage needs --save-credentials.", "Add --save-credentials, or leave it out.");
  return undefined;
}
