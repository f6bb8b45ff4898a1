import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { countedFetch } from "./counted-fetch.ts";
import { freePort } from "./free-port.ts";
import { startProgram } from "./program.ts";
import { ACCOUNT, type RunningServer } from "./running-server.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

/** The bcrypt hash of the account's made-up password, with the lowest cost. */
const HASH = "$2b$04$KGfDZwHpAvSGtUbGPh8YOuduf9NmeLmCl59y5vQHEm4AG8eSzcmse";

/** Options of Node-RED. */
export interface NodeRedOptions {
  /** The lifetime of a token, in seconds. */
  readonly sessionExpiryTime?: number;
}

/** Starts Node-RED with logins by an OAuth 2.0 password grant. */
export async function startNodeRed(
  resources: AsyncDisposableStack,
  { sessionExpiryTime = 3_600 }: NodeRedOptions = {},
): Promise<RunningServer> {
  const directory = await temporaryDirectory(resources, "node-red");
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const users = [{ username: ACCOUNT.username, password: HASH, permissions: "*" }];
  const settings = {
    uiHost: "127.0.0.1",
    uiPort: port,
    adminAuth: { type: "credentials", sessionExpiryTime, users },
    telemetry: { enabled: false, updateNotification: false },
    logging: { console: { level: "warn" } },
  };
  await writeFile(join(directory, "settings.cjs"), `module.exports = ${JSON.stringify(settings)};\n`);
  const script = createRequire(import.meta.url).resolve("node-red/red.js");
  const program = await startProgram({
    command: process.execPath,
    args: [script, "--userDir", directory, "--settings", join(directory, "settings.cjs")],
    answers: async () => (await fetch(`${baseUrl}/auth/login`)).ok,
  });
  resources.defer(program.stop);

  /** The open sessions by token, which Node-RED writes before it responds to a login or a sign-out. */
  function tokens(): string[] {
    try {
      return Object.keys(JSON.parse(readFileSync(join(directory, ".sessions.json"), "utf8")));
    } catch {
      return [];
    }
  }

  const { fetch: counted, counts } = countedFetch({
    kindOf: ({ url }) => (new URL(url).pathname === "/auth/token" ? "login" : "call"),
    accepts: ({ ok }) => ok,
    refusals: [401],
  });
  return {
    vendor: "node-red",
    baseUrl,
    account: ACCOUNT,
    firstCall: "settings",
    lifetime: sessionExpiryTime * 1_000,
    fetch: counted,
    counts,
    get logins() {
      return counts.logins;
    },
    get loginAttempts() {
      return counts.attempts;
    },
    get sessions() {
      return tokens().length;
    },
    async revokeAll() {
      for (const token of tokens()) {
        const body = JSON.stringify({ token });
        const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
        await fetch(`${baseUrl}/auth/revoke`, { method: "POST", headers, body });
      }
    },
  };
}
