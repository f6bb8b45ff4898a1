import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A real server in its own directory, which ends with the test. */
export interface RedisServer {
  readonly port: number;
  /** Kills the server, which loses its data. */
  stop(): Promise<void>;
  /** Starts an empty server on the same port. */
  start(): Promise<void>;
  /** Stops the server and removes its directory. */
  close(): Promise<void>;
}

/** The program to start. Valkey's server accepts the same configuration. */
const PROGRAM = process.env.VMS_REDIS_SERVER ?? "redis-server";

const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

export function has(program: string): boolean {
  return spawnSync(program, ["--version"]).status === 0;
}

/** Starts a server. `config` receives its directory and port, and returns more lines for `redis.conf`. */
export async function startRedis(
  config: (place: { directory: string; port: number }) => readonly string[] = ({ port }) => [`port ${port}`],
  program: string = PROGRAM,
): Promise<RedisServer> {
  if (!has(program)) throw new Error(`These tests start ${program}. Install it: apt-get install ${program}`);
  const directory = mkdtempSync(join(tmpdir(), "vms-redis-"));
  for (let left = 5; ; left--) {
    const port = await freePort();
    const lines = ["bind 127.0.0.1", `dir ${directory}`, 'save ""', "appendonly no", ...config({ directory, port })];
    let child: ChildProcess | undefined;
    const server: RedisServer = {
      port,
      async start() {
        child = await launch(program, lines);
      },
      async stop() {
        if (child === undefined) return;
        const exited = child.exitCode === null && child.signalCode === null ? once(child, "exit") : undefined;
        child.kill("SIGKILL");
        await exited;
        running.delete(child);
        child = undefined;
      },
      async close() {
        await server.stop();
        rmSync(directory, { recursive: true, force: true });
      },
    };
    try {
      await server.start();
      return server;
    } catch (error) {
      // Another process may have taken the port in the meantime.
      if (left > 0 && String(error).includes("in use")) continue;
      rmSync(directory, { recursive: true, force: true });
      throw error;
    }
  }
}

async function launch(program: string, lines: readonly string[]): Promise<ChildProcess> {
  // The configuration is passed on stdin, because everybody can read a password on the command line.
  const child = spawn(program, ["-"], { stdio: ["pipe", "pipe", "pipe"] });
  running.add(child);
  child.stdin.end(`${lines.join("\n")}\n`);
  let log = "";
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
  const read = (chunk: Buffer) => {
    log += chunk;
    if (/ready to accept connections/i.test(log)) resolve();
  };
  child.stdout.on("data", read);
  child.stderr.on("data", read);
  child.once("error", reject);
  child.once("exit", () => {
    running.delete(child);
    reject(new Error(`${program} ended:\n${log}`));
  });
  await ready;
  return child;
}
