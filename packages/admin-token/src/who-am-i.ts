import { type Session, UnexpectedResponse, VendorUnavailable, type WaitOptions } from "@vms/core";
import { callVendor } from "@vms/core/flow";
import { type AdminUser, userSchema } from "./wire.ts";

/** What an error status means. The core describes the others. */
const REASONS: ReadonlyMap<number, string> = new Map([
  [401, ", also with a new token. Check that the user may use the API."],
  [
    403,
    ": the user may not read administrators. Give it that permission, or use `info.user`, which the login returned.",
  ],
  [404, ": there is no such administrator any more, or the base URL is another API's. Check both."],
]);

/**
 * Asks the vendor for the signed-in administrator.
 * @see AiPix VMS, Admin API, `GET /api/admin/v1/admins/{id}`
 */
export async function whoAmI(session: Session<AdminUser>, wait: WaitOptions): Promise<AdminUser> {
  const id = await idOf(session, wait);
  const headers = { accept: "application/json" };
  const response = await callVendor(session, `api/admin/v1/admins/${id}`, { headers, signal: wait.signal });
  // The session has signed in as another user meanwhile: the response is about the previous user.
  const now = session.info?.user.id ?? id;
  if (now !== id) return whoAmI(session, wait);
  if (response.ok) return response.json(userSchema);
  const { status } = response;
  const reason = REASONS.get(status);
  if (reason === undefined) throw response.toError();
  throw new UnexpectedResponse(
    "admin-token",
    `the vendor returned ${status} to GET api/admin/v1/admins/{id}${reason}`,
    {
      status,
    },
  );
}

/** The id of the signed-in administrator. Signs in if necessary. */
async function idOf(session: Session<AdminUser>, wait: WaitOptions): Promise<number> {
  wait.signal?.throwIfAborted();
  let user = session.info?.user;
  if (user !== undefined) return user.id;
  // Read from the event: a token that is expired on arrival is not in `info`.
  const off = session.on("login", ({ info }) => {
    user = info.user;
  });
  try {
    // `login()` would reopen a session that was signed out.
    await session.authorization(wait);
  } finally {
    off();
  }
  user = session.info?.user ?? user;
  if (user !== undefined) return user.id;
  throw new VendorUnavailable("admin-token", "the session ended during the call.");
}
