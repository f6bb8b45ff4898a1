import { type Command, Option } from "commander";
import { collectValues } from "../command-line/collect-values.ts";
import { interruptible } from "../command-line/interrupt.ts";
import type { Terminal } from "../command-line/terminal.ts";
import { usage } from "../errors/cli-error.ts";
import type { ProfileOptions } from "../login/profile-options.ts";
import type { GivenPassword } from "../login/sign-in.ts";
import type { PasswordStorage } from "../secrets/saved-password.ts";

/** The options of `vms login`, as the command line gives them. */
interface LoginOptions extends ProfileOptions {
  readonly passwordStdin?: true;
  readonly saveCredentials?: true;
  readonly insecureStorage?: true;
  readonly json?: true;
}

const HELP = `
<vendor> is alta, findface, alertsite, eagleeye or admin-token; or the name of a profile that there is.

A value comes from its option, else the environment, else the profile of that name. At a terminal, vms asks for what is
still missing. A password is never an option, because others could read it in the list of processes.

The variables are VMS_<VENDOR>_URL, _USERNAME, _PASSWORD, _PASSWORD_FILE (a file that holds only the password), _TOTP
(the secret of an authenticator app) and, for Eagle Eye, _API_KEY. This command does not read VMS_PROFILE.

The session is kept, encrypted, for every other command of vms. One that is live already is taken up, after asking the
vendor whether it is good; vms renew makes a new one. The password is forgotten, unless --save-credentials puts it into
the system's keyring: then an ended session is renewed by itself.

A refused password is not sent again by the same process. Every other process that finds it in the environment, or
saved, sends it once more, and the vendor may lock the account. Correct it before jobs continue.

A profile is an account: its vendor, URL, user name and options, and no secret. Its default name is the vendor's (with
--account, <vendor>-<id>). A second account of a vendor needs a --profile of its own; nothing is replaced unasked.

--option keeps an option of the vendor's package with the profile; an empty value removes it:
  all vendors   idleTimeout=15m lifetime=8h renewBefore=2m timeout=30s
                allowedOrigins=https://a.example,https://b.example
  alta          totpPlacement=login
  findface      mode=face face=video.mp4 uuid=… language=es mobile=true deviceInfo='{"name":"…"}'
  alertsite     transport=query expiredSessionCodes=40
  eagleeye      realm=… body=json transport=query rememberTokenPlacement=cookie
  admin-token   timeZone=Europe/Berlin

--json prints what vms status --json tells, of this profile alone, and newSession: whether it signed in just now.

Exit status: 0 signed in; 2 something is missing or wrong, and nothing was sent; 3 the vendor refused the credentials,
the code or the account; 5 the vendor cannot be reached; 1 what could not be kept; 130 Ctrl-C, and nothing is kept.

Examples:
  vms login alta --url https://acme.eu.alta.avigilon.com
  vms login eagleeye --profile night-shift --username night@acme.example --save-credentials
  pass show acme/alta | vms login alta --username ops@acme.example --password-stdin
  vms login alta --simulator
  vms login alta --json | jq -r .expiresAt
`;

export function defineLogin(program: Command, terminal: Terminal): void {
  program
    .command("login")
    .description("Sign in, and keep the session.")
    .argument("[vendor]", "the vendor, or a profile to sign in again")
    .option("-p, --profile <name>", "the name to keep the account under")
    .option("--url <url>", "where the vendor's API is")
    .option("-u, --username <name>", "the user name")
    .option("--password-stdin", "read the password from standard input")
    .option("--ca <file>", "trust these certificates instead of the public ones: a file in PEM, for a private CA")
    .option("--allow-http", "allow http:// beyond this machine: the password can then be read on the way")
    .option("--option <key=value>", "an option of the vendor's package; can be repeated", collectValues)
    .option("--account <id>", "work on this account of the user (Eagle Eye Networks)")
    .option("--save-credentials", "keep the password, too, in the system's keyring")
    .option("--insecure-storage", "with --save-credentials: keep it in a file of mode 0600, in clear text")
    .addOption(
      new Option("--simulator", "sign in to the simulator that `vms simulator` runs").conflicts([
        "url",
        "username",
        "passwordStdin",
        "ca",
      ]),
    )
    .option("--json", "print JSON")
    .addHelpText("after", HELP)
    .action(async (vendor: string | undefined, options: LoginOptions) => {
      await runLogin(vendor, options, terminal);
    });
}

async function runLogin(word: string | undefined, options: LoginOptions, terminal: Terminal): Promise<void> {
  const save = passwordStorage(options);
  const { readConfig } = await import("../profiles/config.ts");
  const { findSimulator } = await import("../profiles/simulator-file.ts");
  const { chooseProfileName } = await import("../login/choose-profile-name.ts");
  const { readPasswordFromStdin } = await import("../login/password-stdin.ts");
  const { loginProfile: resolveProfile } = await import("../login/login-profile.ts");
  const { resolveTarget } = await import("../login/resolve-target.ts");
  const { signInAndSave } = await import("../login/sign-in-and-save.ts");
  await interruptible(async (signal) => {
    const config = await readConfig();
    const context = { config, terminal, signal };
    const target = await resolveTarget(word, options, context);
    const simulated = options.simulator ? await findSimulator(target.vendor) : undefined;
    const profile = await resolveProfile(target, options, simulated, context);
    const name = await chooseProfileName(target.name, profile, options, context);
    const given: GivenPassword | undefined =
      simulated === undefined
        ? await readPasswordFromStdin(options.passwordStdin)
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

function passwordStorage({ saveCredentials, insecureStorage }: LoginOptions): PasswordStorage | undefined {
  if (saveCredentials) return insecureStorage ? "file" : "keyring";
  if (insecureStorage) throw usage("--insecure-storage says where --save-credentials keeps the password: give both.");
  return undefined;
}
