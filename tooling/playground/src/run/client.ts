import type { Session, SessionEventName, SessionOptions } from "@vms/core";
import type { Vendor } from "@vms-tooling/vendors";

/** What makes the calls of a process. */
export type Client = Pick<Session, "fetch" | "login" | "renew" | "logout" | "close">;

/** What a client is made of. */
export interface ClientSetup {
  readonly vendor: Vendor;
  readonly options: SessionOptions & { readonly baseUrl: string };
  readonly fetch: typeof globalThis.fetch;
  /** Reports an event of the client's session. */
  report(name: SessionEventName, event: object): void;
}

const EVENTS: readonly SessionEventName[] = [
  "login_started",
  "login",
  "login_failed",
  "login_limited",
  "renewed",
  "renewal_failed",
  "rejected",
  "resent",
  "rotated",
  "expired",
  "logout",
  "store_failed",
];

/** A session of the core. */
export function vmsClient({ vendor, options, fetch, report }: ClientSetup): Client {
  const session = vendor.create({ ...options, fetch });
  for (const name of EVENTS) session.on(name, (event) => report(name, event));
  return session;
}
