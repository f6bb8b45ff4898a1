import type { Authorization } from "../contract/authorization.ts";
import type { Flow } from "../contract/flow.ts";
import type { SessionRecord } from "../contract/session-record.ts";
import { UnexpectedResponse } from "../errors/unexpected-response.ts";

/** Everything that a call needs of a record, made once for each record so that a call builds nothing. */
export interface PreparedCredential extends Authorization {
  /** Where relative calls go, with a trailing slash. */
  readonly base: string;
  /** The origin of `base`. */
  readonly origin: string;
  /** `headers` with the user agent and the flow's own headers: all that a call without headers of its own sends. Never changed. */
  readonly allHeaders: Readonly<Record<string, string>>;
  /** The search parameters, encoded; `""` where there are none. */
  readonly query: string;
  /** The names of the search parameters that hold the credential. */
  readonly secretNames: readonly string[];
}

// One for all tickets, as most have none of two of the three.
const NONE: Readonly<Record<string, string>> = Object.freeze({});
const NO_NAMES: readonly string[] = Object.freeze([]);

/**
 * Makes the credential of a record.
 * @throws {UnexpectedResponse} where the credential cannot be sent: `fetch` would quote it in its own error.
 */
export function prepareCredential<Data, User>(
  flow: Flow<Data, User>,
  record: SessionRecord<Data, User>,
  userAgent: string,
): PreparedCredential {
  const { headers = NONE, searchParams = NONE, cookies = NONE } = flow.authorize(record);
  const pairs = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
  const sendable =
    Object.entries(headers).every(
      ([name, value]) => /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\x20-\x7e]+$/.test(value),
    ) && pairs.every((pair) => /^[\x21-\x3a\x3c\x3e-\x7e]+=[\x21-\x3a\x3c-\x7e]+$/.test(pair));
  if (!sendable) {
    throw new UnexpectedResponse(
      flow.vendor,
      "the credential that the vendor gave has characters that cannot be sent in a header. Check that the base URL points at this vendor's API.",
    );
  }
  const all = lowerCased({ ...headers, ...(pairs.length === 0 ? {} : { cookie: pairs.join("; ") }) });
  return {
    base: record.baseUrl,
    // Cut out of the text, as a record's has been normalised; it then takes no memory of its own.
    origin: record.baseUrl.slice(0, record.baseUrl.indexOf("/", "https://".length)),
    headers: all,
    searchParams,
    cookies,
    // Frozen, as a fetch of the user's gets this very object with each call.
    allHeaders: Object.freeze({ "user-agent": userAgent, ...lowerCased(flow.headers ?? {}), ...all }),
    query: new URLSearchParams(searchParams).toString(),
    secretNames: searchParams === NONE ? NO_NAMES : Object.keys(searchParams),
  };
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
