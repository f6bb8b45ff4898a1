import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";
import { startProgram } from "../src/servers/program.ts";

/** A program with a child. Both have the mark in their arguments, and the parent is ready immediately. */
const parent = (mark: string) => ({
  command: "sh",
  args: ["-c", `sh -c 'while :; do sleep 0.05; done' ${mark}-child & while :; do sleep 0.05; done`, `${mark}-parent`],
});

/** The processes with a mark in their arguments. */
function processesOf(mark: string): number {
  const { stdout } = spawnSync("ps", ["-e", "-o", "args="], { encoding: "utf8" });
  return stdout.split("\n").filter((line) => line.includes(`${mark}-child`) || line.includes(`${mark}-parent`)).length;
}

test("stopping a program also stops its children", async () => {
  const mark = crypto.randomUUID();
  const program = await startProgram({ ...parent(mark), answers: async () => processesOf(mark) > 1 });
  await program.stop();
  expect(processesOf(mark)).toBe(0);
});

test("a program that ignores SIGTERM is killed with its children", async () => {
  const mark = crypto.randomUUID();
  const { command, args } = parent(mark);
  const stubborn = [args[0] ?? "", `trap '' TERM; ${args[1]}`, args[2] ?? ""];
  const program = await startProgram({ command, args: stubborn, answers: async () => processesOf(mark) > 1 });
  await program.stop();
  expect(processesOf(mark)).toBe(0);
});

test("a program and its children are killed if the process that started them is killed", async () => {
  const mark = crypto.randomUUID();
  const script = `
    const { startProgram } = await import(${JSON.stringify(import.meta.resolve("../src/servers/program.ts"))});
    await startProgram({ ...${JSON.stringify(parent(mark))}, answers: async () => true });
    console.log("started");
  `;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  await vi.waitUntil(() => processesOf(mark) > 1, { timeout: 10_000 });
  child.kill("SIGKILL");
  await vi.waitUntil(() => processesOf(mark) === 0, { timeout: 10_000 });
});

test("a program that exits before it is ready is an error with its output", async () => {
  const started = startProgram({ command: "sh", args: ["-c", "echo no such camera >&2"], answers: async () => false });
  await expect(started).rejects.toThrow("no such camera");
});

test("a missing program is an error", async () => {
  const started = startProgram({ command: "no-such-server", args: [], answers: async () => false });
  await expect(started).rejects.toThrow("no-such-server has exited");
});
