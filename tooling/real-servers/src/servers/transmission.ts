import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { countedFetch } from "./counted-fetch.ts";
import { freePort } from "./free-port.ts";
import { type Program, startProgram } from "./program.ts";
import { ACCOUNT, type RunningServer } from "./running-server.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

/** The header that protects calls from forgery by a web page. */
const SESSION_ID = "x-transmission-session-id";

/** Starts Transmission's daemon, which requires Basic authentication and a session id that it returns with a 409. */
export async function startTransmission(resources: AsyncDisposableStack): Promise<RunningServer> {
  const directory = await temporaryDirectory(resources, "transmission");
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}/transmission`;
  const settings = {
    "rpc-enabled": true,
    "rpc-bind-address": "127.0.0.1",
    "rpc-port": port,
    "rpc-authentication-required": true,
    "rpc-username": ACCOUNT.username,
    "rpc-password": ACCOUNT.password,
    "bind-address-ipv4": "127.0.0.1",
    "bind-address-ipv6": "::1",
    "peer-port": await freePort(),
    "port-forwarding-enabled": false,
    "dht-enabled": false,
    "lpd-enabled": false,
    "pex-enabled": false,
    "utp-enabled": false,
  };
  await writeFile(join(directory, "settings.json"), JSON.stringify(settings));
  const start = () =>
    startProgram({
      command: "transmission-daemon",
      args: ["--foreground", "--config-dir", directory, "--download-dir", directory],
      answers: async () => (await fetch(`${baseUrl}/rpc`)).status === 401,
    });
  let program: Program = await start();
  resources.defer(() => program.stop());

  const { fetch: counted, counts } = countedFetch({
    kindOf: ({ headers }) => (headers.has(SESSION_ID) ? "call" : "login"),
    accepts: ({ status }) => status === 409,
    refusals: [401, 409],
  });
  return {
    vendor: "transmission",
    baseUrl,
    account: ACCOUNT,
    firstCall: { path: "rpc", json: { method: "session-get" } },
    fetch: counted,
    counts,
    get logins() {
      return counts.logins;
    },
    get loginAttempts() {
      return counts.attempts;
    },
    /** Restarts the server, because only a new process has new session ids. */
    async revokeAll() {
      await program.kill();
      program = await start();
    },
  };
}
