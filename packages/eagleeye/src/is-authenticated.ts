import { callVendor, type Session, type WaitOptions } from "@vms/core";

/**
 * Asks the vendor whether the session is valid: 200 yes, 401 no.
 * @see Eagle Eye Networks API, "Is Auth"
 */
export async function isAuthenticated(session: Session<unknown>, { signal }: WaitOptions): Promise<boolean> {
  signal?.throwIfAborted();
  if (session.info === undefined) return false;
  const headers = { accept: "application/json" };
  const answer = await callVendor(session, "g/aaa/isauth", { login: false, headers, signal });
  if (answer.status === 200) return true;
  if (answer.status === 401) return false;
  throw answer.toError();
}
