import { spawn } from "node:child_process";
import { chmod, chown, copyFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";
import { createAltaServer } from "@vms/simulator";
import { describe, expect, test } from "vitest";
import { environment, home, type Run, vms, vmsCommand } from "./support/run-vms.ts";
import { filesIn, served } from "./support/simulated-vendors.ts";

const account = { username: "night@acme.example", password: "quiet-harbour-31" };

/** An unknown user, as whom root runs the tests. Other users test as themselves. */
const STRANGER = 12_345;
const isRoot = process.geteuid?.() === 0;

/** Runs `vms` as a user who is not root. */
async function asUser(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Run> {
  const [program, ...first] = vmsCommand;
  const user = isRoot ? { uid: STRANGER, gid: STRANGER } : {};
  const child = spawn(program, [...first, ...args], { env, stdio: ["ignore", "pipe", "pipe"], ...user });
  const exit = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { exit: await exit, stdout, stderr };
}

/** A directory with all files of `vms`, which belongs to the user of `asUser`. */
async function signedIn() {
  const [dir, url] = [await home(), await served(createAltaServer({ account }))];
  const { NODE_COMPILE_CACHE: _, ...env } = environment(dir, {
    VMS_ALTA_URL: url,
    VMS_ALTA_USERNAME: account.username,
  });
  const args = ["login", "alta", "--password-stdin", "--save-credentials", "--insecure-storage"];
  expect((await vms(args, env, account.password)).exit).toBe(0);
  await give(dir);
  return { dir, env };
}

async function give(dir: string): Promise<void> {
  if (!isRoot) return;
  for (const path of ["", ...(await filesIn(dir))]) await chown(join(dir, path), STRANGER, STRANGER);
}

describe.skipIf(process.platform === "win32")("a file that its owner cannot read", () => {
  test("is distinguished from a missing one", async () => {
    const { dir, env } = await signedIn();
    const closed = async (name: string, args: readonly string[], more: Readonly<Record<string, string>> = {}) => {
      const path = join(dir, name);
      await chmod(path, 0);
      const { exit, stdout, stderr } = await asUser(args, { ...env, ...more });
      await chmod(path, 0o600);
      expect(stderr).toContain(`${path} cannot be read: its mode does not let its owner read it.`);
      expect(stderr).toContain(`chmod u+r ${path}`);
      return { exit, stdout };
    };
    expect((await closed("config.json", ["status"])).exit).toBe(2);
    expect(await closed("session-key", ["status"])).toEqual({ exit: 3, stdout: expect.stringMatching(/unreadable/) });
    expect((await closed("session-key", ["token", "alta"])).exit).toBe(2);
    expect((await closed("credentials.json", ["renew", "alta"])).exit).toBe(2);
    await copyFile(join(dir, "session-key"), join(dir, "password"));
    await give(dir);
    const file = { VMS_ALTA_PASSWORD_FILE: join(dir, "password") };
    expect((await closed("password", ["renew", "alta"], file)).exit).toBe(2);
    const ca = ["--ca", join(dir, "password"), "--profile", "second"];
    expect((await closed("password", ["login", "alta", ...ca])).exit).toBe(2);
    // Nothing of it was replaced.
    expect((await asUser(["status"], env)).exit).toBe(0);
  });

  test.runIf(isRoot)("is reported with its owner, if that is another user", async () => {
    const { dir, env } = await signedIn();
    await chown(join(dir, "session-key"), 0, 0);
    const { exit, stderr } = await asUser(["token", "alta"], env);
    expect([exit, stderr]).toEqual([
      2,
      `vms: ${join(dir, "session-key")} cannot be read: it belongs to another user.\nMake it yours with chown, or copy it.\n`,
    ]);
  });
});

describe.runIf(isRoot && process.platform === "linux")("a user without a home directory", () => {
  const none = { PATH: process.env.PATH ?? "" };

  test("gets help and the version", async () => {
    for (const args of [["--help"], ["login", "--help"], ["help", "api"], ["--version"], ["completion", "bash"]]) {
      const { exit, stdout, stderr } = await asUser(args, none);
      expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
      expect(stdout).not.toBe("");
    }
  });

  test("is told to set VMS_HOME, which is enough", async () => {
    for (const args of [["status"], ["login", "alta"], ["api", "api/v1/me"], ["doctor"], ["simulator"]]) {
      expect(await asUser(args, none)).toEqual({
        exit: 2,
        stdout: "",
        stderr:
          "vms: this user has no home directory for the files of vms.\nSet VMS_HOME to a directory that only this user can write to.\n",
      });
    }
    const { dir } = await signedIn();
    const { exit, stdout } = await asUser(["status"], { ...none, VMS_HOME: dir });
    expect([exit, stdout]).toEqual([0, expect.stringContaining("signed in")]);
  });
});
