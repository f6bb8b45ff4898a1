import type { ContractServer } from "@vms/test-suite";
import { writeThis } from "../src/write-this.ts";
import { call } from "./documented.ts";
import { type Sessions, serveInProcess } from "./in-process.ts";

/**
 * The answers of the vendor's server, written from its page. It imports only this placeholder from `src`, because tests
 * do not find a mistake that both have in common. `path` is relative to the base URL.
 */
async function answer(_request: Request, _path: string, _sessions: Sessions): Promise<Response> {
  return writeThis("what the vendor answers to a login, a call and a sign-out, in test/server.ts");
}

/** Creates a server of the vendor for one clause of the contract. */
export function createYourVendorServer(): ContractServer {
  return serveInProcess({ vendor: "your-vendor", firstCall: call, answer });
}
