import { interruptible } from "../../command-line/interrupt.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import { usage } from "../../errors/cli-error.ts";
import { settleName } from "../../login/choose-profile-name.ts";
import { passwordFromInput } from "../../login/password-stdin.ts";
import { draftOf, targetOf } from "../../login/resolve-profile.ts";
import type { GivenPassword } from "../../login/sign-in.ts";
import { establish } from "../../login/sign-in-and-save.ts";
import { readConfig } from "../../profiles/config.ts";
import { findSimulator } from "../../profiles/simulator-file.ts";
import type { PasswordPlace } from "../../secrets/saved-password.ts";
import type { LoginOptions } from "../login.ts";

/** `vms login` */
export async function login(word: string | undefined, options: LoginOptions, terminal: Terminal): Promise<void> {
  const save = placeOf(options);
  await interruptible(async (signal) => {
    const config = await readConfig();
    const desk = { config, terminal, signal };
    const target = await targetOf(word, options, desk);
    const simulated = options.simulator ? await findSimulator(target.vendor) : undefined;
    const profile = await draftOf(target, options, simulated, desk);
    const name = await settleName(target.name, profile, options, desk);
    const given: GivenPassword | undefined =
      simulated === undefined
        ? await passwordFromInput(options.passwordStdin)
        : { password: simulated.password, from: "simulator" };
    await establish({ name, profile, config, terminal, signal, given, save, anew: false, json: options.json === true });
  });
}

function placeOf({ saveCredentials, insecureStorage }: LoginOptions): PasswordPlace | undefined {
  if (saveCredentials) return insecureStorage ? "file" : "keyring";
  if (insecureStorage) throw usage("--insecure-storage says where --save-credentials keeps the password: give both.");
  return undefined;
}
