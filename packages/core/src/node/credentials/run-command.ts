import { fileErrorCode } from "../private-files/file-error.ts";
import { invalidSource } from "./invalid-source.ts";

/** The output limit, in bytes. */
const MAX_BYTES = 65_536;

// A process group of its own lets a child be killed with its children. Windows has no such groups.
const hasGroups = process.platform !== "win32";

/**
 * Returns the output of a program, run without a shell. Errors contain no argument and no output.
 * @param timeout ms, after which the process group is killed.
 * @param signal kills it too. Rejects with its reason.
 */
export function runCommand(
  command: readonly string[],
  timeout: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const [program = "", ...args] = command;
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const child = start(program, args);
    const chunks: Buffer[] = [];
    let size = 0;
    const timer = setTimeout(
      () => end(invalidSource(`${program} took longer than ${timeout} ms and was killed.`)),
      timeout,
    );
    const onAbort = () => end(signal?.reason);
    signal?.addEventListener("abort", onAbort, { once: true });

    child.stdout.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_BYTES)
        end(invalidSource(`${program} printed more than ${MAX_BYTES} bytes, the limit for credentials.`));
      else chunks.push(chunk);
    });
    child.once("error", (error) => settle(() => reject(notStarted(program, error))));
    child.once("close", (status, killedBy) => {
      settle(() => {
        if (status === 0) return resolve(Buffer.concat(chunks));
        const how = status === null ? `was killed by ${killedBy}` : `failed with status ${status}`;
        reject(invalidSource(`${program} ${how}. Run it by hand to see why.`));
      });
    });

    function settle(run: () => void): void {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      run();
    }

    function end(reason: unknown): void {
      settle(() => reject(reason));
      kill(child.pid);
      // A process outside the group may keep the pipe open.
      child.stdout.destroy();
    }
  });
}

function start(program: string, args: readonly string[]) {
  // Loaded late, because most programs of this entry run no command.
  const { spawn } = process.getBuiltinModule("node:child_process");
  try {
    return spawn(program, args, { stdio: ["ignore", "pipe", "ignore"], detached: hasGroups, windowsHide: true });
  } catch (error) {
    throw notStarted(program, error);
  }
}

/** The original error contains the arguments. */
function notStarted(program: string, error: unknown): Error {
  const code = fileErrorCode(error);
  const hint =
    code === "ENOENT"
      ? "Install it or give its path."
      : "It must be a program: for a script of the Windows shell (.cmd, .bat), start cmd.exe.";
  return invalidSource(`${program} could not be started (${code}). ${hint}`);
}

function kill(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(hasGroups ? -pid : pid, "SIGKILL");
  } catch {
    // It has exited meanwhile.
  }
}
