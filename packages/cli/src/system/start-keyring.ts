import { fork } from "node:child_process";
import { Socket } from "node:net";
import type { KeyringReport, KeyringRequest } from "./keyring-messages.ts";
import type { Environment } from "./system.ts";

/** A process that uses the system's keyring. It serves one request at a time. */
export interface KeyringProcess {
  send(request: KeyringRequest): void;
  on(event: "message", listener: (report: KeyringReport) => void): unknown;
  on(event: "exit" | "error", listener: () => void): unknown;
  off(event: "message" | "exit" | "error", listener: (report: KeyringReport) => void): unknown;
  /** Ends it immediately. */
  end(): void;
}

/**
 * Starts the process of the keyring. It does not keep this process alive, and ends with it.
 * @param program the file that it runs.
 */
export function startKeyring(program: string, env: Environment): KeyringProcess {
  const child = fork(program, [], {
    // The keyring needs none of the secrets that `vms` takes from its environment.
    env: Object.fromEntries(Object.entries(env).filter(([name]) => !/^VMS_/i.test(name))),
    execArgv: [],
    // The last descriptor closes when this process ends, which the child waits for.
    stdio: ["ignore", "ignore", "ignore", "ipc", "pipe"],
  });
  child.on("error", () => {});
  child.unref();
  child.channel?.unref();
  const pipe = child.stdio[4];
  if (pipe instanceof Socket) pipe.unref().on("error", () => {});
  return {
    send: (request) => void child.send(request, () => {}),
    on: (event: string, listener: (report: KeyringReport) => void) => child.on(event, listener),
    off: (event, listener) => child.off(event, listener),
    end: () => void child.kill("SIGKILL"),
  };
}
