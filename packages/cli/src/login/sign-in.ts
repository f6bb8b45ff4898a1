import { type AnyVmsError, isVmsError, type SecondFactor, type Session, type SessionInfo } from "@vms/core";
import type { Terminal } from "../command-line/terminal.ts";
import { adviceOn, signInCommand } from "../error-messages/advice.ts";
import { describeError, isSessionError } from "../error-messages/describe-error.ts";
import type { ErrorContext } from "../error-messages/error-context.ts";
import { CliError } from "../errors/cli-error.ts";
import { EXIT } from "../errors/exit-codes.ts";
import type { Config } from "../profiles/config.ts";
import { findProfile } from "../profiles/find-profile.ts";
import type { Profile } from "../profiles/profile.ts";
import { profileHost } from "../profiles/urls.ts";
import { vendors } from "../profiles/vendors.ts";
import { askSecondFactor } from "../prompts/ask-second-factor.ts";
import { withHiddenTyping } from "../prompts/hide-typing.ts";
import { askHidden, askYesNo } from "../prompts/questions.ts";
import { triesLeft } from "../prompts/tries-left.ts";
import { environmentTotp, passwordVariable, unusedPasswordReason } from "../secrets/environment-secrets.ts";
import { openSession } from "../sessions/open-session.ts";
import { openStore } from "../sessions/session-store.ts";
import { withWaitingNotice } from "./waiting-notice.ts";

/** How many passwords a person may type. Vendors lock accounts and do not say after how many attempts. */
const MAX_ATTEMPTS = 3;

/** A password that need not be typed, and its source. */
export interface GivenPassword {
  readonly password: string;
  readonly from: "environment" | "saved" | "none needed" | "standard input" | "simulator";
}

/** The profile to sign in, and how. */
export interface SignInRequest {
  readonly name: string;
  readonly profile: Profile;
  readonly config: Config;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly given: GivenPassword | undefined;
  /** The profile from which the user switched to this account. */
  readonly switchedFrom?: string;
  /**
   * `"new"`: always a new session. `"checked"`: the stored one if the vendor accepts it. `"any"`: the stored one if it
   * has not expired.
   */
  readonly session: "new" | "checked" | "any";
}

/** A session, and how it was obtained. */
export interface SignedIn {
  readonly info: SessionInfo;
  /** Whether another process had already signed in. */
  readonly adopted: boolean;
  /** The password, if it was typed. */
  readonly typed: string | undefined;
  readonly password: string;
}

/** The context for errors of this sign-in. The configuration may not contain the profile yet. */
export function loginErrorContext({
  name,
  profile,
  config,
  terminal,
  switchedFrom,
}: Pick<SignInRequest, "name" | "profile" | "config" | "terminal" | "switchedFrom">): ErrorContext {
  const from = switchedFrom === undefined ? {} : { switchedFrom };
  const saved = findProfile(config, name);
  return { name, profile, system: terminal.system, unsaved: saved !== profile, saved, ...from };
}

/** Signs in. A person who mistypes the password is asked again. No password is sent twice. */
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
      if (left === 1)
        terminal.say("Is the user name wrong? Press Ctrl-C, and start again with another one: --username <name>");
      password = undefined;
    }
  }
}

async function logIn(session: Session, { session: wanted, profile, signal }: SignInRequest): Promise<SessionInfo> {
  if (wanted === "new") return session.renew({ signal });
  const info = await session.login({ signal });
  if (wanted === "any") return info;
  // If the vendor rejects the stored session, this call renews it.
  const { body } = await session.fetch(vendors[profile.vendor].firstCall, { signal });
  await body?.cancel();
  return session.login({ signal });
}

/** A person may know that a password is right by now, although the vendor rejected it before. */
async function logInAsTyped({ session, seen }: Opened, request: SignInRequest): Promise<SessionInfo> {
  seen.sent = false;
  try {
    return await logIn(session, request);
  } catch (error) {
    if (!isVmsError(error) || error.code !== "invalid_credentials" || seen.sent) throw error;
    return session.renew({ signal: request.signal });
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

/** A session, and what its events reported. */
interface Opened {
  readonly session: Session;
  readonly seen: { adopted: boolean; sent: boolean; codes: number; saveError?: AnyVmsError };
}

async function open(request: SignInRequest, password: () => string): Promise<Opened> {
  const { name, profile, config, terminal } = request;
  const seen: Opened["seen"] = { adopted: false, sent: false, codes: 0 };
  const session = await openSession(terminal.system, name, profile, config, {
    password,
    store: withWaitingNotice(await openStore(terminal.system, config, "replace"), terminal),
    ...(terminal.interactive ? { secondFactor: counted(await codes(request), seen) } : {}),
  });
  session.on("login_started", () => (seen.sent = true));
  session.on("login", ({ from }) => (seen.adopted = from === "store"));
  session.on("store_failed", ({ operation, error }) => {
    if (operation === "set") seen.saveError = error;
  });
  return { session, seen };
}

/** Counts the codes that were asked for. */
function counted(ask: SecondFactor, seen: { codes: number }): SecondFactor {
  return (challenge) => {
    seen.codes++;
    return ask(challenge);
  };
}

/** Codes of the environment's authenticator secret if it is set; other codes are asked for. */
async function codes({ profile, terminal, signal }: SignInRequest): Promise<SecondFactor> {
  const app = await environmentTotp(terminal.system, profile);
  const ask = askSecondFactor(terminal, signal);
  if (app === undefined) return ask;
  return (challenge) => (challenge.methods.some(({ type }) => type === "totp") ? app : ask)(challenge);
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
      ? `Set ${prefix}_PASSWORD or ${prefix}_PASSWORD_FILE, or pipe it in with --password-stdin.`
      : `${why} Correct that, or pipe the password in with --password-stdin.`,
  );
}

function refusedPassword(request: SignInRequest, error: AnyVmsError | undefined, given?: GivenPassword): CliError {
  const { profile, terminal } = request;
  const { system } = terminal;
  const { title, prefix } = vendors[profile.vendor];
  if (given?.from === "none needed" && error !== undefined) {
    return new CliError(EXIT.notSignedIn, error.problem, undefined, error);
  }
  const variable = passwordVariable(system, profile) ?? `${prefix}_PASSWORD`;
  const toCorrect = system.env[`${prefix}_USERNAME`] ? `${prefix}_USERNAME or ${variable}` : variable;
  const [what, hint] = {
    environment: [`the password in ${variable}`, `Correct ${toCorrect}.`],
    saved: ["the saved password", `Sign in at a terminal: ${signInCommand(loginErrorContext(request))}`],
    "standard input": ["the password on standard input", "Check both, and the command that writes the password."],
    simulator: ["the simulator's password", "Start the simulator again."],
    typed: ["the password", "Check both before you try again: the vendor may lock the account."],
    "none needed": ["the password", "Check the user name."],
  }[given?.from ?? "typed"];
  return new CliError(
    EXIT.notSignedIn,
    `${title} rejected the user name "${profile.username}" or ${what}.`,
    hint,
    error,
  );
}

/** The hint of this command is to run it at a terminal, instead of another command. */
function withHint(error: unknown, request: SignInRequest): unknown {
  if (!isSessionError(error)) return error;
  const { exit, message, hint } = describeError(error, loginErrorContext(request));
  const needsCode = isVmsError(error) && error.code === "second_factor_required" && error.reason === "not_configured";
  if (!needsCode || request.terminal.interactive) return new CliError(exit, message, hint, error);
  const byApp = error.methods.some(({ type }) => type === "totp");
  const secret = byApp ? ` Or set ${vendors[request.profile.vendor].prefix}_TOTP to the app's secret.` : "";
  return new CliError(exit, message, `Run this at a terminal, which asks for the code.${secret}`, error);
}

function notSavedError(error: AnyVmsError): CliError {
  return new CliError(
    EXIT.failed,
    `signed in, but the session could not be saved: ${error.problem}`,
    adviceOn(error, undefined) ?? "Fix that, then sign in again.",
    error,
  );
}
