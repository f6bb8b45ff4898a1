import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));

function run(args: readonly string[], path = process.env.PATH): { status: number | null; output: string } {
  const env = { ...process.env, PATH: path };
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], { env, encoding: "utf8" });
  return { status, output: stdout + stderr };
}

test("an unknown name is an error that lists the names", () => {
  const { status, output } = run(["node-blue"]);
  expect(status).toBe(2);
  expect(output).toContain("node-red, transmission, motion, zoneminder");
});

test("a named server that is not installed is an error with the packages to install", () => {
  const directory = mkdtempSync(join(tmpdir(), "vms-real-servers-"));
  symlinkSync("/bin/sh", join(directory, "sh"));
  try {
    const { status, output } = run(["transmission"], directory);
    expect(status).toBe(1);
    expect(output).toContain("install the Debian packages transmission-daemon");
  } finally {
    rmSync(directory, { recursive: true });
  }
});
