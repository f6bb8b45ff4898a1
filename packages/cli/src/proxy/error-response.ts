import { isVmsError } from "@vms/core";
import { describeError } from "../error-messages/describe-error.ts";
import type { ErrorContext } from "../error-messages/error-context.ts";
import { CliError } from "../errors/cli-error.ts";
import { EXIT } from "../errors/exit-codes.ts";
import type { ProxyResponse } from "./proxy-response.ts";

/** The response for a request that failed before the vendor's response was passed on. */
export function errorResponse(error: unknown, context: ErrorContext): ProxyResponse {
  const diagnosis = `To see what is wrong: vms doctor ${context.name}`;
  const known = isVmsError(error) || error instanceof CliError;
  if (!known) return networkAnswer(error, diagnosis);
  const { exit, message, hint } = describeError(error, context);
  const code = isVmsError(error) ? error.code : "not_signed_in";
  const status = STATUS[exit] ?? 502;
  const wait = isVmsError(error) ? error.retryAfter : undefined;
  return {
    status,
    code,
    text: [message, hint ?? diagnosis].join("\n"),
    ...(wait === undefined ? {} : { headers: { "retry-after": String(Math.ceil(wait / 1000)) } }),
  };
}

const STATUS: Readonly<Partial<Record<number, number>>> = {
  [EXIT.usage]: 500,
  [EXIT.notSignedIn]: 401,
  [EXIT.unavailable]: 503,
};

function networkAnswer(error: unknown, hint: string): ProxyResponse {
  const code = codeOf(error);
  const why = code === undefined ? "" : ` (${code})`;
  if (code === "UND_ERR_SOCKET" && messageOf(error) === "bad upgrade") {
    return { status: 502, code: "bad_answer", text: `the vendor switched protocols without being asked.\n${hint}` };
  }
  // undici asserts that a status is at least 100.
  if (code === "ERR_ASSERTION") {
    const text = `the vendor's response is not valid HTTP. Is the base URL right?\n${hint}`;
    return { status: 502, code: "bad_answer", text };
  }
  const malformed = ["UND_ERR_RES_CONTENT_LENGTH_MISMATCH", "UND_ERR_HEADERS_OVERFLOW"].includes(code ?? "");
  if (malformed || (error instanceof Error && error.name === "HTTPParserError")) {
    const text = `the vendor's response is not valid HTTP${why}. Is the base URL right?\n${hint}`;
    return { status: 502, code: "bad_answer", text };
  }
  if (code === "UND_ERR_HEADERS_TIMEOUT") {
    return {
      status: 504,
      code: "vendor_silent",
      text: `the vendor accepted the request but did not respond.\n${hint}`,
    };
  }
  if (code === "UND_ERR_INVALID_ARG" || code === "UND_ERR_NOT_SUPPORTED") {
    return { status: 400, code: "bad_request", text: `this request cannot be passed on${why}.` };
  }
  if (code === "UND_ERR_CONNECT_TIMEOUT" || code === "ETIMEDOUT") {
    return { status: 504, code: "vendor_unreachable", text: `the vendor could not be reached in time${why}.\n${hint}` };
  }
  return { status: 502, code: "vendor_unreachable", text: `the vendor could not be reached${why}.\n${hint}` };
}

// The text of the error is not shown, because it can quote the request.
function codeOf(error: unknown): string | undefined {
  for (let at = error, depth = 0; typeof at === "object" && at !== null && depth < 5; depth++) {
    const { code, cause } = at as { readonly code?: unknown; readonly cause?: unknown };
    if (typeof code === "string" && /^[A-Z0-9_]{3,60}$/.test(code)) return code;
    at = cause;
  }
  return undefined;
}

// Only compared, never shown.
function messageOf(error: unknown): string | undefined {
  return error instanceof Error ? error.message : undefined;
}
