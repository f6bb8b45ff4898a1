import { type AnyVmsError, isVmsError } from "@vms/core";
import { adviceOn, signInCommand } from "../error-messages/advice.ts";
import { describeError, isSessionError } from "../error-messages/describe-error.ts";
import type { ErrorContext } from "../error-messages/error-context.ts";
import { CliError } from "../errors/cli-error.ts";
import { EXIT } from "../errors/exit-codes.ts";
import { findProfile } from "../profiles/find-profile.ts";
import { vendors } from "../profiles/vendors.ts";
import { passwordVariable } from "../secrets/environment-secrets.ts";
import type { GivenPassword, SignInRequest } from "./sign-in-request.ts";

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

/** The error for a rejected password. */
export function refusedPassword(
  request: SignInRequest,
  error: AnyVmsError | undefined,
  given?: GivenPassword,
): CliError {
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

/** Adds a hint to run this command at a terminal, because no other command is needed. */
export function withHint(error: unknown, request: SignInRequest): unknown {
  if (!isSessionError(error)) return error;
  const { exit, message, hint } = describeError(error, loginErrorContext(request));
  const needsCode = isVmsError(error) && error.code === "second_factor_required" && error.reason === "not_configured";
  if (!needsCode || request.terminal.interactive) return new CliError(exit, message, hint, error);
  const byApp = error.methods.some(({ type }) => type === "totp");
  const secret = byApp ? ` Or set ${vendors[request.profile.vendor].prefix}_TOTP to the app's secret.` : "";
  return new CliError(exit, message, `Run this at a terminal, where vms prompts for the code.${secret}`, error);
}

/** The error for a session that could not be stored. */
export function notSavedError(error: AnyVmsError): CliError {
  return new CliError(
    EXIT.failed,
    `signed in, but the session could not be saved: ${error.problem}`,
    adviceOn(error, undefined) ?? "Fix that, then sign in again.",
    error,
  );
}
