import { InvalidOptions } from "../errors/invalid-options.ts";

/** `:authority` is the form of `Host` in HTTP/2. */
export function isHostHeader(name: string): boolean {
  return name === "host" || name === ":authority";
}

/** Guarantee 12: a `Host` header would take the credential to another site on the same server. */
export function hostRefused(vendor: string): InvalidOptions {
  const problem = "a call was not sent because its `Host` header would take the credential to another site.";
  return new InvalidOptions(
    vendor,
    `${problem} Omit the header: the URL names the host. A proxy must not forward its client's.`,
  );
}

export function checkHost(vendor: string, headers: HeadersInit | undefined): void {
  if (headers === undefined || headers === null) return;
  const names = Symbol.iterator in headers ? Array.from(headers, ([name = ""]) => name) : Object.keys(headers);
  if (names.some((name) => isHostHeader(String(name).toLowerCase()))) throw hostRefused(vendor);
}
