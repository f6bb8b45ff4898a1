import { createClock, createSimulator } from "@vms/simulator";
import type { Vendor } from "@vms-tooling/vendors";
import type { Step } from "./step.ts";

const LIFETIME = 600_000;

/**
 * Finds the steps of a vendor's session besides its call: signs in, renews and signs out at the simulator, and reads the
 * requests.
 */
export async function observeSteps({ key, create }: Vendor): Promise<{ before: Step[]; after: Step[] }> {
  const clock = createClock(Date.UTC(2026, 0, 1));
  const server = createSimulator({ clock })[key];
  const { baseUrl, account: credentials, fetch, firstCall } = server;
  const options = { baseUrl, credentials, fetch, now: clock.now, lifetime: LIFETIME };
  const session = create(options);
  const observed = async (run: () => Promise<unknown>): Promise<string[]> => {
    server.clearRequests();
    await run();
    return server.requests.map(({ path }) => path);
  };

  const logins = await observed(() => session.login());
  const renewals = await observed(async () => {
    clock.advance(0.98 * LIFETIME);
    const renewed = new Promise((resolve) => session.on("renewed", resolve));
    await session.fetch(firstCall);
    await renewed;
  });
  const logouts = await observed(() => session.logout());

  const [call = ""] = firstCall.split("?", 1);
  const renewal = renewals.find((path) => !path.endsWith(`/${call}`));
  return {
    before: logins.map((path) => ({ name: nameOf(path, logins), kind: "login", path })),
    after: [
      ...(renewal === undefined ? [] : [{ name: "renewal", kind: "renewal", path: renewal } as const]),
      ...logouts.slice(0, 1).map((path) => ({ name: "logout", kind: "logout", path }) as const),
    ],
  };
}

/** Names each request of a login with several requests by the end of its path. */
function nameOf(path: string, logins: readonly string[]): string {
  return logins.length === 1 ? "login" : `login: ${path.split("/").findLast((part) => part !== "")}`;
}
