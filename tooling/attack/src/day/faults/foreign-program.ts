import { createProcess } from "../process.ts";
import type { World } from "../world.ts";
import { signIn } from "./sign-in.ts";

/** The interval between calls of the foreign program, in ms. */
const CALL_EVERY = 10_000;

/** A foreign program uses an account with the same device name, and signs in again whenever its session has ended. */
export function startForeignProgram({ plan, time, trace, vendor, passwords, contested: username }: World): void {
  const { from, until } = plan.faults.foreignProgram;
  const { baseUrl } = vendor.server;
  const fetch = vendor.open(createProcess(time, -1, 0), "foreign");
  const run = async () => {
    trace.add(time.now(), "foreign program", username);
    for (let token = ""; time.now() < until; await time.pass(CALL_EVERY)) {
      const response = await fetch(`${baseUrl}/users/me/`, { headers: { authorization: `Token ${token}` } });
      if (response.status === 401)
        token = await signIn(fetch, baseUrl, { username, password: passwords.get(username) ?? "" });
    }
  };
  // While the vendor is down, it fails like the fleet.
  const again = (): void => {
    if (time.now() < until) run().catch(() => void time.timer(CALL_EVERY, again));
  };
  time.timer(from, again);
}
