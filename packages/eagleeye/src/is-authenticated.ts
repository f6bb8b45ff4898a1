import type { Session, WaitOptions } from "@vms/core";
import { callVendor } from "@vms/core/flow";

/**
 * Asks the vendor whether the session is valid: 200 yes, 401 no.
 * @see Eagle Eye Networks API, "Is Auth"
 */
export async function isAuthenticated(session: Session<unknown>, { signal }: WaitOptions): Promise<boolean> {
  signal?.throwIfAborted();
  if (session.info === undefined) return false;
  const headers = { accept: "application/json" };
  const response = await callVendor(session, "g/aaa/isauth", { login: false, headers, signal });
  if (response.status === 200) return true;
  if (response.status === 401) return false;
  throw response.toError();
}
