import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { countedFetch } from "./counted-fetch.ts";
import { freePort } from "./free-port.ts";
import { startProgram } from "./program.ts";
import { ACCOUNT, type RunningServer } from "./running-server.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

/** Options of Motion. */
export interface MotionOptions {
  /**
   * The number of failed attempts that lock an address. Motion's default of 5 would lock 1,000 callers out, because a
   * signature with a stale nonce also counts.
   */
  readonly lockAttempts?: number;
}

/** Starts Motion with digest authentication for its web control. Its only camera is a port without a listener. */
export async function startMotion(
  resources: AsyncDisposableStack,
  { lockAttempts = 100_000 }: MotionOptions = {},
): Promise<RunningServer> {
  const directory = await temporaryDirectory(resources, "motion");
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const settings = {
    daemon: "off",
    setup_mode: "off",
    log_file: join(directory, "motion.log"),
    pid_file: join(directory, "motion.pid"),
    target_dir: directory,
    netcam_url: `http://127.0.0.1:${await freePort()}/none`,
    picture_output: "off",
    movie_output: "off",
    stream_port: "0",
    webcontrol_port: String(port),
    webcontrol_localhost: "on",
    webcontrol_interface: "1",
    webcontrol_auth_method: "2",
    webcontrol_lock_attempts: String(lockAttempts),
    webcontrol_authentication: `${ACCOUNT.username}:${ACCOUNT.password}`,
  };
  const text = Object.entries(settings).map(([name, value]) => `${name} ${value}\n`);
  await writeFile(join(directory, "motion.conf"), text.join(""));
  const program = await startProgram({
    command: "motion",
    args: ["-n", "-c", join(directory, "motion.conf")],
    answers: async () => (await fetch(baseUrl)).status === 401,
  });
  // On SIGTERM, it waits for its camera.
  resources.defer(program.kill);

  const { fetch: counted, counts } = countedFetch({
    // A request without a signature only asks for a challenge.
    kindOf: ({ url, headers }) =>
      new URL(url).pathname === "/0/detection/connection" && headers.has("authorization") ? "login" : "call",
    accepts: ({ ok }) => ok,
    refusals: [],
    // With more connections, the server closes some without a response.
    atOnce: 100,
  });
  return {
    vendor: "motion",
    baseUrl,
    account: ACCOUNT,
    firstCall: "0/detection/status",
    fetch: counted,
    counts,
    get logins() {
      return counts.logins;
    },
    get loginAttempts() {
      return counts.attempts;
    },
    // No sessions: the next challenge replaces an expired nonce.
    revokeAll() {},
  };
}
