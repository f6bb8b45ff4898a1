import type { Flow } from "../contract/flow.ts";
import type { Settings } from "../contract/settings.ts";
import { InvalidOptions } from "../errors/invalid-options.ts";
import { OriginNotAllowed } from "../errors/origin-not-allowed.ts";
import { originMatches } from "../net/origin-pattern.ts";
import { isSecure, requireSecure } from "../net/secure-transport.ts";
import type { Ticket } from "../state/prepared-credential.ts";

/** What decides where a session's credential may go. */
export interface Home {
  readonly flow: Pick<Flow<never, never>, "vendor" | "allowedOrigins">;
  readonly settings: Pick<Settings, "allowedOrigins" | "allowInsecureHttp">;
}

/** Law 12: whether a URL may see the credential. */
export function isHome(home: Home, target: URL, ticket: Ticket): boolean {
  return isKnown(home, target, ticket) && isSecure(target, home.settings.allowInsecureHttp);
}

/**
 * Refuses a URL that may not see it, before anything is sent.
 * @throws {OriginNotAllowed} {InsecureTransport} {InvalidOptions}
 */
export function requireHome(home: Home, target: URL, ticket: Ticket): void {
  const { vendor } = home.flow;
  if (!isKnown(home, target, ticket)) throw notAllowed(vendor, target.origin, ticket.origin);
  if (target.username !== "" || target.password !== "") {
    throw new InvalidOptions(vendor, "the URL of a call must not hold a user name or password: leave them out.");
  }
  requireSecure(vendor, target, home.settings.allowInsecureHttp);
}

// A `blob:` URL has the origin of whoever made it, so the protocol counts as well.
function isKnown({ flow, settings }: Home, { origin, protocol }: URL, ticket: Ticket): boolean {
  if (!/^https?:$/.test(protocol)) return false;
  if (origin === ticket.origin) return true;
  return originMatches(origin, flow.allowedOrigins ?? []) || originMatches(origin, settings.allowedOrigins);
}

/** The error for a call that would carry the credential away. The URL's path and query are not shown. */
export function notAllowed(vendor: string, origin: string, home: string): OriginNotAllowed {
  return new OriginNotAllowed(
    vendor,
    `a call to ${origin} was not sent: the session belongs to ${home}. ` +
      "Use a path below the base URL, add the origin to `allowedOrigins`, or call it with a fetch of your own.",
  );
}
