import { InvalidOptions } from "./errors/invalid-options.ts";
import type { Flow } from "./flow.ts";
import type { Settings } from "./options.ts";
import { notAllowed, originMatches } from "./target.ts";
import type { Ticket } from "./ticket.ts";
import { requireSecure } from "./transport.ts";

/** Law 12: where a session's credential may go. */
export interface Home {
  /** Whether an origin may see the credential. */
  includes(origin: string, ticket: Ticket): boolean;
  /**
   * Refuses a URL that may not see it, before anything is sent.
   * @throws {OriginNotAllowed} {InsecureTransport} {InvalidOptions}
   */
  require(target: URL, ticket: Ticket): void;
}

export function homeOf(
  { vendor, allowedOrigins = [] }: Pick<Flow<never, never>, "vendor" | "allowedOrigins">,
  settings: Settings,
): Home {
  const declared = [...allowedOrigins, ...settings.allowedOrigins];
  const includes = (origin: string, ticket: Ticket) => origin === ticket.origin || originMatches(origin, declared);
  return {
    includes,
    require(target, ticket) {
      if (!includes(target.origin, ticket)) throw notAllowed(vendor, target.origin, ticket.origin);
      if (target.username !== "" || target.password !== "") {
        throw new InvalidOptions(vendor, "the URL of a call must not hold a user name or password: leave them out.");
      }
      requireSecure(vendor, target, settings.allowInsecureHttp);
    },
  };
}
