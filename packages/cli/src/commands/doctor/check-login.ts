import type { Session } from "@vms/core";
import { formatInstant } from "../../command-line/format-time.ts";
import { describeError } from "../../error-messages/describe-error.ts";
import type { ErrorContext } from "../../error-messages/error-context.ts";
import { EXIT, type ExitCode } from "../../errors/exit-codes.ts";
import { type Endpoint, type Finding, failure, passed } from "./step.ts";

/** Timeout of the first call, in ms. */
const CALL_TIMEOUT = 30_000;

/** Uses the stored session, or signs in. */
export async function checkLogin(session: Session, context: ErrorContext, signal: AbortSignal): Promise<Finding> {
  let from = "vendor";
  const off = session.on("login", (event) => {
    from = event.from;
  });
  try {
    const { account, issuedAt, baseUrl } = await session.login({ signal });
    const how =
      from === "store" ? `resumed the session of ${formatInstant(issuedAt)}, as ${account}` : `signed in as ${account}`;
    return passed(`${how}; calls go to ${new URL(baseUrl).host}.`);
  } catch (error) {
    signal.throwIfAborted();
    const { message, hint, exit } = describeError(error, context);
    return failure(message, hint ?? "See the vendor's status page.", exit);
  } finally {
    off();
  }
}

/** Makes a harmless call. Only this shows whether the vendor still accepts a stored session. */
export async function checkFirstCall(
  session: Session,
  context: ErrorContext,
  path: string,
  { login }: Endpoint,
  signal: AbortSignal,
): Promise<Finding> {
  let renewed = "";
  const off = session.on("rejected", () => {
    renewed = ", after a new sign-in: the vendor had ended the session";
  });
  const shown = path.split("?")[0];
  const deadline = AbortSignal.timeout(CALL_TIMEOUT);
  try {
    const { status, body } = await session.fetch(path, { signal: AbortSignal.any([signal, deadline]) });
    await body?.cancel();
    if (status < 400) return passed(`the vendor accepts calls${renewed} (GET ${shown}: ${status}).`);
    const [exit, hint] = whatToDo(status, login);
    return failure(`the vendor answered GET ${shown} with ${status}${renewed}.`, hint, exit);
  } catch (error) {
    signal.throwIfAborted();
    if (deadline.aborted) {
      return failure(
        `the vendor did not answer GET ${shown} in ${CALL_TIMEOUT / 1000} s.`,
        "The vendor is slow or down. Try again later.",
      );
    }
    const { message, hint, exit } = describeError(error, context);
    return failure(message, hint ?? "Try again. If it still fails, ask the vendor.", exit);
  } finally {
    off();
  }
}

function whatToDo(status: number, login: string): [ExitCode, string] {
  if (status === 401) {
    return [
      EXIT.notSignedIn,
      "The vendor accepts the password but rejects the session. Does the account have API access?",
    ];
  }
  if (status === 429)
    return [EXIT.unavailable, "The vendor asks for fewer calls. Wait, and find out which program calls it so often."];
  if (status >= 500) return [EXIT.unavailable, "The vendor's server failed. See its status page, and try again later."];
  if (status === 403)
    return [EXIT.clientError, "The session is valid, but the account may not make this call. Ask for the permission."];
  return [EXIT.clientError, `Is this the URL of the API? To correct it: ${login} --url …`];
}
