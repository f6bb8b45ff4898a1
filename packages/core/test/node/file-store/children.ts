import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/** A child process that communicates in lines. */
export interface Child {
  readonly process: ChildProcess;
  readonly pid: number;
  readonly lines: string[];
  /** Waits until it has printed such a line. */
  said(line: string): Promise<void>;
  say(line: string): void;
  /** Resolves when it has ended and `lines` is complete, with its exit code, or `null` if it was killed. */
  readonly ended: Promise<number | null>;
}

/** Starts `programs/<name>.ts` with one argument, as JSON. It ends with the test. */
export function startChild(
  name: string,
  argument: unknown,
  onLine: (line: string) => void = () => {},
  environment: Record<string, string> = {},
): Child {
  const path = fileURLToPath(new URL(`programs/${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, [path, JSON.stringify(argument)], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, ...environment },
  });
  child.stdin.on("error", () => {});
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines: string[] = [];
  const waiting = new Set<{ line: string; done: () => void; fail: (error: Error) => void }>();
  const reader = createInterface({ input: child.stdout });
  reader.on("line", (line) => {
    lines.push(line);
    onLine(line);
    for (const one of waiting) if (one.line === line) one.done();
  });
  const closed = Promise.all([once(child, "exit"), once(reader, "close")]);
  const ended = closed.then(([[code]]) => {
    for (const one of waiting) one.fail(new Error(`the child ended without saying ${one.line}: ${lines.join("; ")}`));
    return code as number | null;
  });
  return {
    process: child,
    pid: child.pid ?? 0,
    lines,
    said: (line) =>
      lines.includes(line) ? Promise.resolve() : new Promise((done, fail) => void waiting.add({ line, done, fail })),
    say: (line) => void child.stdin.write(`${line}\n`),
    ended,
  };
}
