import {
  inTime,
  isVmsError,
  parseRetryAfter,
  parseWith,
  RateLimited,
  type Session,
  type SessionOptions,
  UnexpectedResponse,
  VendorUnavailable,
  type WaitOptions,
} from "@vms/core";
import { type AdminUser, userSchema } from "./wire.ts";

const WHAT = "GET api/admin/v1/admins/{id}";

/**
 * Asks the vendor for the signed-in administrator.
 * @see AiPix VMS, Admin API, `GET /api/admin/v1/admins/{id}`
 */
export async function whoAmI(
  session: Session<AdminUser>,
  options: Pick<SessionOptions, "timeout">,
  { signal }: WaitOptions,
): Promise<AdminUser> {
  const id = await idOf(session, signal);
  let response: Response;
  let text: string;
  try {
    [response, text] = await inTime(session, options.timeout ?? 30_000, signal, async (either) => {
      const headers = { accept: "application/json" };
      const answer = await session.fetch(`api/admin/v1/admins/${id}`, { headers, signal: either });
      return [answer, await answer.text()];
    });
  } catch (error) {
    signal?.throwIfAborted();
    if (isVmsError(error)) throw error;
    throw new VendorUnavailable("admin-token", `${WHAT} got no answer. Check the network and the vendor's status.`);
  }
  // The session has signed in as another user meanwhile: the answer is about the previous user.
  const now = session.info?.user.id ?? id;
  if (now !== id) return whoAmI(session, options, signal === undefined ? {} : { signal });
  if (!response.ok) throw failure(response);
  return parseWith(
    userSchema,
    parseJson(text, response.status),
    "admin-token",
    `the answer to ${WHAT}`,
    response.status,
  );
}

/** The id of the signed-in administrator. Signs in if necessary. */
async function idOf(session: Session<AdminUser>, signal: AbortSignal | undefined): Promise<number> {
  signal?.throwIfAborted();
  let user = session.info?.user;
  if (user !== undefined) return user.id;
  // Read from the event: a token that is expired on arrival is not in `info`.
  const off = session.on("login", ({ info }) => {
    user = info.user;
  });
  try {
    // `login()` would reopen a session that was signed out.
    await session.authorization(signal === undefined ? {} : { signal });
  } finally {
    off();
  }
  user = session.info?.user ?? user;
  if (user !== undefined) return user.id;
  throw new VendorUnavailable("admin-token", "the session ended before it could be asked whose it is. Ask again.");
}

function parseJson(text: string, status: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnexpectedResponse(
      "admin-token",
      `the answer to ${WHAT} (status ${status}) is not JSON. Check that the base URL points at this vendor's API.`,
      { status },
    );
  }
}

function failure({ status, headers }: Response): Error {
  const what = `${WHAT} was answered ${status}`;
  if (status === 429) {
    const retryAfter = parseRetryAfter(headers.get("retry-after"), Date.now());
    return new RateLimited("admin-token", `${what}: too many requests. Ask less often.`, { status, retryAfter });
  }
  if (status >= 500) return new VendorUnavailable("admin-token", `${what}: the vendor's server failed.`, { status });
  const why: Record<number, string> = {
    401: ", also with a new token. Check that the user may use the API.",
    403: ": the user may not read administrators. Give it that permission, or use `info.user`, which the login told.",
    404: ": there is no such administrator any more, or the base URL is another API's. Check both.",
  };
  return new UnexpectedResponse("admin-token", what + (why[status] ?? ", which the vendor does not document."), {
    status,
  });
}
