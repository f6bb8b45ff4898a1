import type { SecondFactor, SecondFactorChallenge, Session } from "@vms/core";
import { type AltaAccount, type AltaServer, type AltaOptions as Behaviour, createAltaServer } from "@vms/simulator";
import { serveSimulated } from "@vms-tooling/testing";
import { expect } from "vitest";
import { type AltaOptions, type AltaUser, createAltaSession } from "../src/index.ts";

/** An account with a second factor. */
export const account: AltaAccount = {
  username: "two@acme.example",
  password: "canary-password-81",
  totpSecret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
};

/** A server over a socket, and sessions with it. */
export interface Simulated {
  readonly server: AltaServer;
  readonly open: (options?: Partial<AltaOptions>) => Session<AltaUser>;
}

/** Serves a vendor that requires a second factor until the test ends. */
export async function start(behaviour: Behaviour = {}): Promise<Simulated> {
  const server = createAltaServer({ account, ...behaviour });
  const simulated = await serveSimulated(server);
  return { server, open: (options = {}) => createAltaSession({ ...simulated, ...options }) };
}

/** A `secondFactor` that returns the right code after some wrong ones, and the challenges that it received. */
export function reading(
  server: AltaServer,
  ...wrong: string[]
): { readonly secondFactor: SecondFactor; readonly challenges: readonly SecondFactorChallenge[] } {
  const challenges: SecondFactorChallenge[] = [];
  const secondFactor: SecondFactor = async (challenge) => {
    challenges.push(challenge);
    return { method: "totp", code: wrong[challenges.length - 1] ?? (await server.totpCode(challenge.account)) };
  };
  return { secondFactor, challenges };
}

/** Waits until the vendor has this number of sessions: a failed login is signed out after its error. */
export async function sessionsOf(server: AltaServer, count: number): Promise<void> {
  await expect.poll(() => server.sessions, { timeout: 10_000 }).toBe(count);
}

/** The requested paths, in order. */
export function paths(server: AltaServer): string[] {
  return server.requests.map(({ path }) => path.replace("/api/v1/", ""));
}
