import { createAdminTokenSession } from "@vms/admin-token";
import { createAlertSiteSession } from "@vms/alertsite";
import { createAltaSession } from "@vms/alta";
import type { Session, SessionOptions } from "@vms/core";
import { createEagleEyeSession } from "@vms/eagleeye";
import { createFindFaceSession } from "@vms/findface";
import { createSimulator, type VendorServer } from "@vms/simulator";
import { type Result, resultOf } from "./result.ts";

// What runs in every runtime: nothing in here knows which one it is.

type Create = (options: SessionOptions & { readonly baseUrl: string }) => Session;

type VendorName = VendorServer["vendor"];

const vendors: Readonly<Record<VendorName, Create>> = {
  alta: createAltaSession,
  findface: createFindFaceSession,
  alertsite: createAlertSiteSession,
  eagleeye: createEagleEyeSession,
  "admin-token": createAdminTokenSession,
};

/** Where a vendor is served, and who signs in. */
export interface Place {
  readonly vendor: VendorName;
  readonly baseUrl: string;
  readonly username: string;
  readonly password: string;
  readonly firstCall: string;
}

/** A session's whole life by the runtime's own `fetch`, or by another: sign in, call, renew, call, sign out, be refused. */
export function live(place: Place, fetch?: typeof globalThis.fetch): Promise<Result> {
  return resultOf(async () => {
    const { baseUrl, firstCall, username, password } = place;
    const create = vendors[place.vendor];
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

/** Creates a session of each vendor, which is to need nothing: no network, no random numbers, no request to be in. */
export function createAll(): void {
  const credentials = { username: "ada", password: "made-up" };
  for (const create of Object.values(vendors)) create({ baseUrl: "https://vms.example", credentials });
}

/** A call that the vendor answers with a redirect. */
export function redirected({ vendor, baseUrl, username, password }: Place): Promise<Result> {
  return resultOf(async () => {
    const session = vendors[vendor]({ baseUrl, credentials: { username, password } });
    await read(session, "moved");
  });
}

/** All five vendors of a simulator that runs in here, without any network. */
export async function inProcess(): Promise<Result> {
  const results: Result[] = [];
  for (const server of createSimulator().all) {
    const { vendor, account, baseUrl, firstCall } = server;
    const result = await live({ vendor, baseUrl, firstCall, ...account }, server.fetch);
    results.push(`${vendor} ${server.logins} ${result}`);
  }
  const wrong = results.filter((result) => !result.endsWith(" 2 works"));
  return wrong.length === 0 && results.length === 5 ? "works" : wrong.join("; ");
}

async function read(session: Session, path: string): Promise<void> {
  const response = await session.fetch(path);
  if (!response.ok) throw new Error(`the call was answered ${response.status}`);
  await response.json();
}
