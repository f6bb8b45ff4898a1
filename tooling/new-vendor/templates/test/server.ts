import type { ContractServer } from "@vms/test-suite";
import { writeThis } from "../src/write-this.ts";
import { call } from "./documented.ts";
import { type Sessions, serveInProcess } from "./in-process.ts";

/**
 * What the vendor's server answers, by its page alone. It imports nothing of `src` but this placeholder: a mistake that
 * both had in common would not be found. `path` is relative to the base URL; `sessions` are those that are open.
 */
async function answer(_request: Request, _path: string, _sessions: Sessions): Promise<Response> {
  return writeThis("what the vendor answers to a login, a call and a sign-out, in test/server.ts");
}

/** A server of the vendor, for one clause of the contract. */
export function createYourVendorServer(): ContractServer {
  return serveInProcess({ vendor: "your-vendor", firstCall: call, answer });
}
