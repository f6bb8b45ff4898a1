import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { PROGRAM_PATH } from "./installed.ts";

/** A server's process. */
export interface Program {
  /** Terminates the process and its children, and kills them if they do not exit. */
  stop(): Promise<void>;
  /** Kills the process and its children immediately. */
  kill(): Promise<void>;
}

/** How to start a program. */
export interface ProgramOptions {
  readonly command: string;
  readonly args: readonly string[];
  /** Whether the program is ready. It is polled until it returns true; an error counts as false. */
  answers(): Promise<boolean>;
}

/** The maximum time until a server is ready, in ms. */
const START_TIMEOUT = 60_000;

/** The time after which a terminated server is killed, in ms. */
const STOP_TIMEOUT = 2_000;

/**
 * Runs the program in its own process group. A watcher kills the group when its standard input closes, so nothing is left
 * even if this process is killed.
 */
const WATCHED = `
exec 3<&0
(
  trap "" TERM
  exec > /dev/null 2>&1
  read -r _ <&3
  kill -TERM 0
  sleep ${STOP_TIMEOUT / 1_000}
  kill -KILL 0
) &
exec 3<&- < /dev/null
exec "$@"
`;

/**
 * Starts a program and waits until it is ready.
 * @throws {Error} `Error` with the end of its output if it exits, or is not ready within a minute.
 */
export async function startProgram({ command, args, answers }: ProgramOptions): Promise<Program> {
  const child = spawn("sh", ["-c", WATCHED, "watched", command, ...args], {
    detached: true,
    env: { ...process.env, PATH: PROGRAM_PATH },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output = (output + text).slice(-2_000);
    });
  }
  // Ignore errors of a watcher that has exited: nothing is ever written to it.
  child.stdin.on("error", () => {});
  let isRunning = true;
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      isRunning = false;
      resolve();
    };
    child.once("exit", end).once("error", end);
  });

  async function kill(): Promise<void> {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    } catch (error) {
      // The whole group has exited.
      if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
    }
    child.stdin.destroy();
    await ended;
  }

  async function stop(): Promise<void> {
    child.stdin.end();
    await Promise.race([ended, sleep(STOP_TIMEOUT, undefined, { ref: false })]);
    await kill();
  }

  const deadline = performance.now() + START_TIMEOUT;
  while (!(await answers().catch(() => false))) {
    if (isRunning && performance.now() < deadline) {
      await sleep(50);
      continue;
    }
    const what = isRunning ? "is not ready" : "has exited";
    await stop();
    throw new Error(`${command} ${what}. Its output:\n${output}`);
  }
  return { stop, kill };
}
