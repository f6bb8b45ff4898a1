import { InsecureTransport } from "../errors/insecure-transport.ts";

/** Whether a host name is this machine itself, where plain HTTP leaves nothing to overhear. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
  );
}

/** Law 11: credentials go over HTTPS, save on loopback or where the operator allows it. */
export function isSecure(url: URL, allowInsecureHttp: boolean): boolean {
  return url.protocol === "https:" || (url.protocol === "http:" && (allowInsecureHttp || isLoopback(url.hostname)));
}

/**
 * The same, as a requirement.
 * @throws {InsecureTransport}
 */
export function requireSecure(vendor: string, url: URL, allowInsecureHttp: boolean): void {
  if (isSecure(url, allowInsecureHttp)) return;
  throw new InsecureTransport(
    vendor,
    `\`baseUrl\` is ${url.protocol}//${url.host}: a password sent there can be read on the way. ` +
      "Write https://, or set `allowInsecureHttp: true` if that network is yours.",
  );
}
