import { spawnSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { chmod, mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { describe, expect, onTestFinished, test } from "vitest";
import { environment, home, vms, vmsCommand, vmsProcess } from "./support/run-vms.ts";

/** Without the variable of the tests that sets Node's compile cache. */
async function withoutCache(dir: string) {
  const { NODE_COMPILE_CACHE: _, ...env } = environment(dir);
  return env;
}

async function compiled(dir: string): Promise<readonly string[]> {
  return readdir(join(dir, "cache/compiled"));
}

describe.skipIf(process.platform === "win32")("a directory that others can write to", () => {
  test("is not used for compiled code", async () => {
    const own = await home();
    await vmsProcess(["completion", "bash"], await withoutCache(own));
    expect(await compiled(own)).not.toEqual([]);

    for (const open of ["", "cache", "cache/compiled"]) {
      const dir = await home();
      await mkdir(join(dir, "cache/compiled"), { recursive: true, mode: 0o700 });
      await chmod(join(dir, open), 0o722);
      const run = await vmsProcess(["completion", "bash"], await withoutCache(dir));
      expect([run.exit, await compiled(dir)]).toEqual([0, []]);
    }
  });

  test("is not used through a link either", async () => {
    const [dir, other] = [await home(), await home()];
    await mkdir(join(dir, "cache"), { mode: 0o700 });
    await symlink(other, join(dir, "cache/compiled"));
    expect((await vmsProcess(["completion", "bash"], await withoutCache(dir))).exit).toBe(0);
    expect(await readdir(other)).toEqual([]);
  });

  test("gets no chmod hint if it is shared like /tmp, and a file is reported as not a directory", async () => {
    const shared = await home();
    await chmod(shared, 0o1777);
    expect(await vms(["status"], environment(shared))).toMatchObject({
      exit: 2,
      stderr: `vms: other users can write to ${shared}.\nSet VMS_HOME to your own directory.\n`,
    });
    expect(await vms(["status"], environment("/dev/null"))).toMatchObject({
      exit: 2,
      stderr: "vms: /dev/null is not a directory.\nSet VMS_HOME to another directory.\n",
    });
  });

  test("is rejected for reading and writing profiles", async () => {
    const dir = await home();
    await chmod(dir, 0o777);
    const run = await vms(["status"], environment(dir));
    expect([run.exit, run.stderr]).toEqual([
      2,
      `vms: other users can write to ${dir}.\nRestrict it: chmod 700 ${dir}\n`,
    ]);
  });
});

test.runIf(process.platform === "linux")(
  "a directory that cannot be created is an error, without endless retries",
  async () => {
    for (const dir of ["/proc", "/proc/vms"]) {
      const env = { ...environment(dir), VMS_ALTA_PASSWORD: "made-up" };
      const run = await vms(["login", "alta", "--url", "https://acme.invalid", "-u", "anna"], env);
      expect([run.exit, run.stderr]).toEqual([expect.any(Number), expect.stringContaining("/proc")]);
    }
  },
);

test("a path that is not a file is not read", async () => {
  const dir = await home();
  await mkdir(join(dir, "config.json"));
  const run = await vms(["status"], environment(dir));
  expect([run.exit, run.stderr]).toEqual([2, expect.stringContaining("config.json is not a file.")]);
});

test.each([{ username: "a\u001b[31m" }, { username: "a\u202e" }, { url: "https://a.example/\u009b" }])(
  "the profile %j is rejected",
  async (part) => {
    const dir = await home();
    const profile = { vendor: "alta", username: "anna", url: "https://a.example", ...part };
    await writeFile(join(dir, "config.json"), JSON.stringify({ profiles: { a: profile } }), { mode: 0o600 });
    const run = await vms(["status"], environment(dir));
    expect([run.exit, run.stderr]).toEqual([2, expect.stringContaining('the profile "a" is malformed')]);
  },
);

test.each(["a\u001b[31m", "a\u202e"])("a profile named %j is rejected, and its name is escaped", async (name) => {
  const dir = await home();
  const profile = { vendor: "alta", username: "anna", url: "https://a.example" };
  const write = (text: string) => writeFile(join(dir, "config.json"), text, { mode: 0o600 });
  await write(JSON.stringify({ profiles: { [name]: profile } }));
  const run = await vms(["status"], environment(dir));
  expect([run.exit, run.stderr]).toEqual([
    2,
    expect.stringMatching(/the profile "a\\u[0-9a-f]{4}[^\p{Cc}\u202e]*" is malformed/u),
  ]);
  await write(JSON.stringify({ profiles: { a: { ...profile, options: { account: name } } } }));
  expect((await vms(["status"], environment(dir))).stderr).toContain('the profile "a" is malformed');
});

test("a configuration with a byte order mark is read", async () => {
  const dir = await home();
  const profiles = { a: { vendor: "alta", username: "anna", url: "https://a.example" } };
  await writeFile(join(dir, "config.json"), `\ufeff${JSON.stringify({ profiles })}`, { mode: 0o600 });
  expect((await vms(["status"], environment(dir))).stdout).toContain("a.example");
});

test.runIf(process.platform === "linux")("unwritable standard output is reported", async () => {
  const dir = await home();
  const [program, ...first] = vmsCommand;
  const profiles = { a: { vendor: "alta", username: "anna", url: "https://a.example" } };
  await writeFile(join(dir, "config.json"), JSON.stringify({ profiles }), { mode: 0o600 });
  const full = openSync("/dev/full", "w");
  onTestFinished(() => closeSync(full));
  const { status, stderr } = spawnSync(program, [...first, "status"], {
    env: environment(dir),
    stdio: ["ignore", full, "pipe"],
    encoding: "utf8",
  });
  expect([status, stderr]).toEqual([1, expect.stringContaining("vms: standard output cannot be written (ENOSPC).")]);
});
