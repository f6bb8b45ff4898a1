import type { Session, SessionOptions } from "@vms/core";
import { check, within } from "../checks.ts";
import type { ContractServer, MakeSession } from "./contract-server.ts";
import { createNetwork, type Network } from "./network.ts";

/** The server, the network and the sessions of a clause. */
export interface FlowSubject {
  readonly server: ContractServer;
  readonly network: Network;
  /** Creates a session with the account. It retries after 1 or 2 ms. */
  open(options?: Partial<SessionOptions> & { readonly baseUrl?: string }): Session;
  /** Creates a session and signs in. */
  signedIn(options?: Partial<SessionOptions>): Promise<Session>;
  /** Logins that succeeded since the clause began. */
  logins(): number;
  /** Login attempts since the clause began, if the server counts them. */
  attempts(): number | undefined;
  /** Moves the clock of the sessions beyond the pause after a failed login. */
  waitOut(): void;
  /** Sends the first call, which must be answered 2xx. */
  call(session: Session, what: string): Promise<void>;
}

/** Creates the subject of one clause, and signs out its sessions afterwards. */
export async function withSubject(
  makeSession: MakeSession,
  server: ContractServer,
  prove: (subject: FlowSubject) => Promise<void>,
): Promise<void> {
  const { baseUrl, account, firstCall } = server;
  const network = createNetwork(server.fetch ?? ((input, init) => globalThis.fetch(input, init)));
  const before = { logins: server.logins, attempts: server.loginAttempts };
  const opened: Session[] = [];
  let skipped = 0;
  const now = () => Date.now() + skipped;

  function open(options: Parameters<FlowSubject["open"]>[0] = {}): Session {
    const retry = { attempts: 3, minDelay: 1, maxDelay: 2 };
    const session = makeSession({ baseUrl, credentials: account, fetch: network.fetch, retry, now, ...options });
    opened.push(session);
    return session;
  }

  try {
    await prove({
      server,
      network,
      open,
      async signedIn(options) {
        const session = open(options);
        await session.login();
        return session;
      },
      logins: () => server.logins - before.logins,
      attempts: () => (server.loginAttempts === undefined ? undefined : server.loginAttempts - (before.attempts ?? 0)),
      waitOut() {
        skipped += 2 * 3_600_000;
      },
      async call(session, what) {
        const response = await session.fetch(firstCall);
        await response.arrayBuffer();
        check(response.ok, `${what}: the first call was answered ${response.status}.`);
      },
    });
  } finally {
    network.meet(undefined);
    const left = Promise.allSettled(opened.map(async (session) => session.logout()));
    await within(left, 1_000, "").catch(() => {});
  }
}

/** The number of requests of a login. */
export async function stepsOf({ open, network }: FlowSubject): Promise<number> {
  const session = open();
  network.clear();
  await session.login();
  const steps = network.sent.length;
  check(steps > 0, "a login sends nothing through the `fetch` of its options.");
  await session.logout().catch(() => {});
  network.clear();
  return steps;
}
