/*
 * The process that uses the system's keyring for `vms`. The keyring's library blocks its thread while the session bus
 * is silent, so it cannot run in the process of `vms`. It loads nothing else of `vms`.
 */
import process from "node:process";
import { Worker } from "node:worker_threads";
import * as library from "@napi-rs/keyring";
import type { KeyringRequest } from "./system/keyring-messages.ts";
import { serveKeyring } from "./system/serve-keyring.ts";

// A terminal sends these signals to both processes. Only `vms` reacts to them.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});

// File descriptor 4 closes when `vms` exits. The main thread may be blocked then, so a worker waits for it. Standard input
// would not work, because Node does not let a blocking thread read it.
const WATCH =
  'try { require("node:fs").readSync(4, Buffer.alloc(1)); } finally { process.kill(process.pid, "SIGKILL"); }';
new Worker(WATCH, { eval: true, execArgv: [] });

process.on("message", (request: KeyringRequest) => {
  void serveKeyring(library, request, (report) => process.send?.(report, undefined, undefined, () => {}));
});
