import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createAltaServer, createEagleEyeServer } from "@vms/simulator";
import { describe, expect, test } from "vitest";
import { environment, home, vms, vmsProcess } from "../support/run-vms.ts";
import { filesIn, profilesIn, served } from "../support/simulated-vendors.ts";

const account = { username: "night@acme.example", password: "quiet-harbour-31" };
const { href: LOADER } = pathToFileURL(join(import.meta.dirname, "../support/fake-keyring-hook.mjs"));

async function alta() {
  const server = createAltaServer({ account });
  const url = await served(server);
  const dir = await home();
  const env = environment(dir, { VMS_ALTA_URL: url, VMS_ALTA_USERNAME: account.username });
  const login = (env: Readonly<Record<string, string>>, ...args: string[]) =>
    vms(["login", "alta", "--password-stdin", ...args], env, account.password);
  return { server, url, dir, env, login };
}

/** The environment of a system with a working keyring, and the content of the keyring. */
async function withKeyring(env: Readonly<Record<string, string>>) {
  const path = join(await home(), "keyring.json");
  await writeFile(path, "{}");
  const keyring = async () => JSON.parse(await readFile(path, "utf8")) as Record<string, string>;
  return { env: { ...env, FAKE_KEYRING: path }, keyring };
}

describe("the library of the keyring", () => {
  test("is asked by a process for the system's keyring, and stores the session key and the password", async () => {
    const { env } = await alta();
    const { env: open, keyring } = await withKeyring({ ...env, NODE_OPTIONS: `--import ${LOADER}` });
    const run = await vmsProcess(["login", "alta", "--password-stdin", "--save-credentials"], open, account.password);
    expect([run.exit, run.stderr]).toEqual([
      0,
      expect.stringContaining("The password is saved in this system's keyring."),
    ]);
    expect(Object.keys(await keyring())).toHaveLength(2);
    expect((await vmsProcess(["renew", "alta"], open)).exit).toBe(0);
  });

  test("reports to a process that the system has no keyring", async () => {
    const { server, dir, env } = await alta();
    const args = ["login", "alta", "--password-stdin", "--save-credentials"];
    const run = await vmsProcess(args, env, account.password);
    expect([run.exit, run.stderr]).toEqual([1, expect.stringContaining("no keyring works")]);
    expect([server.requests, await filesIn(dir)]).toEqual([[], []]);
  });
});

describe("without a keyring", () => {
  test("--save-credentials is rejected before anything is sent or written", async () => {
    const { server, dir, env, login } = await alta();
    const run = await login(env, "--save-credentials");
    expect(run.exit).toBe(1);
    expect(run.stderr).toContain("no keyring works");
    expect(run.stderr).toContain("--insecure-storage");
    expect(server.requests).toEqual([]);
    expect(await filesIn(dir)).toEqual([]);
  });

  test("--insecure-storage saves the password in a file of mode 0600 with a warning, and an expired session is renewed", async () => {
    const { server, dir, env, login } = await alta();
    const run = await login(env, "--save-credentials", "--insecure-storage");
    expect([run.exit, run.stderr]).toEqual([
      0,
      expect.stringMatching(/Warning: the password is saved as clear text in /),
    ]);
    const path = join(dir, "credentials.json");
    expect(await readFile(path, "utf8")).toContain(account.password);
    if (process.platform !== "win32") expect((await stat(path)).mode & 0o777).toBe(0o600);
    server.revokeAll();
    expect((await vms(["renew", "alta"], env)).exit).toBe(0);
    expect(server.logins).toBe(2);
  });
});

describe("with a keyring", () => {
  test("stores the session key and the password in it, and in no file", async () => {
    const { dir, env, login } = await alta();
    const { env: open, keyring } = await withKeyring(env);
    const run = await login(open, "--save-credentials");
    expect([run.exit, run.stderr]).toEqual([
      0,
      expect.stringContaining("The password is saved in this system's keyring."),
    ]);
    const names = Object.keys(await keyring());
    expect(names).toHaveLength(2);
    expect(names).toContain("vms/session-key");
    expect(Object.values(await keyring())).toContain(account.password);
    expect((await profilesIn(dir)).alta).toMatchObject({ saved: "keyring" });
    expect((await filesIn(dir)).filter((path) => /key|credentials/.test(path))).toEqual([]);
    const again = await vms(["renew", "alta"], open);
    expect(again.exit).toBe(0);
  });

  test("a new configuration finds the existing key", async () => {
    const { server, dir, env, login } = await alta();
    const { env: open } = await withKeyring(env);
    await login(open);
    await writeFile(join(dir, "config.json"), '{"profiles":{}}', { mode: 0o600 });
    const run = await vms(["login", "alta", "--password-stdin"], open, account.password);
    expect(run.exit).toBe(0);
    expect(server.logins).toBe(1);
  });

  test("a locked keyring is reported with a hint, and signing out works without it", async () => {
    const { server, dir, env, login } = await alta();
    const { env: open } = await withKeyring(env);
    await login(open);
    const status = await vms(["status"], env);
    expect(status.exit).toBe(3);
    expect(status.stdout).toContain("key missing");
    expect(status.stderr).toContain("keyring");
    expect(status.stderr).toContain("VMS_SESSION_KEY");
    const again = await login(env);
    expect(again.exit).toBe(1);
    const out = await vms(["logout", "alta"], env);
    expect([out.exit, out.stderr]).toEqual([
      1,
      expect.stringContaining("the session was not ended at Avigilon Alta Video"),
    ]);
    expect((await filesIn(join(dir, "cli-sessions"))).filter((path) => path.endsWith(".session"))).toEqual([]);
    expect(server.sessions).toBe(1);
  });

  test("a saved password is sent to no other host and no other user", async () => {
    const { server, dir, env, login } = await alta();
    const { env: open } = await withKeyring(env);
    await login(open, "--save-credentials");
    const thief = createAltaServer({ account });
    const config = JSON.parse(await readFile(join(dir, "config.json"), "utf8")) as { profiles: object };
    const moved = { alta: { vendor: "alta", username: account.username, url: await served(thief), saved: "keyring" } };
    await writeFile(join(dir, "config.json"), JSON.stringify({ ...config, profiles: moved }), { mode: 0o600 });
    const run = await vms(["renew", "alta"], open);
    expect(run.exit).toBe(2);
    expect([thief.requests.length, server.logins]).toEqual([0, 1]);
  });

  test("signing out removes the password, unless another profile of the user uses it", async () => {
    const server = createEagleEyeServer({ account });
    const dir = await home();
    const url = await served(server);
    const { env, keyring } = await withKeyring(environment(dir, { VMS_EAGLEEYE_URL: url }));
    const args = ["login", "eagleeye", "-u", account.username, "--password-stdin", "--save-credentials"];
    await vms(args, env, account.password);
    expect((await vms(["account", "eagleeye", "00061987"], env)).exit).toBe(0);
    const first = await vms(["logout", "eagleeye"], env);
    expect([first.exit, first.stderr]).toEqual([0, expect.stringContaining("another profile uses it")]);
    expect(Object.values(await keyring())).toContain(account.password);
    const second = await vms(["logout", "eagleeye-00061987"], env);
    expect([second.exit, second.stderr]).toEqual([0, expect.stringContaining("The saved password is removed.")]);
    expect(Object.keys(await keyring())).toEqual(["vms/session-key"]);
    for (const profile of Object.values(await profilesIn(dir))) expect(profile).not.toHaveProperty("saved");
  });

  test("the password of a replaced account is removed", async () => {
    const { server, env, login } = await alta();
    const { env: open, keyring } = await withKeyring(env);
    await login(open, "--save-credentials");
    server.addAccount({ username: "day@acme.example", password: "paper-lantern-77" });
    const args = ["login", "alta", "-p", "alta", "-u", "day@acme.example", "--password-stdin"];
    const run = await vms(args, open, "paper-lantern-77");
    expect(run.exit).toBe(0);
    expect(Object.keys(await keyring())).toEqual(["vms/session-key"]);
  });
});

test("a key in the environment is used, and no other key is created", async () => {
  const { dir, env, login } = await alta();
  const own = { ...env, VMS_SESSION_KEY: Buffer.alloc(32, 7).toString("base64") };
  expect((await login(own)).exit).toBe(0);
  expect((await filesIn(dir)).filter((path) => path.includes("session-key"))).toEqual([]);
  expect((await vms(["status"], own)).exit).toBe(0);
  const other = { ...env, VMS_SESSION_KEY: Buffer.alloc(32, 8).toString("base64") };
  const status = await vms(["status"], other);
  expect([status.exit, status.stdout]).toEqual([3, expect.stringContaining("unreadable")]);
  const wrong = await vms(["login", "alta", "--password-stdin"], { ...env, VMS_SESSION_KEY: "c2hvcnQ=" }, "x");
  expect([wrong.exit, wrong.stderr]).toEqual([2, expect.stringContaining("VMS_SESSION_KEY")]);
});

test.runIf(process.platform !== "win32")(
  "files that others can read or write are rejected with the command that restricts them",
  async () => {
    const { dir, env, login } = await alta();
    await mkdir(dir, { recursive: true });
    const config = join(dir, "config.json");
    await writeFile(config, '{"profiles":{}}', { mode: 0o644 });
    expect((await login(env)).exit).toBe(0);
    await import("node:fs/promises").then(({ chmod }) => chmod(join(dir, "session-key"), 0o644));
    const key = await vms(["status"], env);
    expect([key.exit, key.stderr]).toEqual([3, expect.stringContaining("chmod 600")]);
    await import("node:fs/promises").then(({ chmod }) => chmod(config, 0o666));
    const run = await vms(["status"], env);
    expect([run.exit, run.stderr]).toEqual([2, expect.stringContaining(`chmod 600 ${config}`)]);
  },
);
