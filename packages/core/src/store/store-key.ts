import type { Flow } from "../contract/flow/flow.ts";
import { shortDigest } from "../util/hex.ts";

/** Vendor, origin, account, and a digest of everything else that distinguishes sessions. */
export async function storeKey(flow: Flow<never, never> | Flow<unknown, unknown>, account: string): Promise<string> {
  const rest = JSON.stringify([flow.baseUrl.pathname, flow.identity ?? ""]);
  return ["vms", flow.vendor, flow.baseUrl.origin, encodeURIComponent(account), await shortDigest(rest)].join("|");
}
