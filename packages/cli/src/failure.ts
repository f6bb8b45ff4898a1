import { type AnyVmsError, isVmsError } from "@vms/core";
import { CliError } from "./cli-error.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { hintFor, inPlainWords } from "./plain-words.ts";

/** A failure as it is shown: one line, a hint, and for `--verbose` the rest. None of it holds a secret. */
export interface Failure {
  readonly exit: ExitCode;
  readonly message: string;
  readonly hint: string | undefined;
  /** Further lines for `--verbose`. */
  readonly details: readonly string[];
}

/** What to show of an error. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CliError) {
    const details = error.cause === undefined ? [] : failureOf(error.cause).details;
    return { exit: error.exit, message: error.message, hint: error.hint, details };
  }
  if (isVmsError(error)) return ofVms(error);
  if (isInterrupt(error)) return { exit: EXIT.interrupted, message: "interrupted", hint: undefined, details: [] };
  const code = codeIn(error);
  // Its own text is not shown: an error of a library can quote what it was given.
  const message = isNetwork(error)
    ? `the vendor could not be reached${code === undefined ? "" : ` (${code})`}.`
    : `something unforeseen failed${code === undefined ? "" : ` (${code})`}.`;
  const exit = isNetwork(error) ? EXIT.unavailable : EXIT.failed;
  return { exit, message, hint: undefined, details: stackOf(error) };
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

function ofVms(error: AnyVmsError): Failure {
  const { code, vendor, status, retryAfter } = error;
  const details = [
    `code: ${code}`,
    `vendor: ${vendor}`,
    ...(status === undefined ? [] : [`status: ${status}`]),
    ...(retryAfter === undefined ? [] : [`retry after: ${retryAfter} ms`]),
    ...stackOf(error),
  ];
  return { exit: EXITS[code] ?? EXIT.failed, message: inPlainWords(error), hint: hintFor(error), details };
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
