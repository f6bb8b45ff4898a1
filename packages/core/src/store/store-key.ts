import type { Flow } from "../contract/flow.ts";

/**
 * The key of a session in a store: vendor, origin, account, and a digest of anything else that distinguishes sessions.
 */
export async function storeKey(flow: Flow<never, never> | Flow<unknown, unknown>, account: string): Promise<string> {
  const rest = JSON.stringify([flow.baseUrl.pathname, flow.identity ?? ""]);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(rest)));
  const hex = [...digest.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return ["vms", flow.vendor, flow.baseUrl.origin, encodeURIComponent(account), hex].join("|");
}
