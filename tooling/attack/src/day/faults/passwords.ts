import { between } from "../../soak/random.ts";
import { createProcess } from "../process.ts";
import type { World } from "../world.ts";
import { type Login, signIn } from "./sign-in.ts";

/** Gives some workers the wrong password for these accounts all day. */
export function setWrongPasswords({ workers }: World, accounts: readonly string[]): void {
  for (const { passwords } of workers) {
    for (const account of accounts) if (passwords.has(account)) passwords.set(account, `${account}-is-mistyped`);
  }
}

/** Makes the vendor lock these accounts after some wrong passwords. */
export function lockAfterTries({ vendor }: World, accounts: readonly string[]): void {
  for (const account of accounts) vendor.locking.add(account);
}

/**
 * Changes passwords one after the other; each worker learns the new one some time later. Every second change ends the
 * account's session. Every fourth change ends it again when about half of the workers have the new password.
 */
export function rotatePasswords(world: World, accounts: readonly string[]): void {
  const { plan, time, random, trace, vendor, workers, passwords, changedAt } = world;
  const { rotations, rotationKnownAfter } = plan.faults;
  for (const [at, username] of accounts.entries()) {
    const password = `${username}-is-changed`;
    time.timer(rotations.from + ((rotations.until - rotations.from) * at) / accounts.length, () => {
      trace.add(time.now(), "rotation", username);
      passwords.set(username, password);
      changedAt.set(username, time.now());
      vendor.server.setPassword(username, password);
      const end = () => void endSession(world, { username, password });
      if (at % 2 === 0) end();
      if (at % 4 === 0) time.timer(rotationKnownAfter / 2, end);
      for (const worker of workers) {
        if (!worker.passwords.has(username)) continue;
        time.timer(between(random, 0, rotationKnownAfter), () => void worker.passwords.set(username, password));
      }
    });
  }
}

/** Ends the fleet's session of an account: a login replaces it and then signs out. */
async function endSession({ time, vendor }: World, login: Login): Promise<void> {
  const fetch = vendor.open(createProcess(time, -1, 0), "administrator");
  const token = await signIn(fetch, vendor.server.baseUrl, login);
  await fetch(`${vendor.server.baseUrl}/auth/logout/`, {
    method: "POST",
    headers: { authorization: `Token ${token}` },
  });
}
