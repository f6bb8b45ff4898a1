import { inspect } from "node:util";
import type { Session } from "@vms/core";
import nock from "nock";
import { afterEach, beforeEach } from "vitest";
import { createYourVendorSession, type YourVendorOptions, type YourVendorUser } from "../src/index.ts";
import { host, password, token, username } from "./documented.ts";

/** The network is closed but for what a test expects, and all of that must have come. */
export function useNock(): void {
  beforeEach(() => nock.disableNetConnect());
  afterEach(() => {
    const pending = nock.pendingMocks();
    nock.cleanAll();
    nock.enableNetConnect();
    if (pending.length > 0) throw new Error(`never requested: ${pending.join(", ")}`);
  });
}

export function newSession(options: Partial<YourVendorOptions> = {}): Session<YourVendorUser> {
  return createYourVendorSession({
    baseUrl: host,
    credentials: { username, password },
    retry: { minDelay: 1, maxDelay: 1 },
    ...options,
  });
}

/** What something fails with. */
export async function failureOf(run: () => unknown): Promise<unknown> {
  try {
    await run();
  } catch (error) {
    return error;
  }
  return new Error("it succeeded");
}

/** Whether anything secret can be seen in a value, at any depth. */
export function showsSecret(value: unknown): boolean {
  const seen = inspect(value, { depth: 10, showHidden: true }) + JSON.stringify(value);
  return [password, token].some((secret) => seen.includes(secret));
}
