import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { basename, join } from "node:path";
import process from "node:process";
import {
  createAdminTokenServer,
  createAlertSiteServer,
  createAltaServer,
  createEagleEyeServer,
  createFindFaceServer,
} from "@vms/simulator";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { PROFILE, worldOf } from "./support/profile-fixture.ts";
import { environment, home as makeHome, type Run } from "./support/run-vms.ts";

// `vms` starts fast because of what it does not load. bench/startup.ts measures the time.
const PACKAGE = join(import.meta.dirname, "..");
const BUILT = join(PACKAGE, ".report", "built");
const BIN = join(BUILT, "bin.cjs");

/** Records at the end of a process which files of `vms` it has loaded. */
const HOOK = `process.on("exit", () => {
  const own = Object.keys(require.cache).filter((path) => path.startsWith(process.env.BUILT));
  require("node:fs").writeFileSync(process.env.LOADED, JSON.stringify(own));
});`;

async function run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Run> {
  const child = spawn(process.execPath, args, { env, cwd: PACKAGE, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk));
  const [exit] = (await once(child, "close")) as [number | null];
  return { exit, stdout, stderr };
}

/** Runs the built `vms`, and returns the names of the files that it has loaded. */
async function loadedBy(args: readonly string[], env: Readonly<Record<string, string>>) {
  const place = await makeHome();
  const [hook, loaded] = [join(place, "hook.cjs"), join(place, "loaded.json")];
  await writeFile(hook, HOOK);
  const result = await run(["--require", hook, BIN, ...args], { ...env, BUILT, LOADED: loaded });
  const paths = JSON.parse(await readFile(loaded, "utf8")) as string[];
  return { ...result, files: paths.map((path) => basename(path).replace(/-[\w-]{8}\.cjs$/, "")) };
}

beforeAll(async () => {
  await rm(BUILT, { recursive: true, force: true });
  const tsdown = join(PACKAGE, "node_modules", "tsdown", "dist", "run.mjs");
  const built = await run([tsdown, "--out-dir", BUILT, "--log-level", "error"], { PATH: process.env.PATH ?? "" });
  expect(built).toMatchObject({ exit: 0 });
}, 120_000);

describe("the built vms", () => {
  it("prints its version without loading a command", async () => {
    const { exit, stdout, files } = await loadedBy(["--version"], environment(await makeHome()));
    expect({ exit, stdout }).toEqual({ exit: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
    expect(files).toEqual(["bin.cjs"]);
    // It contains no command either, and nothing of the core.
    expect((await stat(BIN)).size).toBeLessThan(20_000);
  });

  it("rejects a Node that is too old before it uses anything that it lacks", async () => {
    const hook = join(await makeHome(), "old.cjs");
    await writeFile(
      hook,
      'Object.defineProperty(process.versions, "node", { value: "20.1.0" }); delete process.getBuiltinModule;',
    );
    const { exit, stdout, stderr } = await run(["--require", hook, BIN, "--version"], environment(await makeHome()));
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: "" });
    expect(stderr).toMatch(/^vms: Node 20\.1\.0 is too old.*\nInstall Node 24: .*\n$/);
  });

  it("makes a call with a stored session without loading the parser or other commands", async () => {
    const { server, env, run } = await worldOf(createAltaServer());
    expect((await run(["api", PROFILE, server.firstCall])).exit).toBe(0);
    const { exit, files } = await loadedBy(["api", PROFILE, server.firstCall], env);
    expect(exit).toBe(0);
    expect(server.loginAttempts).toBe(1);
    expect(files.filter((name) => /^(program|run-.*)$/.test(name))).toEqual(["run-api"]);
  });

  for (const [vendor, create] of Object.entries({
    alta: createAltaServer,
    findface: createFindFaceServer,
    alertsite: createAlertSiteServer,
    eagleeye: createEagleEyeServer,
    "admin-token": createAdminTokenServer,
  })) {
    it(`signs in to ${vendor}`, async () => {
      const { server, env } = await worldOf(create());
      const { exit, stdout, stderr } = await run([BIN, "api", PROFILE, server.firstCall, "--raw"], env);
      expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
      expect(JSON.parse(stdout)).toBeTypeOf("object");
    });
  }

  it.runIf(process.platform === "linux")(
    "uses the keyring in a separate process, whose file is beside it",
    async () => {
      const path = join(await makeHome(), "bus");
      const bus = createServer((socket) => socket.destroy()).listen(path);
      onTestFinished(() => void bus.close());
      const asked = once(bus, "connection");
      const { server, env } = await worldOf(createAltaServer());
      const { exit } = await run([BIN, "api", PROFILE, server.firstCall], {
        ...env,
        DBUS_SESSION_BUS_ADDRESS: `unix:path=${path}`,
      });
      await asked;
      expect(exit).toBe(0);
    },
  );

  it("keeps Node's compile cache in a directory of this user, closed to others", async () => {
    const { env, home, server } = await worldOf(createAltaServer());
    const { NODE_COMPILE_CACHE: _, ...without } = env;
    expect((await run([BIN, "api", PROFILE, server.firstCall], without)).exit).toBe(0);
    const { readdir, stat } = await import("node:fs/promises");
    expect(await readdir(join(home, "cache", "compiled"))).toHaveLength(1);
    if (process.platform !== "win32") expect((await stat(join(home, "cache"))).mode & 0o777).toBe(0o700);
  });
});
