import type { Dispatcher } from "undici";
import { InvalidOptions } from "../../errors/invalid-options.ts";
import { checkHost } from "../../request/host-header.ts";
import { withQueryCredential } from "../../request/prepare-url.ts";
import { asRecord, withCredential } from "../../request/request-headers.ts";
import type { PreparedCredential } from "../../state/prepared-credential.ts";

/** @throws {InvalidOptions} `invalid_options` if there is a header `Host`. */
export function checkHostOf(vendor: string, options: Dispatcher.DispatchOptions): void {
  checkHost(vendor, headersOf(options));
}

/** @throws {InvalidOptions} `invalid_options` if `servername` is not the URL's host. */
export function checkServername(vendor: string, options: Dispatcher.DispatchOptions): void {
  // undici's types do not have it per request.
  const { servername } = options as { readonly servername?: unknown };
  if (servername === undefined || servername === null) return;
  if (servername === URL.parse(String(options.origin))?.hostname) return;
  const problem = "a request was not sent, because its `servername` is not the host of its URL.";
  throw new InvalidOptions(vendor, `${problem} Set it in the option \`connect\` of the agent.`);
}

export function withCredentialOptions(
  options: Dispatcher.DispatchOptions,
  credential: PreparedCredential,
): Dispatcher.DispatchOptions {
  const headers = withCredential(headersOf(options), credential);
  const authenticated = { ...options, headers: headers as Dispatcher.DispatchOptions["headers"] & object };
  if (credential.query === "") return authenticated;
  // undici's `redirect` interceptor sets `query` to null.
  return options.query === undefined || options.query === null
    ? { ...authenticated, path: withQueryCredential(options.path, credential) }
    : { ...authenticated, query: { ...options.query, ...credential.searchParams } };
}

/** In a form that `fetch` accepts. */
export function headersOf({ headers }: Dispatcher.DispatchOptions): HeadersInit | undefined {
  return headers === undefined || headers === null ? undefined : toHeadersInit(headers);
}

export function declaredLength(options: Dispatcher.DispatchOptions): number | undefined {
  const headers = headersOf(options);
  if (headers === undefined) return undefined;
  const own = asRecord(headers);
  const name = Object.keys(own).find((one) => one.toLowerCase() === "content-length");
  return name === undefined ? undefined : Number(own[name]);
}

// undici also accepts a flat list of names and values, and a list of values for one name.
function toHeadersInit(given: NonNullable<Dispatcher.DispatchOptions["headers"]>): HeadersInit {
  if (isRecordOfTexts(given)) return given;
  const entries: Iterable<readonly [string, unknown]> = Array.isArray(given)
    ? Array.from({ length: given.length / 2 }, (_, at) => [String(given[2 * at]), given[2 * at + 1]] as const)
    : Symbol.iterator in given
      ? (given as Iterable<[string, unknown]>)
      : Object.entries(given);
  const plain: Record<string, string> = {};
  for (const [name, value] of entries) {
    if (value === undefined || value === null) continue;
    const text = Array.isArray(value) ? value.join(", ") : String(value);
    const before = plain[name];
    plain[name] = before === undefined ? text : `${before}${name.toLowerCase() === "cookie" ? "; " : ", "}${text}`;
  }
  return plain;
}

function isRecordOfTexts(given: object): given is Record<string, string> {
  if (Symbol.iterator in given) return false;
  return Object.values(given).every((value) => typeof value === "string");
}
