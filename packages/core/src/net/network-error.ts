import isFetchFailure from "is-network-error";

/** From Node, its TLS library, undici, its parser, zlib and Bun. */
const NETWORK_CODES = new RegExp(
  `^(${[
    "E(CONN|NET|HOST)[A-Z]+|EAI_[A-Z]+|E(PIPE|PROTO|TIMEDOUT|SOCKETTIMEDOUT|NOTFOUND|ADDRINUSE|ADDRNOTAVAIL)",
    "(UND_ERR|HPE|Z|ERR_SSL|ERR_TLS|ERR_HTTP2)_\\w+|ERR_STREAM_PREMATURE_CLOSE",
    "(CERT|CRL|UNABLE_TO|SELF_SIGNED|ERROR_IN)_\\w+|DEPTH_ZERO_SELF_SIGNED_CERT|HOSTNAME_MISMATCH|INVALID_(CA|PURPOSE)",
    "(Connection|DNS|TLS|HTTP2?)[A-Z][A-Za-z]+|FailedToOpenSocket|Malformed_HTTP_Response|ZlibError",
  ].join("|")})$`,
);

/** Invalid arguments, with which nothing was sent. */
const ARGUMENT_CODE = /^(UND_ERR_(INVALID_\w+|NOT_SUPPORTED|REQ_CONTENT_LENGTH_MISMATCH)|ERR_INVALID_\w+)$/;

/** undici's messages, without codes, for requests and redirects that `fetch` refuses. */
const REFUSED = new Set([
  "URL scheme must be a HTTP(S) scheme",
  "about scheme is not supported",
  "bad port",
  "blocked",
  "cors failure",
  'cross origin not allowed for request mode "cors"',
  "failed to fetch the data URL",
  "integrity mismatch",
  "invalid method",
  "local URLs only",
  "not implemented... yet...",
  "only if cached",
  'request mode cannot be "same-origin"',
  "unexpected redirect",
  "unknown scheme",
]);

/** Failures in Deno and workerd that `is-network-error` does not know. */
const OTHER_FAILURES =
  /^(error reading a body from connection|unexpected end of file$|Network connection lost\.|internal error; reference = )/;

interface ErrorParts {
  readonly code?: unknown;
  readonly name?: unknown;
  readonly message?: unknown;
}

/** An error and its causes. */
function* chainOf(error: unknown): Iterable<ErrorParts> {
  for (let at = error, depth = 0; typeof at === "object" && at !== null && depth < 5; depth++) {
    yield at;
    at = (at as { cause?: unknown }).cause;
  }
}

/** For an abort by the user's own `fetch`, for example for its own time limit. */
function abortOf({ name }: ErrorParts): string | undefined {
  return name === "TimeoutError" || name === "AbortError" ? name : undefined;
}

/**
 * Whether a `fetch` failed because of the network. Any other error is a fault of the program or a framework's control
 * signal, and reaches the caller unchanged (guarantee 11).
 */
export function isNetworkError(error: unknown): boolean {
  const chain = [...chainOf(error)];
  const isRefused = chain.some(({ code, message }) => ARGUMENT_CODE.test(String(code)) || REFUSED.has(String(message)));
  if (isRefused) return false;
  return (
    isFetchFailure(error) ||
    chain.some((at) => {
      const { code, name, message } = at;
      if (abortOf(at) !== undefined || name === "HTTPParserError") return true;
      return (typeof code === "string" && NETWORK_CODES.test(code)) || OTHER_FAILURES.test(String(message));
    })
  );
}

/** Finds a code such as `ECONNREFUSED` in an error or its causes. A code quotes nothing, so it is safe to show. */
export function networkCode(error: unknown): string | undefined {
  if (!isNetworkError(error)) return undefined;
  for (const at of chainOf(error)) {
    const { code } = at;
    if (typeof code === "string" && (NETWORK_CODES.test(code) || /^[A-Z0-9_]{3,60}$/.test(code))) return code;
    // The parser of undici 7 and 8 (Node 24) sets no code.
    if (at.name === "HTTPParserError") return "HPE_UNKNOWN";
    const abort = abortOf(at);
    if (abort !== undefined) return abort;
  }
  return undefined;
}

/** `fetch` refuses some ports, such as 5061, without sending anything. */
export function isPortRefused(error: unknown): boolean {
  return [...chainOf(error)].some(({ message }) => /^(bad port|.* port \d+ are blocked)$/.test(String(message)));
}

/**
 * Creates the error that callers see, with only the code: the original's `cause` can quote a header or part of the
 * response, including a cookie.
 */
export function plainNetworkError(error: unknown): TypeError {
  const code = networkCode(error);
  const cause = code === undefined ? undefined : Object.assign(new Error(code), { code });
  // ky and other clients recognise a network failure by this message.
  return new TypeError("fetch failed", cause === undefined ? undefined : { cause });
}
