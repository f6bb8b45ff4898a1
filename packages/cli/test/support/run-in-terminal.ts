import process from "node:process";
import { stripVTControlCharacters } from "node:util";
import { spawn } from "@lydell/node-pty";
import { onTestFinished } from "vitest";
import { vmsCommand } from "./run-vms.ts";

/** How long a screen may take to show something, in ms. */
const PATIENCE = 20_000;

/** A program in a real terminal, and somebody who reads its screen and types. */
export interface TestTerminal {
  /** All that was written to the screen, with its control sequences. */
  readonly raw: () => string;
  /** The same without them. */
  readonly text: () => string;
  /** Waits until the screen shows this, after what was waited for before. */
  shows(text: string | RegExp): Promise<void>;
  /** Types. */
  type(text: string): void;
  /** Types a line. */
  enter(text?: string): void;
  /** Sends a signal to the program. */
  signal(name: "SIGTERM" | "SIGHUP"): void;
  /** Closes the window. */
  close(): void;
  /** Waits for the end, and tells the exit status. */
  ended(): Promise<number>;
}

export const CTRL_C = "\x03";
export const CTRL_D = "\x04";
export const DOWN = "\x1b[B";

/** Runs `vms` in a terminal. */
export function vmsInTerminal(args: readonly string[], env: Readonly<Record<string, string>>): TestTerminal {
  return inTerminal([...vmsCommand, ...args], env);
}

// What a shell traps, its children do not; and so the shell outlives a Ctrl-C.
const SCRIPT = 'trap : INT; "$0" "$@"; echo "[exit $?]"; stty -a; echo "[over]"';

/**
 * Runs `vms` in a terminal, from a shell, which then shows vms' exit status as `[exit <n>]` and what the terminal is set to.
 * @param script another script, in which `"$0" "$@"` is `vms`.
 */
export function vmsInShell(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  script: string = SCRIPT,
): TestTerminal {
  return inTerminal(["/bin/sh", "-c", script, ...vmsCommand, ...args], env);
}

function inTerminal([program = "", ...args]: readonly string[], env: Readonly<Record<string, string>>): TestTerminal {
  // Wide, so that no line is broken.
  const pty = spawn(program, args, {
    cols: 200,
    rows: 40,
    name: "xterm-256color",
    env: { TERM: "xterm-256color", ...env },
  });
  let raw = "";
  let read = 0;
  let exit: number | undefined;
  const watchers = new Set<() => void>();
  const wake = () => {
    for (const watcher of [...watchers]) watcher();
  };
  pty.onData((data) => {
    raw += data;
    wake();
  });
  pty.onExit(({ exitCode }) => {
    exit = exitCode;
    wake();
  });
  onTestFinished(() => {
    if (exit === undefined) pty.kill("SIGKILL");
  });

  const text = () => stripVTControlCharacters(raw);
  function until<T>(what: string, look: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        watchers.delete(watch);
        reject(new Error(`The terminal did not show ${what}. It shows:\n${text()}`));
      }, PATIENCE);
      function watch() {
        const found = look();
        if (found === undefined && exit === undefined) return;
        watchers.delete(watch);
        clearTimeout(timer);
        if (found !== undefined) resolve(found);
        else reject(new Error(`The program ended (${exit}) without ${what}. The terminal shows:\n${text()}`));
      }
      watchers.add(watch);
      watch();
    });
  }

  return {
    raw: () => raw,
    text,
    async shows(wanted) {
      const next = () => {
        const rest = text().slice(read);
        const [found] = typeof wanted === "string" ? [wanted] : (wanted.exec(rest) ?? []);
        const at = found === undefined ? -1 : rest.indexOf(found);
        return found === undefined || at < 0 ? undefined : read + at + found.length;
      };
      read = await until(`"${wanted}"`, next);
    },
    type: (typed) => pty.write(typed),
    enter: (typed = "") => pty.write(`${typed}\r`),
    signal: (name) => process.kill(pty.pid, name),
    close: () => pty.kill(),
    async ended() {
      await until("an end", () => exit);
      return exit ?? -1;
    },
  };
}

/** Whether the terminal is as a shell wants it: it shows the cursor, wraps lines, and echoes what is typed, line by line. */
export function isRestored(terminal: TestTerminal): boolean {
  const settings = terminal.text().split("[exit ")[1] ?? "";
  const isSet = (mode: string) =>
    terminal.raw().lastIndexOf(`\x1b[?${mode}h`) >= terminal.raw().lastIndexOf(`\x1b[?${mode}l`);
  return (
    isSet("25") &&
    isSet("7") &&
    ["echo", "icanon", "isig", "icrnl"].every((flag) => new RegExp(`\\s${flag}\\s`).test(settings))
  );
}

/** Whether a test can have a terminal here. */
export const hasTerminals: boolean = process.platform !== "win32";
