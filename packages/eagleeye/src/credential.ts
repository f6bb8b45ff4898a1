import type { Authorization } from "@vms/core";
import type { EagleEyeSettings } from "./options.ts";
import type { SessionCookie } from "./wire.ts";

/** The credential of a session on a call: the cookie or the query parameter, and the API key. */
export function credentialOf(
  { transport, apiKey }: EagleEyeSettings,
  { cookie, session }: SessionCookie,
): Partial<Authorization> {
  const headers = apiKeyHeader(apiKey);
  return transport === "query"
    ? { headers, searchParams: { A: session } }
    : { headers, cookies: { [cookie]: session } };
}

/** The header of the API key, if there is one. */
export function apiKeyHeader(apiKey: string | undefined): Record<string, string> {
  return apiKey === undefined ? {} : { authentication: apiKey };
}
