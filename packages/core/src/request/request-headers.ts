import { withoutQuery } from "../net/search-params.ts";
import type { Ticket } from "../state/prepared-credential.ts";

/**
 * The headers of a call: the flow's, the caller's own over them, and the credential over all.
 * A cookie is the one thing that is merged: the caller's other cookies stay.
 */
export function withTicket(given: HeadersInit | undefined, ticket: Ticket): HeadersInit {
  if (given === undefined) return ticket.bare;
  const own = (Symbol.iterator in given ? Object.fromEntries(new Headers(given)) : given) as Record<string, string>;
  const headers: Record<string, string> = { ...ticket.bare };
  for (const name in own) {
    const lower = name.toLowerCase();
    const value = own[name] ?? "";
    if (Object.hasOwn(ticket.headers, lower)) {
      if (lower === "cookie") headers.cookie = mergedCookie(value, ticket);
    } else if (lower === "referer" && ticket.query !== "") {
      // Where the credential goes into the query, the address of one call must not carry it to the next.
      headers.referer = withoutQuery(value, ticket.secretNames);
    } else if (!(Object.hasOwn(headers, lower) && saysNothing(lower, value))) {
      headers[lower] = value;
    }
  }
  return headers;
}

// What `fetch` and ky send where the caller named nothing.
function saysNothing(name: string, value: string): boolean {
  return name === "accept" && value === "*/*";
}

function mergedCookie(given: string, ticket: Ticket): string {
  const others = given
    .split(";")
    .map((pair) => pair.trim())
    .filter((pair) => pair !== "" && !Object.hasOwn(ticket.cookies, pair.split("=")[0] ?? ""));
  return [...others, ticket.headers.cookie].join("; ");
}

/** Request headers that say nothing of who asks: they may follow a redirect to a foreign origin, and hold no secret. */
export const SAFE_HEADERS: readonly string[] = [
  "accept",
  "accept-language",
  "content-language",
  "content-type",
  "range",
  "user-agent",
];

/** What is left of a call's headers when a redirect takes it away from home. */
export function withoutTicket(given: HeadersInit | undefined, userAgent: string): Headers {
  const headers = new Headers(given);
  for (const name of [...headers.keys()]) if (!SAFE_HEADERS.includes(name)) headers.delete(name);
  if (!headers.has("user-agent")) headers.set("user-agent", userAgent);
  return headers;
}
