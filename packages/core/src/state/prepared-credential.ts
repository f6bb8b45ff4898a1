import type { Authorization } from "../contract/authorization.ts";
import type { Flow } from "../contract/flow.ts";
import type { SessionRecord } from "../contract/session-record.ts";
import { UnexpectedResponse } from "../errors/unexpected-response.ts";
import { partsOf } from "../util/secret-forms.ts";

/** Everything that a call needs from a record. It is computed once for each record, so that a call is cheap. */
export interface PreparedCredential extends Authorization {
  /** The vendor of the session, for errors. */
  readonly vendor: string;
  /** The base URL of relative calls, with a trailing slash. */
  readonly base: string;
  /** The origin of `base`. */
  readonly origin: string;
  /** `headers` with the user agent and the flow's headers: what a call without its own headers sends. Frozen. */
  readonly allHeaders: Readonly<Record<string, string>>;
  /** The search parameters, encoded; `""` if there are none. */
  readonly query: string;
  /** The names of the search parameters that carry the credential. */
  readonly secretNames: readonly string[];
}

// Shared, because most credentials use only one of headers, search parameters and cookies.
const NONE: Readonly<Record<string, string>> = Object.freeze({});
const NO_NAMES: readonly string[] = Object.freeze([]);

/**
 * Prepares the credential of a record.
 * @throws {UnexpectedResponse} `unexpected_response` if the credential cannot be sent in a header. `fetch` would quote it
 * in its own error.
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
      "the vendor's credential has characters that cannot be sent in a header.",
    );
  }
  const all = lowerCased({ ...headers, ...(pairs.length === 0 ? {} : { cookie: pairs.join("; ") }) });
  return {
    vendor: flow.vendor,
    base: record.baseUrl,
    // A record's URL is normalised, so no `URL` is needed. The substring shares its memory.
    origin: record.baseUrl.slice(0, record.baseUrl.indexOf("/", "https://".length)),
    headers: all,
    searchParams,
    cookies,
    // Frozen, because the user's `fetch` receives this same object with each call.
    allHeaders: Object.freeze({ "user-agent": userAgent, ...lowerCased(flow.headers ?? {}), ...all }),
    query: new URLSearchParams(searchParams).toString(),
    secretNames: searchParams === NONE ? NO_NAMES : Object.keys(searchParams),
  };
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** What of a credential is secret: its headers, search parameters and cookies. */
export function secretsOf({ headers, searchParams, cookies }: PreparedCredential): string[] {
  return [headers, searchParams, cookies].flatMap((part) => Object.values(part).flatMap(partsOf));
}
