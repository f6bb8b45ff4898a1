import { InvalidOptions } from "../errors/invalid-options.ts";

/** Whether a header, in lower case, names the site of a request: `Host`, or its form in HTTP/2. */
export function isHostHeader(name: string): boolean {
  return name === "host" || name === ":authority";
}

/** The error for a header that would take the credential to another site of the same server (guarantee 12). */
export function hostRefused(vendor: string): InvalidOptions {
  const problem =
    "a call was not sent, because it has a header `Host`, which would take the credential to another site.";
  return new InvalidOptions(
    vendor,
    `${problem} Leave it out: the URL names the host. A proxy must not pass on its client's.`,
  );
}

/** @throws {InvalidOptions} `invalid_options` if the headers name the site of the request. */
export function checkHost(vendor: string, headers: HeadersInit | undefined): void {
  if (headers === undefined || headers === null) return;
  const names = Symbol.iterator in headers ? Array.from(headers, ([name = ""]) => name) : Object.keys(headers);
  if (names.some((name) => isHostHeader(String(name).toLowerCase()))) throw hostRefused(vendor);
}
