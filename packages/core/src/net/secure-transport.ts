import { InsecureTransport } from "../errors/insecure-transport.ts";

/** Nobody on the network can read plain HTTP to this machine itself. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
  );
}

/** Guarantee 11: credentials need HTTPS, except to loopback or if the user allows HTTP. */
export function isSecure(url: URL, allowInsecureHttp: boolean): boolean {
  return url.protocol === "https:" || (url.protocol === "http:" && (allowInsecureHttp || isLoopback(url.hostname)));
}

/** @throws {InsecureTransport} `insecure_transport` if credentials may not be sent to the URL. */
export function requireSecure(vendor: string, url: URL, allowInsecureHttp: boolean): void {
  if (isSecure(url, allowInsecureHttp)) return;
  throw new InsecureTransport(
    vendor,
    `${url.protocol}//${url.host} is not encrypted: credentials sent there can be read on the network.`,
  );
}
