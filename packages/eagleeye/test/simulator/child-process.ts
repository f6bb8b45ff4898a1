import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/** A child process that communicates in lines. */
export interface Child {
  /** All lines that it has written. */
  readonly lines: readonly string[];
  /** Waits for the first line that starts with a text. */
  said(beginning: string): Promise<string>;
  say(line: string): void;
  /** Its exit code, after it has exited and all its lines are in `lines`. */
  readonly ended: Promise<number | null>;
}

/** Runs a TypeScript file until the test ends at the latest. */
export function startChild(file: URL, argument: unknown = null, environment: Record<string, string> = {}): Child {
  const child = spawn(process.execPath, [fileURLToPath(file), JSON.stringify(argument)], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, ...environment },
  });
  child.stdin.on("error", () => {});
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const look of waiting) look();
  };
  const reader = createInterface({ input: child.stdout });
  reader.on("line", (line) => {
    lines.push(line);
    wake();
  });
  let over = false;
  const ended = Promise.all([once(child, "exit"), once(reader, "close")]).then(([[code]]) => {
    over = true;
    wake();
    return code as number | null;
  });
  return {
    lines,
    say: (line) => void child.stdin.write(`${line}\n`),
    ended,
    said: (beginning) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = lines.find((line) => line.startsWith(beginning));
          if (found === undefined && !over) return;
          waiting.delete(look);
          if (found !== undefined) resolve(found);
          else reject(new Error(`the child ended without saying ${beginning}: ${lines.join("; ")}`));
        };
        waiting.add(look);
        look();
      }),
  };
}
