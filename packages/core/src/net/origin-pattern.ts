import { InvalidOptions } from "../errors/invalid-options.ts";

const NO_ORIGINS: readonly string[] = Object.freeze([]);

export function checkOrigins(vendor: string, origins: unknown): readonly string[] {
  if (origins === undefined) return NO_ORIGINS;
  if (Array.isArray(origins)) return origins.map((origin) => checkOrigin(vendor, origin));
  throw new InvalidOptions(vendor, '`allowedOrigins` must be a list, for example ["https://media.example.com"].');
}

function checkOrigin(vendor: string, origin: unknown): string {
  const match = typeof origin === "string" ? /^(https?:\/\/)(\*\.)?([^/\\?#@*\s]+)\/?$/i.exec(origin) : null;
  if (match !== null && URL.canParse(`${match[1]}${match[3]}`)) {
    const { protocol, host } = new URL(`${match[1]}${match[3]}`);
    return `${protocol}//${match[2] ?? ""}${host}`;
  }
  throw new InvalidOptions(
    vendor,
    "`allowedOrigins` must be origins such as https://media.example.com or https://*.example.com.",
  );
}

/** Returns whether an origin is in a list. In a pattern such as `https://*.example.com`, `*` is exactly one label. */
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
