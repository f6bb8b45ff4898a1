import { createAltaSession } from "@vms/alta";
import type { Session } from "@vms/core";
import type { AltaOptions } from "@vms/simulator";
import { onTestFinished } from "vitest";
import { createProxy, type ProxyOptions, type ProxyResponse } from "../../src/index.ts";
import { type Vendor, vendor } from "./vendor.ts";

/** The account at the vendors of the tests. Nothing may show its password. */
export const account: { readonly username: string; readonly password: string } = {
  username: "integration@acme.example",
  password: "canary-of-a-password",
};

/** A proxy that listens. */
export interface RunningProxy {
  readonly url: string;
  readonly port: number;
  /** Empty if none is required. */
  readonly token: string;
  /** The header that callers send. */
  readonly bearer: { readonly authorization: string };
  /** What callers received instead of the vendor's responses, oldest first. */
  readonly failures: readonly ProxyResponse[];
  stop(): Promise<void>;
}

/** Starts a proxy in this process. It is closed after the test. */
export async function running(options: ProxyOptions, host?: string): Promise<RunningProxy> {
  const failures: ProxyResponse[] = [];
  const proxy = createProxy({ onFailure: (response) => void failures.push(response), ...options });
  const url = await proxy.listen(host === undefined ? {} : { host });
  onTestFinished(() => proxy.close());
  return { ...addressOf(url, proxy.token), failures, stop: () => proxy.close() };
}

/** The options of the tests that every proxy can have. */
export type MoreOptions = Partial<Omit<ProxyOptions, "session" | "sessions">>;

/**
 * An Alta with routes of the test, behind a proxy in this process.
 * @param host the address that the proxy listens on.
 */
export async function proxied(
  more: MoreOptions = {},
  { host, alta = {} }: { readonly host?: string; readonly alta?: AltaOptions } = {},
): Promise<{ at: Vendor; proxy: RunningProxy; session: Session }> {
  const at = await vendor({ account, ...alta });
  const session = altaSession(at.baseUrl);
  return { at, session, proxy: await running({ session, ...more }, host) };
}

/** A session of an Alta. It is closed after the test. */
export function altaSession(baseUrl: string, more: Partial<Parameters<typeof createAltaSession>[0]> = {}): Session {
  const session = createAltaSession({ baseUrl, credentials: account, ...more });
  onTestFinished(() => session.close());
  return session;
}

/** The address of a proxy, and what its callers send. */
export function addressOf(url: string, token = ""): Pick<RunningProxy, "url" | "port" | "token" | "bearer"> {
  return { url, port: Number(new URL(url).port), token, bearer: { authorization: `Bearer ${token}` } };
}
