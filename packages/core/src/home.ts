import { InvalidOptions } from "./errors/invalid-options.ts";
import type { Flow } from "./flow.ts";
import type { Settings } from "./options.ts";
import { notAllowed, originMatches } from "./target.ts";
import type { Ticket } from "./ticket.ts";
import { isSecure, requireSecure } from "./transport.ts";

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
