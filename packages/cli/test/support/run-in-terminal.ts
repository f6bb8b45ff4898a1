import process from "node:process";
import { stripVTControlCharacters } from "node:util";
import { spawn } from "@lydell/node-pty";
import { onTestFinished } from "vitest";
import { vmsCommand } from "./run-vms.ts";

/** How long the screen may take to show something, in ms. */
const PATIENCE = 20_000;

/** A program on a real terminal, with functions to read its screen and type. */
export interface TestTerminal {
  /** Everything written to the screen, with control sequences. */
  readonly raw: () => string;
  /** The same without control sequences. */
  readonly text: () => string;
  /** Waits until the screen shows a text after the previous one. */
  shows(text: string | RegExp): Promise<void>;
  type(text: string): void;
  /** Changes the width of the terminal. */
  resize(columns: number): void;
  /** Types a line. */
  enter(text?: string): void;
  /** Sends a signal to the program. */
  signal(name: "SIGTERM" | "SIGHUP"): void;
  /** Closes the window. */
  close(): void;
  /** Waits for the end, and returns the exit status. */
  ended(): Promise<number>;
}

export const CTRL_C = "\x03";
export const CTRL_D = "\x04";
export const DOWN = "\x1b[B";

/** Runs `vms` on a terminal. */
export function vmsInTerminal(args: readonly string[], env: Readonly<Record<string, string>>): TestTerminal {
  return inTerminal([...vmsCommand, ...args], env);
}

/** Runs `vms` on a terminal of this width. */
export function vmsInTerminalOf(
  columns: number,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): TestTerminal {
  return inTerminal([...vmsCommand, ...args], env, columns);
}

// Children do not inherit a shell's traps, so the shell survives Ctrl-C.
const SCRIPT = 'trap : INT; "$0" "$@"; echo "[exit $?]"; stty -a; echo "[over]"';

/**
 * Runs `vms` on a terminal from a shell, which then shows vms' exit status as `[exit <n>]` and the terminal settings.
 * @param script another script, in which `"$0" "$@"` is `vms`.
 */
export function vmsInShell(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  script: string = SCRIPT,
  columns?: number,
): TestTerminal {
  return inTerminal(["/bin/sh", "-c", script, ...vmsCommand, ...args], env, columns);
}

function inTerminal(
  [program = "", ...args]: readonly string[],
  env: Readonly<Record<string, string>>,
  // Wide, so that no line is wrapped.
  columns = 200,
): TestTerminal {
  const pty = spawn(program, args, {
    cols: columns,
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
    resize: (columns) => pty.resize(columns, 40),
    enter: (typed = "") => pty.write(`${typed}\r`),
    signal: (name) => process.kill(pty.pid, name),
    close: () => pty.kill(),
    async ended() {
      await until("an end", () => exit);
      return exit ?? -1;
    },
  };
}

/** Whether the terminal is as a shell expects it: visible cursor, wrapped lines, echo, line mode. */
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

/** Whether tests can open a terminal here. */
export const hasTerminals: boolean = process.platform !== "win32";
