import { interruptible } from "../../command-line/interrupt.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import { usage } from "../../errors/cli-error.ts";
import { accountOf, isOther } from "../../login/choose-profile-name.ts";
import { passwordFromInput } from "../../login/password-stdin.ts";
import { checkName } from "../../login/resolve-profile.ts";
import { establish } from "../../login/sign-in-and-save.ts";
import { findProfile, profileOf, readConfig } from "../../profiles/config.ts";
import { vendors } from "../../profiles/vendors.ts";
import type { SwitchOptions } from "../switch.ts";

/** `vms switch` */
export async function switchAccount(
  from: string,
  account: string,
  options: SwitchOptions,
  terminal: Terminal,
): Promise<void> {
  await interruptible(async (signal) => {
    const config = await readConfig();
    const base = profileOf(config, from);
    if (base.vendor !== "eagleeye") {
      throw usage(
        `${vendors[base.vendor].title} has no accounts to switch between: a user is one account.`,
        `For another user: vms login ${base.vendor} --profile <name>`,
      );
    }
    if (account === "")
      throw usage("the id of the account is empty.", `They are told by: vms api ${from} g/account/list`);
    const name = options.profile ?? `${withoutAccount(from, base.options?.account)}-${account}`;
    checkName(name);
    const profile = { ...base, options: { ...base.options, account } };
    const there = findProfile(config, name);
    if (there !== undefined && isOther(there, profile)) {
      throw usage(
        `the profile "${name}" is another account: ${accountOf(there)}.`,
        "Choose another name: --profile <name>",
      );
    }
    const given = await passwordFromInput(options.passwordStdin);
    const json = options.json === true;
    await establish({
      name,
      profile,
      config,
      terminal,
      signal,
      given,
      save: undefined,
      anew: false,
      json,
      switchedFrom: from,
    });
  });
}

/** From one account to the next, names do not grow. */
function withoutAccount(name: string, account: unknown): string {
  const end = `-${String(account)}`;
  return typeof account === "string" && name.length > end.length && name.endsWith(end)
    ? name.slice(0, -end.length)
    : name;
}
