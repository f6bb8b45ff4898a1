import { isVmsError } from "@vms/core";
import { CliError } from "../errors/cli-error.ts";
import { EXIT } from "../errors/exit-codes.ts";
import { profileHost } from "../profiles/urls.ts";
import { vendors } from "../profiles/vendors.ts";
import { withHiddenTyping } from "../prompts/hide-typing.ts";
import { askHidden, askYesNo } from "../prompts/questions.ts";
import { triesLeft } from "../prompts/tries-left.ts";
import { unusedPasswordReason } from "../secrets/environment-secrets.ts";
import { logIn, logInAsTyped, type Opened, open } from "./open-for-sign-in.ts";
import { notSavedError, refusedPassword, withHint } from "./sign-in-errors.ts";
import type { SignedIn, SignInRequest } from "./sign-in-request.ts";

/** How many passwords a person may type. Vendors lock accounts and do not say after how many attempts. */
const MAX_ATTEMPTS = 3;

/** Signs in. A person can correct a mistyped password. No password is sent twice. */
export async function signIn(request: SignInRequest): Promise<SignedIn> {
  const { profile, given, terminal } = request;
  let password = given?.password;
  let typed: string | undefined;
  let opened: Opened | undefined;
  let asked = request;
  const refused = new Set<string>();

  for (let tries = 0; ; ) {
    if (password === undefined) {
      typed = await askPassword(request);
      tries++;
      if (!refused.has(typed)) password = typed;
      else if (tries < MAX_ATTEMPTS) {
        terminal.say(terminal.style("yellow", "That is the same password. It was not sent again."));
        continue;
      } else throw refusedPassword(request, undefined);
    }
    const current = password;
    try {
      opened ??= await open(request, () => password ?? "");
      const { session } = opened;
      // Typing is hidden only after a prompt, because a background job must not change the terminal.
      const info = await (typed === undefined
        ? logIn(session, asked)
        : withHiddenTyping(terminal.system, () => logInAsTyped(opened as Opened, asked)));
      const { adopted, saveError } = opened.seen;
      if (saveError !== undefined) throw notSavedError(saveError);
      return { info, adopted, typed, password: current };
    } catch (error) {
      if (opened !== undefined && (await wantsMoreCodes(error, opened, request))) {
        // Only a new login forgets the codes of earlier ones.
        asked = { ...request, session: "new" };
        continue;
      }
      if (!isVmsError(error) || error.code !== "invalid_credentials") throw withHint(error, request);
      refused.add(current);
      const mayAsk = terminal.interactive && (typed !== undefined || given?.from === "saved");
      if (!mayAsk || tries === MAX_ATTEMPTS)
        throw refusedPassword(request, error, typed === undefined ? given : undefined);
      const what = typed === undefined ? "the saved password" : "the password";
      const rejected = `${vendors[profile.vendor].title} rejected the user name "${profile.username}" or ${what}.`;
      const left = MAX_ATTEMPTS - tries;
      terminal.say(terminal.style("yellow", `${rejected} ${triesLeft(left)}`));
      if (left === 1) terminal.say("Is the user name wrong? Press Ctrl-C and start again with --username <name>.");
      password = undefined;
    }
  }
}

/**
 * Whether a person wants to try more codes, although wrong codes of earlier logins have used up the tries. No code was
 * asked for then.
 */
async function wantsMoreCodes(error: unknown, { seen }: Opened, { terminal, signal }: SignInRequest): Promise<boolean> {
  if (!isVmsError(error) || error.code !== "second_factor_rejected" || seen.codes > 0 || !terminal.interactive)
    return false;
  terminal.say(terminal.style("yellow", `Earlier logins used up the tries: ${error.problem}`));
  if (await askYesNo(terminal.system, "Try more codes?", signal)) return true;
  throw new CliError(EXIT.notSignedIn, "not signed in: no code was sent.", undefined, error);
}

async function askPassword({ profile, terminal, signal }: SignInRequest): Promise<string> {
  const { title, prefix } = vendors[profile.vendor];
  if (terminal.interactive)
    return askHidden(terminal.system, `Password of ${profile.username} at ${profileHost(profile)}:`, signal);
  const why = unusedPasswordReason(terminal.system, profile);
  throw new CliError(
    EXIT.usage,
    `the password for ${title} is missing, and there is no terminal to ask.`,
    why === undefined
      ? `Set ${prefix}_PASSWORD or ${prefix}_PASSWORD_FILE, or pipe the password in with --password-stdin.`
      : `${why} Correct it, or pipe the password in with --password-stdin.`,
  );
}
