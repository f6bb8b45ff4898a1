import { type AnyVmsError, isVmsError } from "@vms/core";
import { CliError } from "../errors/cli-error.ts";
import { EXIT, type ExitCode } from "../errors/exit-codes.ts";
import { BROKEN_HTTP, isOfParser } from "../errors/invalid-http.ts";
import { places } from "../files/places.ts";
import type { Profile } from "../profiles/config.ts";
import { hintFor, inPlainWords } from "./vms-error-hint.ts";

/** A failure as it is shown: one line, a hint, and for `--verbose` the rest. None of it holds a secret. */
export interface Failure {
  readonly exit: ExitCode;
  readonly message: string;
  readonly hint: string | undefined;
  /** Further lines for `--verbose`. */
  readonly details: readonly string[];
}

/** Whose session something happened to. */
export interface Who {
  readonly name: string;
  readonly profile: Profile;
  /** Set where the configuration does not have it so, or not yet. */
  readonly unsaved?: boolean;
  /** The profile that this account was switched to from. */
  readonly switchedFrom?: string;
  /** Set for `vms doctor` itself, which is not told to be run. */
  readonly examined?: true;
}

/**
 * What to show of an error.
 * @param who whose session it happened to, so that the hint is a command that can be run as it is; `undefined` where no
 * profile is known.
 */
export function failureOf(error: unknown, who: Who | undefined): Failure {
  if (error instanceof CliError) {
    const details = error.cause === undefined ? [] : failureOf(error.cause, who).details;
    return { exit: error.exit, message: error.message, hint: error.hint, details };
  }
  if (isVmsError(error)) return ofVms(error, who);
  if (isInterrupt(error)) return { exit: EXIT.interrupted, message: "interrupted", hint: undefined, details: [] };
  const code = codeIn(error);
  // Its own text is not shown: an error of a library can quote what it was given.
  const details = stackOf(error);
  const why = code === undefined ? "" : ` (${code})`;
  if (isOfParser(code)) {
    return { exit: EXIT.unexpected, message: `${BROKEN_HTTP}${why}.`, hint: diagnosis(who), details };
  }
  if (!isNetwork(error)) {
    return { exit: EXIT.failed, message: `something unforeseen failed${why}.`, hint: UNFORESEEN, details };
  }
  const message = `the vendor could not be reached${why}.`;
  return { exit: EXIT.unavailable, message, hint: diagnosis(who), details };
}

/** Whether an error tells more once it is known whose session it happened to. */
export function isOfSession(error: unknown): boolean {
  return isVmsError(error) || isNetwork(error);
}

const UNFORESEEN = "To see where: run it again with --verbose";

function diagnosis(who: Who | undefined): string | undefined {
  return who === undefined || who.unsaved || who.examined ? undefined : `To see what is wrong: vms doctor ${who.name}`;
}

const EXITS: Readonly<Partial<Record<AnyVmsError["code"], ExitCode>>> = {
  invalid_options: EXIT.usage,
  insecure_transport: EXIT.usage,
  origin_not_allowed: EXIT.usage,
  invalid_request: EXIT.notSignedIn,
  invalid_credentials: EXIT.notSignedIn,
  account_unavailable: EXIT.notSignedIn,
  second_factor_required: EXIT.notSignedIn,
  second_factor_rejected: EXIT.notSignedIn,
  session_closed: EXIT.notSignedIn,
  rate_limited: EXIT.unavailable,
  vendor_unavailable: EXIT.unavailable,
  unexpected_response: EXIT.unexpected,
};

function ofVms(error: AnyVmsError, who: Who | undefined): Failure {
  const { code, vendor, status, retryAfter } = error;
  const details = [
    `code: ${code}`,
    `vendor: ${vendor}`,
    ...(status === undefined ? [] : [`status: ${status}`]),
    ...(retryAfter === undefined ? [] : [`retry after: ${retryAfter} ms`]),
    ...stackOf(error),
  ];
  const words = inPlainWords(error);
  const [parser] = /\bHPE_\w+/.exec(words) ?? [];
  if (code === "vendor_unavailable" && parser !== undefined) {
    return { exit: EXIT.unexpected, message: `${BROKEN_HTTP} (${parser}).`, hint: diagnosis(who), details };
  }
  const isUnclear = code === "unexpected_response" || (code === "vendor_unavailable" && status === undefined);
  const hint = hintFor(error, who) ?? (isUnclear ? diagnosis(who) : undefined);
  // The file may have been edited by hand.
  const place =
    code === "invalid_options" && who && !who.unsaved ? `the profile "${who.name}" in ${places().config}: ` : "";
  return { exit: EXITS[code] ?? EXIT.failed, message: `${place}${words}`, hint, details };
}

/** Whether an error is a Ctrl-C: a prompt's, or a signal's. */
export function isInterrupt(error: unknown): boolean {
  return error instanceof Error && ["ExitPromptError", "AbortPromptError", "AbortError"].includes(error.name);
}

function isNetwork(error: unknown): boolean {
  return error instanceof TypeError && /fetch failed|terminated/.test(error.message);
}

function codeIn(error: unknown): string | undefined {
  const cause = error instanceof Error ? (error.cause ?? error) : undefined;
  const code = typeof cause === "object" && cause !== null && "code" in cause ? cause.code : undefined;
  return typeof code === "string" && /^[A-Z0-9_]{1,40}$/.test(code) ? code : undefined;
}

// Where it happened, without the first lines, which hold the message.
function stackOf(error: unknown): string[] {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  return stack.split("\n").filter((line) => /^\s+at /.test(line));
}
