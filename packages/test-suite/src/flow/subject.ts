import type { Session, SessionOptions } from "@vms/core";
import { check, within } from "../checks.ts";
import { send } from "./contract-call.ts";
import type { FlowContractOptions } from "./contract-options.ts";
import type { ContractServer, MakeSession } from "./contract-server.ts";
import { createNetwork, type Network } from "./network.ts";

/** The server, the network and the sessions of a clause. */
export interface FlowSubject {
  readonly server: ContractServer;
  readonly network: Network;
  /** The stated facts about the vendor. */
  readonly stated: FlowContractOptions;
  /** Creates a session with the account, by default with the function under test. Its retries wait 1 or 2 ms. */
  open(options?: Partial<SessionOptions> & { readonly baseUrl?: string }, make?: MakeSession): Session;
  /** Creates a session and signs in. */
  signedIn(options?: Partial<SessionOptions>): Promise<Session>;
  /** The successful logins since the clause began. */
  logins(): number;
  /** The login attempts since the clause began, if the server counts them. */
  attempts(): number | undefined;
  /** Moves the sessions' clock past the pause after a failed login. */
  waitOut(): void;
  /** Returns the time of the sessions, in ms since the epoch. */
  now(): number;
  /** Moves the sessions' clock forward, and the server's clock if it has one. */
  advance(ms: number): Promise<void>;
  /** Sends the first call, which must be answered 2xx. */
  call(session: Session, what: string): Promise<void>;
}

/** How far the server's clock was moved, in ms. It cannot be moved back, so the next clause continues from there. */
export interface MovedClock {
  ms: number;
}

/** Creates the subject of one clause, and signs out its sessions afterwards. */
export async function withSubject(
  makeSession: MakeSession,
  server: ContractServer,
  stated: FlowContractOptions,
  moved: MovedClock,
  prove: (subject: FlowSubject) => Promise<void>,
): Promise<void> {
  const { baseUrl, account, firstCall } = server;
  const network = createNetwork(server.fetch ?? ((input, init) => globalThis.fetch(input, init)));
  const before = { logins: server.logins, attempts: server.loginAttempts };
  const opened: Session[] = [];
  let skipped = moved.ms;
  const now = () => Date.now() + skipped;

  function open(options: Parameters<FlowSubject["open"]>[0] = {}, make: MakeSession = makeSession): Session {
    const retry = { attempts: 3, minDelay: 1, maxDelay: 2 };
    const session = make({ baseUrl, credentials: account, fetch: network.fetch, retry, now, ...options });
    opened.push(session);
    return session;
  }

  try {
    await prove({
      server,
      network,
      stated,
      now,
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
      async advance(ms) {
        skipped += ms;
        if (server.clock === undefined) return;
        moved.ms += ms;
        await server.clock.advance(ms);
      },
      async call(session, what) {
        const response = await send(session, firstCall);
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

/** Returns the number of requests of a login. */
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
