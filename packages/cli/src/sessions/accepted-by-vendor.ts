import { CliError } from "../errors/cli-error.ts";
import { EXIT } from "../errors/exit-codes.ts";
import type { Config } from "../profiles/config.ts";
import type { Profile } from "../profiles/profile.ts";
import { vendors } from "../profiles/vendors.ts";
import type { System } from "../system/system.ts";
import { NOT_SIGNED_IN, openWithoutLogin } from "./open-without-login.ts";
import { openStoreIfAny } from "./session-store.ts";

/** How long the vendor may take to answer, in ms. */
const TIMEOUT = 20_000;

/**
 * Asks the vendor with a harmless call whether a stored session is valid. Never signs in. Counts as a use of the
 * session.
 * @returns `false` if the vendor rejects it, or there is none.
 * @throws {CliError} if the vendor's answer is unclear.
 */
export async function isAcceptedByVendor(
  system: System,
  name: string,
  profile: Profile,
  config: Config,
  signal: AbortSignal,
): Promise<boolean> {
  const store = await openStoreIfAny(system, config);
  if (store === undefined) return false;
  const session = await openWithoutLogin(system, name, profile, config, store);
  const { firstCall } = vendors[profile.vendor];
  const deadline = AbortSignal.timeout(TIMEOUT);
  const either = AbortSignal.any([signal, deadline]);
  try {
    await session.login({ signal: either });
    const { status, body } = await session.fetch(firstCall, { signal: either });
    await body?.cancel();
    // After a rejection the session would sign in, which throws NOT_SIGNED_IN. Other responses mean that it is valid.
    if (status < 500 && status !== 429) return true;
    throw new CliError(EXIT.unavailable, `the vendor answered ${status}.`, "Try again later.");
  } catch (error) {
    if (error === NOT_SIGNED_IN) return false;
    signal.throwIfAborted();
    if (!deadline.aborted) throw error;
    throw new CliError(EXIT.unavailable, `the vendor did not answer in ${TIMEOUT / 1000} s.`);
  }
}
