import type { Authorization } from "@vms/core";
import type { EagleEyeSettings } from "./options.ts";
import type { SessionCookie } from "./wire.ts";

/** The credential of a session on a call: the cookie or the query parameter, and the API key. */
export function credentialOf(settings: EagleEyeSettings, { cookie, session }: SessionCookie): Partial<Authorization> {
  const headers = apiKeyHeaders(settings);
  return settings.transport === "query"
    ? { headers, searchParams: { A: session } }
    : { headers, cookies: { [cookie]: session } };
}

/** The header of the API key, if there is one. */
export function apiKeyHeaders({ apiKey, apiKeyHeader }: EagleEyeSettings): Record<string, string> {
  if (apiKey === undefined) return {};
  const [name = "", value = ""] = apiKeyHeader.toLowerCase().split(": ");
  return { [name]: value.replace("key", () => apiKey) };
}
