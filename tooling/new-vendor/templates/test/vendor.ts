import type { Session } from "@vms/core";
import { fastRetry, shows } from "@vms-tooling/testing";
import { createYourVendorSession, type YourVendorOptions, type YourVendorUser } from "../src/index.ts";
import { host, password, token, username } from "./documented.ts";

export function newSession(options: Partial<YourVendorOptions> = {}): Session<YourVendorUser> {
  return createYourVendorSession({
    baseUrl: host,
    credentials: { username, password },
    retry: fastRetry,
    ...options,
  });
}

/** Whether a value contains a secret. */
export function showsSecret(value: unknown): boolean {
  return shows(value, [password, token]);
}
