import { isVmsError, type Session, type SessionOptions, type SessionStore, type VmsErrorCode } from "@vms/core";
import { check, failureOf, same, show, within } from "../checks.ts";
import type { ContractServer, MakeSession } from "./server.ts";
import { createWire, type Wire } from "./wire.ts";

/** What a clause works with. */
export interface FlowBench {
  readonly server: ContractServer;
  readonly wire: Wire;
  /** Makes a session with the account. Faults are tried again after a ms or two. */
  open(options?: Partial<SessionOptions> & { readonly baseUrl?: string }): Session;
  /** Makes a session and signs in. */
  signedIn(options?: Partial<SessionOptions>): Promise<Session>;
  /** Logins that succeeded since the clause began. */
  logins(): number;
  /** Logins that were tried since the clause began, where the server tells. */
  attempts(): number | undefined;
  /** Makes the first call, which must be answered 2xx. */
  call(session: Session, what: string): Promise<void>;
}

/** Opens a bench for one clause, and signs out what is left after it. */
export async function withBench(
  makeSession: MakeSession,
  server: ContractServer,
  prove: (bench: FlowBench) => Promise<void>,
): Promise<void> {
  const { baseUrl, account, firstCall } = server;
  const wire = createWire(server.fetch ?? ((input, init) => globalThis.fetch(input, init)));
  const before = { logins: server.logins, attempts: server.loginAttempts };
  const opened: Session[] = [];

  function open(options: Parameters<FlowBench["open"]>[0] = {}): Session {
    const retry = { attempts: 3, minDelay: 1, maxDelay: 2 };
    const session = makeSession({ baseUrl, credentials: account, fetch: wire.fetch, retry, ...options });
    opened.push(session);
    return session;
  }

  try {
    await prove({
      server,
      wire,
      open,
      async signedIn(options) {
        const session = open(options);
        await session.login();
        return session;
      },
      logins: () => server.logins - before.logins,
      attempts: () => (server.loginAttempts === undefined ? undefined : server.loginAttempts - (before.attempts ?? 0)),
      async call(session, what) {
        const response = await session.fetch(firstCall);
        await response.arrayBuffer();
        check(response.ok, `${what}: the first call was answered ${response.status}.`);
      },
    });
  } finally {
    wire.meet(undefined);
    const left = Promise.allSettled(opened.map(async (session) => session.logout()));
    await within(left, 1_000, "").catch(() => {});
  }
}

/** What `run` fails with, which must be one of our errors, of one of these codes where they are named. */
export async function vmsErrorOf(run: () => unknown, what: string, ...codes: VmsErrorCode[]): Promise<unknown> {
  const error = await failureOf(run, what);
  // Not its message: what is no error of ours may well show a secret.
  const name = error instanceof Error ? error.name : typeof error;
  check(isVmsError(error), `${what} fails with a ${name}, which is no error of @vms.`);
  const expected = codes.join(" or ");
  check(codes.length === 0 || codes.includes(error.code), `${what}: expected ${expected}, got ${error.code}.`);
  return error;
}

/** That nothing was sent since the last `clear`. */
export function nothingSent({ sent }: Wire, what: string): void {
  const first = sent[0];
  const where = first === undefined ? "" : `${first.method} ${new URL(first.url).origin}${new URL(first.url).pathname}`;
  check(first === undefined, `${what}: ${where} was sent.`);
}

/** How many requests a login of this vendor takes. */
export async function stepsOf({ open, wire }: FlowBench): Promise<number> {
  const session = open();
  wire.clear();
  await session.login();
  const steps = wire.sent.length;
  check(steps > 0, "a login sends nothing by the `fetch` of its options.");
  await session.logout().catch(() => {});
  wire.clear();
  return steps;
}

/** A store that keeps texts, as they are, where a clause can see and change them. */
export function openStore(): { readonly store: SessionStore; readonly values: Map<string, string> } {
  const values = new Map<string, string>();
  return {
    values,
    store: {
      get: async (key) => values.get(key),
      set: async (key, value) => void values.set(key, value),
      delete: async (key) => void values.delete(key),
    },
  };
}

/** The one entry of such a store. */
export function entryOf(values: ReadonlyMap<string, string>): readonly [key: string, text: string] {
  same(values.size, 1, "sessions in the store");
  const [entry] = values;
  check(entry !== undefined, "the store is empty.");
  return entry;
}

/** JSON, or a clear word. */
export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${what} is not JSON.`);
  }
}

/** That `info` is there, or is not. */
export function known(session: Session, is: boolean, when: string): void {
  const { info } = session;
  const got = info === undefined ? "there is none" : `it is ${show(info.vendor)}'s`;
  check((info !== undefined) === is, `${when}, \`info\` should ${is ? "" : "not "}be there: ${got}.`);
}
