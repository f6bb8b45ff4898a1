import { usage } from "../../cli-error.ts";
import { findProfile, profileOf, readConfig } from "../../config.ts";
import { interruptible } from "../../interrupt.ts";
import type { Terminal } from "../../terminal.ts";
import { vendors } from "../../vendors.ts";
import { accountOf, isOther } from "../login/conflict.ts";
import { checkName } from "../login/draft.ts";
import { establish } from "../login/establish.ts";
import { passwordFromInput } from "../login/password-stdin.ts";
import type { SwitchOptions } from "./command.ts";

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
