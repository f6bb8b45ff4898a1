import { InvalidOptions } from "../errors/invalid-options.ts";
import { isPublicSuffix } from "./public-suffixes.ts";

const NO_ORIGINS: readonly string[] = Object.freeze([]);

/**
 * Checks and normalises origins such as `https://media.example.com` or `https://*.example.com`.
 * @param option the name of the list in messages.
 * @throws {InvalidOptions} `invalid_options` for anything else, and for a wildcard that covers other owners' hosts.
 */
export function checkOrigins(vendor: string, origins: unknown, option = "`allowedOrigins`"): readonly string[] {
  if (origins === undefined) return NO_ORIGINS;
  if (Array.isArray(origins)) return origins.map((origin) => checkOrigin(vendor, origin, option));
  throw new InvalidOptions(vendor, `${option} must be a list, for example ["https://media.example.com"].`);
}

function checkOrigin(vendor: string, origin: unknown, option: string): string {
  const match = typeof origin === "string" ? /^(https?:\/\/)(\*\.)?([^/\\?#@*\s]+)\/?$/i.exec(origin) : null;
  const text = `${match?.[1]}${match?.[3]}`;
  const url = match !== null && URL.canParse(text) ? new URL(text) : null;
  // A host with a trailing dot is another origin, which no response names.
  if (match === null || url === null || url.hostname.split(".").includes("")) {
    const forms = "https://media.example.com or https://*.example.com";
    throw new InvalidOptions(vendor, `${option} must be origins such as ${forms}.`);
  }
  if (match[2] === undefined) return url.origin;
  const { hostname } = url;
  if (hostname.startsWith("[") || /^[\d.]+$/.test(hostname)) {
    throw new InvalidOptions(vendor, `${option} must have no wildcard before an IP address, which has no subdomains.`);
  }
  if (isPublicSuffix(hostname)) {
    const wide = `*.${hostname} would send the credential to other owners' hosts`;
    throw new InvalidOptions(
      vendor,
      `${option} must not be so broad: ${wide}. Name the full host or a domain of the vendor.`,
    );
  }
  return `${url.protocol}//*.${url.host}`;
}

/** In `https://*.example.com`, `*` is exactly one label. */
export function matchesOrigin(origin: string, allowed: readonly string[]): boolean {
  return allowed.some((pattern) => {
    const star = pattern.indexOf("*.");
    if (star === -1) return origin === pattern;
    const scheme = pattern.slice(0, star);
    const tail = pattern.slice(star + 1);
    if (!origin.startsWith(scheme) || !origin.endsWith(tail)) return false;
    return /^[a-z0-9-]+$/.test(origin.slice(scheme.length, -tail.length));
  });
}
