import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { spawn } from "@lydell/node-pty";
import { normalizer } from "./normalize.ts";
import { type Line, openScreen, PROMPT, textOf } from "./screen.ts";
import { startSimulator } from "./simulator.ts";
import { COLUMNS, STEPS } from "./steps.ts";

/** The timeout of a command, in ms. */
const PATIENCE = 60_000;

/** A command and its output. */
export interface Step {
  readonly command: string;
  readonly lines: readonly Line[];
}

/** Types the commands into a shell on a terminal, and reads their output. */
export async function transcript(): Promise<Step[]> {
  const folder = await mkdtemp(join(tmpdir(), "vms-recording-"));
  try {
    const env = await environment(folder);
    await using _simulator = await startSimulator(join(folder, "vms"), env);
    return await typeSteps(env);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A folder with the command `vms` and its files, isolated from the user's settings. */
async function environment(folder: string): Promise<Record<string, string>> {
  const bin = join(dirname(createRequire(import.meta.url).resolve("@vms/cli/package.json")), "dist/bin.cjs");
  const vms = join(folder, "vms");
  await writeFile(vms, `#!/bin/sh\nexec "${process.execPath}" "${bin}" "$@"\n`);
  await chmod(vms, 0o755);
  return {
    PATH: `${folder}:${process.env.PATH ?? ""}`,
    HOME: folder,
    VMS_HOME: join(folder, "home"),
    DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent",
    TERM: "xterm-256color",
    LANG: "C.UTF-8",
    TZ: "UTC",
    PS1: PROMPT,
  };
}

async function typeSteps(env: Record<string, string>): Promise<Step[]> {
  const screen = openScreen();
  const shell = spawn("/bin/sh", ["-i"], { cols: COLUMNS, rows: 24, name: "xterm-256color", env });
  const normalize = normalizer();
  let written = Promise.resolve();
  let wake = () => {};
  shell.onData((data) => {
    written = written.then(() => screen.write(normalize(data))).then(() => wake());
  });
  const prompt = (after: string) =>
    new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`There is no prompt after \`${after}\`.`)), PATIENCE);
      wake = () => {
        if (!screen.isAtPrompt) return;
        clearTimeout(timer);
        resolve();
      };
      wake();
    });
  try {
    await prompt("/bin/sh");
    const starts: number[] = [];
    for (const command of STEPS) {
      starts.push(screen.lines().length);
      // Wait until the current prompt is gone before waiting for the next one.
      const typed = new Promise<void>((resolve) => {
        wake = () => {
          if (!screen.isAtPrompt) resolve();
        };
      });
      shell.write(`${command}\r`);
      await typed;
      await prompt(command);
    }
    const lines = screen.lines();
    const failure = lines.map(textOf).find((line) => line.startsWith("vms: "));
    if (failure !== undefined) throw new Error(`A command of the recording failed: ${failure}`);
    return STEPS.map((command, index) => {
      const end = starts[index + 1] ?? lines.length;
      return { command, lines: lines.slice(starts[index], end - 1) };
    });
  } finally {
    shell.kill();
  }
}
