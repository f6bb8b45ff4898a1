import type { Session } from "@vms/core";
import { createSimulator } from "@vms/simulator";
import { allVendors, type VendorName, vendorNames, vendors } from "@vms-tooling/vendors";
import { type Result, resultOf } from "./result.ts";

// The program for every runtime.

/** The address of a vendor, and its account. */
export interface Place {
  readonly vendor: VendorName;
  readonly baseUrl: string;
  readonly username: string;
  readonly password: string;
  readonly firstCall: string;
}

/** Signs in, makes a call, renews, makes a call, signs out and is rejected, with the runtime's `fetch` or another one. */
export function live(place: Place, fetch?: typeof globalThis.fetch): Promise<Result> {
  return resultOf(async () => {
    const { baseUrl, firstCall, username, password } = place;
    const { create } = vendors[place.vendor];
    const session = create({ baseUrl, credentials: { username, password }, ...(fetch && { fetch }) });
    await session.login();
    await read(session, firstCall);
    await session.renew();
    await session.http.get(firstCall).json();
    await session.logout();
    const refused = await resultOf(() => read(session, firstCall));
    if (!refused.startsWith("session_closed: ")) throw new Error(`a call after signing out: ${refused}`);
  });
}

/** Creates a session of each vendor, which must need no network, no random numbers and no current request. */
export function createAll(): void {
  const credentials = { username: "ada", password: "made-up" };
  for (const { create } of allVendors) create({ baseUrl: "https://vms.example", credentials });
}

/** Makes a call that the vendor redirects. */
export function redirected({ vendor, baseUrl, username, password }: Place): Promise<Result> {
  return resultOf(async () => {
    const session = vendors[vendor].create({ baseUrl, credentials: { username, password } });
    await read(session, "moved");
  });
}

/** Runs all vendors of a simulator in this process, without a network. */
export async function inProcess(): Promise<Result> {
  const results: Result[] = [];
  const simulator = createSimulator();
  for (const vendor of vendorNames) {
    const server = simulator[vendors[vendor].key];
    const { account, baseUrl, firstCall } = server;
    const result = await live({ vendor, baseUrl, firstCall, ...account }, server.fetch);
    results.push(`${vendor} ${server.logins} ${result}`);
  }
  const wrong = results.filter((result) => !result.endsWith(" 2 works"));
  return wrong.length === 0 && results.length > 0 ? "works" : wrong.join("; ");
}

async function read(session: Session, path: string): Promise<void> {
  const response = await session.fetch(path);
  if (!response.ok) throw new Error(`the call returned ${response.status}`);
  await response.json();
}
