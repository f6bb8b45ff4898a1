import { InvalidOptions } from "./errors/invalid-options.ts";
import type { Flow } from "./flow.ts";
import type { Settings } from "./options.ts";
import { notAllowed, originMatches } from "./target.ts";
import type { Ticket } from "./ticket.ts";
import { isSecure, requireSecure } from "./transport.ts";

/** Law 12: where a session's credential may go. */
export interface Home {
  /** Whether a URL may see the credential. */
  includes(target: URL, ticket: Ticket): boolean;
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
  // A `blob:` URL has the origin of whoever made it, so the protocol counts as well.
  const isKnown = ({ origin, protocol }: URL, ticket: Ticket) =>
    /^https?:$/.test(protocol) && (origin === ticket.origin || originMatches(origin, declared));
  return {
    includes: (target, ticket) => isKnown(target, ticket) && isSecure(target, settings.allowInsecureHttp),
    require(target, ticket) {
      if (!isKnown(target, ticket)) throw notAllowed(vendor, target.origin, ticket.origin);
      if (target.username !== "" || target.password !== "") {
        throw new InvalidOptions(vendor, "the URL of a call must not hold a user name or password: leave them out.");
      }
      requireSecure(vendor, target, settings.allowInsecureHttp);
    },
  };
}
