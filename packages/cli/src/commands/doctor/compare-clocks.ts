import { parseHttpDate } from "@vms/core/flow";
import { formatDuration } from "../../command-line/format-time.ts";
import { networkProblem } from "../../error-messages/network-problem.ts";
import { EXIT } from "../../errors/exit-codes.ts";
import { type Endpoint, type Finding, failure, passed, STEP_TIMEOUT } from "./step.ts";

/** Accepted difference of the clocks, in ms. Codes of authenticator apps are valid for 30 seconds. */
const TOLERANCE = 30_000;

/** Reads the vendor's time with a request without credentials. */
export async function compareClocks(
  { url, host, login }: Endpoint,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
): Promise<Finding> {
  const sent = performance.now();
  let response: Response;
  try {
    const both = AbortSignal.any([signal, AbortSignal.timeout(STEP_TIMEOUT)]);
    response = await fetch(url, {
      method: "HEAD",
      redirect: "manual",
      headers: { "user-agent": "vms-cli" },
      signal: both,
    });
  } catch (error) {
    signal.throwIfAborted();
    const { cause } = error as { readonly cause?: NodeJS.ErrnoException };
    const why = cause?.code ?? (error as Error).name;
    return failure(
      `${networkProblem(why, host).text}.`,
      `Does the URL lead to the vendor's API? A proxy in between can cause this too. To correct the URL: ${login} --url …`,
    );
  }
  const now = Date.now();
  const took = performance.now() - sent;
  const then = parseHttpDate(response.headers.get("date"), now);
  if (then === undefined) return { state: "note", text: "the vendor's response does not contain the time." };
  const ahead = then - (now - took / 2);
  const apart = Math.abs(ahead);
  // The vendor reports whole seconds.
  if (apart <= TOLERANCE)
    return passed(apart < 2_000 ? "the vendor's clock agrees." : `the vendor's clock is ${formatDifference(ahead)}.`);
  return {
    state: "failed",
    exit: EXIT.failed,
    text: `the vendor's clock is ${formatDifference(ahead)}.`,
    hint:
      "Synchronise this machine's clock (NTP). Sessions still work, because vms uses the vendor's time. " +
      "But codes of an authenticator app are rejected.",
  };
}

function formatDifference(ahead: number): string {
  return `${formatDuration(Math.abs(ahead))} ${ahead > 0 ? "ahead of" : "behind"} this machine's`;
}
