import type { MakeSession } from "@vms/test-suite";
import type { RunningServer } from "../servers/running-server.ts";

/** The checks of every server in addition to the contract. */
export type CheckName = "callers" | "revocation" | "expiry" | "logout" | "password";

/** The input of a check. */
interface CheckContext {
  readonly server: RunningServer;
  readonly makeSession: MakeSession;
}

/** A sentence about a flow and a real server, with its test. */
export interface Check {
  readonly sentence: string;
  prove(context: CheckContext): Promise<void>;
}

/** Options of a session with the server, for its account. */
export function optionsOf({ baseUrl, account, fetch }: RunningServer): Parameters<MakeSession>[0] {
  return { baseUrl, credentials: account, fetch };
}

/** The arguments of `fetch` for the server's first call. */
export function firstCallOf({
  firstCall,
}: RunningServer): [path: string, init: RequestInit & { readonly headers: Record<string, string> }] {
  if (typeof firstCall === "string") return [firstCall, { headers: {} }];
  const { path, json } = firstCall;
  return [path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(json) }];
}

/** Reads a response to the end, and returns its status. */
export async function statusOf(response: Response | Promise<Response>): Promise<number> {
  const { status, body } = await response;
  await body?.cancel();
  return status;
}
