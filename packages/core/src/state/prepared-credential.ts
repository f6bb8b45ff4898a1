import type { Authorization } from "../contract/authorization.ts";
import type { Flow } from "../contract/flow/flow.ts";
import type { SessionRecord } from "../contract/session-record.ts";
import { UnexpectedResponse } from "../errors/unexpected-response.ts";
import { partsOf } from "../util/secret-forms.ts";

/** What calls need from a record, computed once per record. */
export interface PreparedCredential extends Authorization {
  readonly vendor: string;
  /** The base URL with a trailing slash. */
  readonly base: string;
  readonly origin: string;
  /** Frozen. The complete headers of a call without its own. */
  readonly allHeaders: Readonly<Record<string, string>>;
  /** The encoded search parameters; `""` if there are none. */
  readonly query: string;
  readonly secretNames: readonly string[];
}

// Shared, because most credentials use only one of headers, search parameters and cookies.
const NONE: Readonly<Record<string, string>> = Object.freeze({});
const NO_NAMES: readonly string[] = Object.freeze([]);

/**
 * @throws {UnexpectedResponse} `unexpected_response` if a header cannot carry the credential. `fetch` would quote the
 * credential in its own error.
 */
export function prepareCredential<Data, User>(
  flow: Flow<Data, User>,
  record: SessionRecord<Data, User>,
  userAgent: string,
): PreparedCredential {
  const parts = flow.authorize(record);
  if (typeof parts !== "object" || parts === null)
    throw new UnexpectedResponse(flow.vendor, "the flow's `authorize` must return an object.");
  const { headers = NONE, searchParams = NONE, cookies = NONE } = parts;
  const pairs = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
  requireSendable(flow.vendor, "authorize", headers);
  const sendable = pairs.every((pair) => /^[\x21-\x3a\x3c\x3e-\x7e]+=[\x21-\x3a\x3c-\x7e]+$/.test(pair));
  if (!sendable) throw notSendable(flow.vendor, "authorize", "cookie");
  const all = lowerCased({ ...headers, ...(pairs.length === 0 ? {} : { cookie: pairs.join("; ") }) });
  return {
    vendor: flow.vendor,
    base: record.baseUrl,
    // A record's URL is normalised, so no `URL` is needed. The substring shares its memory.
    origin: record.baseUrl.slice(0, record.baseUrl.indexOf("/", "https://".length)),
    headers: all,
    searchParams,
    cookies,
    // The user's `fetch` receives this object with every call.
    allHeaders: Object.freeze({ "user-agent": userAgent, ...lowerCased(flow.headers ?? {}), ...all }),
    query: new URLSearchParams(searchParams).toString(),
    secretNames: searchParams === NONE ? NO_NAMES : Object.keys(searchParams),
  };
}

/**
 * @returns whether there are any.
 * @throws {UnexpectedResponse} `unexpected_response` if a header cannot be sent. The message contains no value.
 */
export function requireSendable(vendor: string, method: string, headers: Readonly<Record<string, string>>): boolean {
  let some = false;
  for (const name in headers) {
    const value = headers[name];
    some = true;
    const isName = /^[\w!#$%&'*+.^`|~-]+$/.test(name);
    if (!isName || typeof value !== "string" || !/^[\x20-\x7e]+$/.test(value))
      throw notSendable(vendor, method, isName ? name : undefined);
  }
  return some;
}

function notSendable(vendor: string, method: string, name: string | undefined): UnexpectedResponse {
  const header = name === undefined ? "a header whose name" : `a header \`${name}\` that`;
  return new UnexpectedResponse(vendor, `the flow's \`${method}\` returned ${header} cannot be sent in a request.`);
}

export function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  const lower: Record<string, string> = {};
  for (const name of Object.keys(headers)) lower[name.toLowerCase()] = headers[name] as string;
  return lower;
}

export function secretsOf({ headers, searchParams, cookies }: PreparedCredential): string[] {
  return [headers, searchParams, cookies].flatMap((part) => Object.values(part).flatMap(partsOf));
}
