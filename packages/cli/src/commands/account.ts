import type { Command } from "commander";
import { helpText } from "../command-line/help-text.ts";
import { PROFILE_ARGUMENT } from "../command-line/profile-argument.ts";
import { SIGNED_IN_JSON } from "../command-line/signed-in-json.ts";
import type { Terminal } from "../command-line/terminal.ts";
import { usage } from "../errors/cli-error.ts";
import {
  accountListCommand,
  accountVendors,
  accountVendorTitles,
  describeAccount,
  isDifferentAccount,
} from "../profiles/account.ts";
import { vendors } from "../profiles/vendors.ts";

/** The options of `vms account`. */
interface AccountOptions {
  readonly profile?: string;
  readonly passwordStdin?: true;
  readonly json?: true;
}

const LISTS = accountVendors.flatMap((vendor) => accountListCommand(vendor, vendor) ?? []);

const HELP = `
A user of ${accountVendorTitles} can have several accounts. Each account gets its own profile and session.

If a session of the account is stored and valid, vms uses it. Otherwise vms signs in, and the vendor may require a code
again. The first profile keeps its session. The password comes from standard input, else the environment, else where it
is saved. Otherwise vms prompts for it.

${SIGNED_IN_JSON}

Exit status: 0 signed in; 2 no such profile, or its vendor has no such accounts; 3 the vendor rejected the account,
the credentials or the code; 5 the vendor cannot be reached; 130 Ctrl-C, 143 SIGTERM, 129 SIGHUP.

Examples:
${LISTS.map((command) => `  ${command.padEnd(39)}  lists the ids of the accounts`).join("\n")}
  vms account eagleeye 00004206            creates eagleeye-00004206
  vms account 00004206                     for the default profile
  vms account eagleeye 00004206 --profile harbour
`;

export function defineAccount(program: Command, terminal: Terminal): void {
  program
    .command("account")
    .description("Switch to another account of the same user.")
    .usage("[options] [profile] <id>")
    .argument("[profile]", PROFILE_ARGUMENT)
    .argument("[id]", "the id of the account")
    .option("-p, --profile <name>", "the name of the account's profile (default: <profile>-<account>)")
    .option("--password-stdin", "read the password from standard input")
    .option("--json", "print JSON")
    .addHelpText("after", () => helpText(terminal, "account", HELP))
    .action(async (first: string | undefined, second: string | undefined, options: AccountOptions, own: Command) => {
      if (first === undefined) own.error("error: missing required argument 'id'");
      await signInToAccount(first, second, options, terminal);
    });
}

async function signInToAccount(
  first: string,
  second: string | undefined,
  options: AccountOptions,
  terminal: Terminal,
): Promise<void> {
  const { readConfig } = await import("../profiles/config.ts");
  const { findProfile } = await import("../profiles/find-profile.ts");
  const { profileAndArgument } = await import("../profiles/profile-and-argument.ts");
  const { checkProfileName } = await import("../profiles/profile-name.ts");
  const { resolveProfile } = await import("../profiles/resolve-profile.ts");
  const { cancellable } = await import("../login/cancellable.ts");
  const { readPasswordFromStdin } = await import("../login/password-stdin.ts");
  const { signInAndSave } = await import("../login/sign-in-and-save.ts");
  const { system } = terminal;
  await cancellable(terminal, async (signal) => {
    const { given: chosen, argument: account } = await profileAndArgument(system, first, second, ["account", "id"]);
    const config = await readConfig(system);
    const { name: from, profile: base } = resolveProfile(system, config, chosen);
    if (!accountVendors.includes(base.vendor)) {
      throw usage(
        `${vendors[base.vendor].title} has no accounts to choose from: each user has one.`,
        `For another user: vms login ${base.vendor} --profile <name>`,
      );
    }
    if (account === "") {
      const list = accountListCommand(base.vendor, from);
      throw usage("the id of the account is empty.", list && `To list the accounts: ${list}`);
    }
    const name = options.profile ?? `${withoutAccount(from, base.options?.account)}-${account}`;
    checkProfileName(name);
    const profile = { ...base, options: { ...base.options, account } };
    const existing = findProfile(config, name);
    if (existing !== undefined && isDifferentAccount(existing, profile)) {
      throw usage(
        `the profile "${name}" is for another account: ${describeAccount(existing)}.`,
        "Choose another name: --profile <name>",
      );
    }
    const given = await readPasswordFromStdin(system, options.passwordStdin);
    const json = options.json === true;
    await signInAndSave({
      name,
      profile,
      config,
      terminal,
      signal,
      given,
      save: undefined,
      renew: false,
      json,
      switchedFrom: from,
    });
  });
}

/** Removes the id of the previous account, so that names do not grow with each switch. */
function withoutAccount(name: string, account: unknown): string {
  const end = `-${String(account)}`;
  return typeof account === "string" && name.length > end.length && name.endsWith(end)
    ? name.slice(0, -end.length)
    : name;
}
