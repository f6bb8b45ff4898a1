import { type AnyVmsError, isVmsError } from "@vms/core";
import type { ProxyResponse } from "./proxy-response.ts";

/** The response for a request that failed before the vendor's response was passed on. */
export function errorResponse(error: unknown): ProxyResponse {
  return isVmsError(error) ? sessionAnswer(error) : networkAnswer(error);
}

/** The response for what a function of the program threw, such as `credentials`. */
export const PROGRAM_ERROR: ProxyResponse = {
  status: 502,
  code: "program_error",
  text: "the program that serves this proxy failed: a function that it gave to the session threw an error.",
};

/** The errors that are not 502. */
const STATUS: Readonly<Partial<Record<AnyVmsError["code"], number>>> = {
  invalid_options: 500,
  insecure_transport: 500,
  origin_not_allowed: 500,
  invalid_request: 401,
  invalid_credentials: 401,
  account_unavailable: 401,
  second_factor_required: 401,
  second_factor_rejected: 401,
  session_closed: 401,
  rate_limited: 503,
  login_limited: 503,
  vendor_unavailable: 503,
};

function sessionAnswer({ code, message, retryAfter }: AnyVmsError): ProxyResponse {
  return {
    status: STATUS[code] ?? 502,
    code,
    text: message,
    ...(retryAfter === undefined ? {} : { headers: { "retry-after": String(Math.ceil(retryAfter / 1000)) } }),
  };
}

function networkAnswer(error: unknown): ProxyResponse {
  const code = codeOf(error);
  const why = code === undefined ? "" : ` (${code})`;
  if (code === "UND_ERR_SOCKET" && messageOf(error) === "bad upgrade") {
    return { status: 502, code: "bad_answer", text: `the vendor switched protocols without being asked.` };
  }
  // undici asserts that a status is at least 100.
  if (code === "ERR_ASSERTION") {
    const text = `the vendor's response is not valid HTTP. Is the base URL right?`;
    return { status: 502, code: "bad_answer", text };
  }
  const malformed = ["UND_ERR_RES_CONTENT_LENGTH_MISMATCH", "UND_ERR_HEADERS_OVERFLOW"].includes(code ?? "");
  if (malformed || (error instanceof Error && error.name === "HTTPParserError")) {
    const text = `the vendor's response is not valid HTTP${why}. Is the base URL right?`;
    return { status: 502, code: "bad_answer", text };
  }
  if (code === "UND_ERR_HEADERS_TIMEOUT") {
    return {
      status: 504,
      code: "vendor_silent",
      text: `the vendor accepted the request but did not respond.`,
    };
  }
  if (code === "UND_ERR_INVALID_ARG" || code === "UND_ERR_NOT_SUPPORTED") {
    return { status: 400, code: "bad_request", text: `this request cannot be passed on${why}.` };
  }
  if (code === "UND_ERR_CONNECT_TIMEOUT" || code === "ETIMEDOUT") {
    return { status: 504, code: "vendor_unreachable", text: `the vendor could not be reached in time${why}.` };
  }
  // All errors of the network have a code.
  if (code === undefined) return PROGRAM_ERROR;
  return { status: 502, code: "vendor_unreachable", text: `the vendor could not be reached${why}.` };
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
