import { type AnyVmsError, isVmsError } from "@vms/core";
import { interruptStatus, isInterrupt } from "../command-line/interrupt.ts";
import { CliError } from "../errors/cli-error.ts";
import { EXIT, type ExitCode } from "../errors/exit-codes.ts";
import { INVALID_HTTP, isHttpParserError } from "../errors/invalid-http.ts";
import { profileHost } from "../profiles/urls.ts";
import { adviceOn, diagnosis } from "./advice.ts";
import type { ErrorContext } from "./error-context.ts";
import { networkProblem } from "./network-problem.ts";

/** An error for people: one line, a hint, and details for `--verbose`. It contains no secret. */
export interface ErrorDescription {
  readonly exit: ExitCode;
  readonly message: string;
  readonly hint: string | undefined;
  readonly details: readonly string[];
}

/**
 * Describes an error for people.
 * @param context the profile that the error concerns, so that the hint is a command to copy. `undefined` if it is unknown.
 */
export function describeError(error: unknown, context: ErrorContext | undefined): ErrorDescription {
  if (error instanceof CliError) {
    const details = error.cause === undefined ? [] : describeError(error.cause, context).details;
    return { exit: error.exit, message: error.message, hint: error.hint, details };
  }
  if (isVmsError(error)) return ofVms(error, context);
  if (isInterrupt(error)) return { exit: interruptStatus(error), message: "interrupted", hint: undefined, details: [] };
  const code = codeIn(error);
  if (isHttpParserError(code)) {
    return { exit: EXIT.unexpected, message: `${INVALID_HTTP} (${code}).`, hint: diagnosis(context), details: [] };
  }
  if (isNetwork(error)) return ofNetwork(code, hostOf(context), diagnosis(context));
  // The error's own text is not shown, because libraries can quote their input.
  const message = `an unexpected error occurred${code === undefined ? "" : ` (${code})`}.`;
  return { exit: EXIT.failed, message, hint: UNEXPECTED, details: stackOf(error) };
}

/** Whether the description of an error depends on the profile. */
export function isSessionError(error: unknown): boolean {
  return isVmsError(error) || isNetwork(error);
}

const UNEXPECTED = "For details, run it again with --verbose";

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
  login_limited: EXIT.unavailable,
  vendor_unavailable: EXIT.unavailable,
  unexpected_response: EXIT.unexpected,
};

function ofVms(error: AnyVmsError, context: ErrorContext | undefined): ErrorDescription {
  const { code, vendor, status, retryAfter } = error;
  const details = [
    `code: ${code}`,
    `vendor: ${vendor}`,
    ...(status === undefined ? [] : [`status: ${status}`]),
    ...(retryAfter === undefined ? [] : [`retry after: ${retryAfter} ms`]),
  ];
  const { remedy, problem } = error;
  if (remedy.id === "check_network" && isHttpParserError(remedy.code)) {
    return { exit: EXIT.unexpected, message: `${INVALID_HTTP} (${remedy.code}).`, hint: diagnosis(context), details };
  }
  const host = "host" in remedy ? remedy.host : undefined;
  if (host !== undefined && (remedy.id === "check_network" || remedy.id === "trust_certificate")) {
    const shown = ofNetwork(remedy.code, host, adviceOn(error, context));
    return { ...shown, details: [...details, ...shown.details, `request: ${problem}`] };
  }
  // The user may have edited the file.
  const place =
    code === "invalid_options" && context && !context.unsaved
      ? `the profile "${context.name}" in ${context.system.places.config}: `
      : "";
  const message = `${place}${missingCode(error) ?? problem}`;
  return { exit: EXITS[code] ?? EXIT.failed, message, hint: adviceOn(error, context), details };
}

const BY = { totp: "from an authenticator app", sms: "by SMS", email: "by e-mail" } as const;

/** Says which code the login needs. The error's own text names options of a program. */
function missingCode(error: AnyVmsError): string | undefined {
  if (error.code !== "second_factor_required" || error.remedy.id !== "provide_second_factor") return undefined;
  const { methods } = error;
  return methods.length === 0
    ? undefined
    : `the login needs a code ${methods.map(({ type }) => BY[type]).join(" or ")}.`;
}

function ofNetwork(code: string | undefined, host: string | undefined, hint: string | undefined): ErrorDescription {
  const exit = EXIT.unavailable;
  if (code === undefined) return { exit, message: `${host ?? "the vendor"} could not be reached.`, hint, details: [] };
  if (host === undefined) return { exit, message: `the vendor could not be reached (${code}).`, hint, details: [] };
  const { text, layer } = networkProblem(code, host);
  return { exit, message: `${text}.`, hint, details: [`network: ${layer}, ${code}`] };
}

/** The host of a profile's requests, if it is known without a session. */
function hostOf(context: ErrorContext | undefined): string | undefined {
  return context === undefined ? undefined : profileHost(context.profile) || undefined;
}

function isNetwork(error: unknown): boolean {
  return error instanceof TypeError && /fetch failed|terminated/.test(error.message);
}

function codeIn(error: unknown): string | undefined {
  const cause = error instanceof Error ? (error.cause ?? error) : undefined;
  const code = typeof cause === "object" && cause !== null && "code" in cause ? cause.code : undefined;
  return typeof code === "string" && /^[A-Z0-9_]{1,40}$/.test(code) ? code : undefined;
}

// The stack without its first lines, which contain the message.
function stackOf(error: unknown): string[] {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  return stack.split("\n").filter((line) => /^\s+at /.test(line));
}
