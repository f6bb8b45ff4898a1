import { chmod, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { createAdminTokenServer, createAltaServer, createEagleEyeServer } from "@vms/simulator";
import { expect, test } from "vitest";
import { environment, home, vms, vmsProcess } from "../support/run-vms.ts";
import { filesIn, leftoversIn, profilesIn, served } from "../support/simulated-vendors.ts";

const account = { username: "night@acme.example", password: "quiet-harbour-31" };

async function signedIn(...options: string[]) {
  const server = createAltaServer({ account });
  const dir = await home();
  const env = environment(dir);
  const args = ["login", "alta", "--url", await served(server), "-u", account.username, "--password-stdin"];
  expect((await vms([...args, ...options], env, account.password)).exit).toBe(0);
  const sessions = async () => (await filesIn(dir)).filter((path) => path.endsWith(".session"));
  return { server, dir, env, sessions };
}

test("ends the session at the vendor and here, removes a saved password, and keeps the profile", async () => {
  const { server, dir, env, sessions } = await signedIn("--save-credentials", "--insecure-storage");
  const run = await vms(["logout", "alta"], env);
  expect(run).toMatchObject({ exit: 0, stdout: "" });
  expect(run.stderr).toMatch(/^Signed out of Avigilon Alta Video as night@acme\.example .*\(profile alta\)\.$/m);
  expect(run.stderr).toContain("The saved password is removed.");
  expect(server.sessions).toBe(0);
  expect(await sessions()).toEqual([]);
  expect(await readFile(join(dir, "credentials.json"), "utf8")).not.toContain(account.password);
  const { alta } = await profilesIn(dir);
  expect(alta).toMatchObject({ username: account.username });
  expect(alta).not.toHaveProperty("saved");
  expect(await leftoversIn(dir)).toEqual([]);
});

test("--forget removes the profile too", async () => {
  const { dir, env } = await signedIn();
  const run = await vms(["logout", "--forget"], env);
  expect([run.exit, run.stderr]).toEqual([0, expect.stringContaining('The profile "alta" is removed.')]);
  expect(await profilesIn(dir)).toEqual({});
});

test("a profile that is not signed in is not a failure", async () => {
  const { server, env } = await signedIn();
  await vms(["logout"], env);
  server.clearRequests();
  const run = await vms(["logout"], env);
  expect([run.exit, run.stderr]).toEqual([0, "alta was not signed in.\n"]);
  expect(server.requests).toEqual([]);
});

test("if the vendor cannot be reached, the session is removed here with a warning and an exit status", async () => {
  const { server, env, sessions } = await signedIn();
  server.script({ drop: "before-headers", times: 20 });
  const run = await vms(["logout"], env);
  expect(run.exit).toBe(5);
  expect(run.stderr).toContain(
    "Warning: the session of alta is removed here, but the session was not ended at Avigilon Alta Video",
  );
  expect(await sessions()).toEqual([]);
  expect((await vms(["status"], env)).stdout).toContain("not signed in");
});

test("an unreadable session is removed, with a warning that the vendor could not be asked to end it", async () => {
  const { server, dir, env, sessions } = await signedIn();
  await rm(join(dir, "session-key"));
  const run = await vms(["logout"], env);
  expect([run.exit, run.stderr]).toEqual([1, expect.stringContaining("was not ended at")]);
  expect(await sessions()).toEqual([]);
  expect(server.sessions).toBe(1);
  expect(await filesIn(dir)).not.toContain("session-key");
});

test("a session file that cannot be removed is reported, with the fact that the vendor has ended the session", async () => {
  const { server, dir, env } = await signedIn();
  // Even root cannot remove a file on a read-only mount. A hook of Node simulates that here.
  const hook = `const fs = require("node:fs/promises"); for (const name of ["rm", "unlink", "rename"]) { const real = fs[name];
    fs[name] = (path, ...more) => /\\.session$/.test(String(path)) ? Promise.reject(Object.assign(new Error("no"), { code: "EACCES", syscall: name })) : real(path, ...more); }
    require("node:module").syncBuiltinESMExports();`;
  const path = join(dir, "hook.cjs");
  await writeFile(path, hook);
  const run = await vmsProcess(["logout", "--json"], { ...env, NODE_OPTIONS: `--require ${path}` });
  expect(run.exit).toBe(1);
  expect(JSON.parse(run.stdout)).toMatchObject([{ wasSignedIn: true, forgotten: false, endedAtVendor: true }]);
  expect(run.stderr).toContain("the session could not be removed here (Avigilon Alta Video has ended it): could not ");
  expect(run.stderr).not.toMatch(/fileStore|@vms|in memory/);
  expect(server.sessions).toBe(0);
});

test.skipIf(process.platform === "win32")("a session is not removed if its key can be fixed", async () => {
  const { server, dir, env, sessions } = await signedIn("--save-credentials", "--insecure-storage");
  const key = join(dir, "session-key");
  await chmod(key, 0o644);
  const open = await vms(["logout", "--forget"], env);
  expect([open.exit, open.stderr]).toEqual([2, expect.stringContaining(`: chmod 600 ${key}`)]);
  const malformed = await vms(["logout"], { ...env, VMS_SESSION_KEY: "canary-key" });
  expect([malformed.exit, malformed.stderr]).toEqual([2, expect.stringContaining("VMS_SESSION_KEY is not 32 bytes")]);
  expect(malformed.stderr).not.toContain("canary-key");
  expect(await sessions()).toHaveLength(1);
  expect((await profilesIn(dir)).alta).toMatchObject({ saved: "file" });
  await chmod(key, 0o600);
  expect((await vms(["logout"], env)).exit).toBe(0);
  expect(server.sessions).toBe(0);
});

test("the reason is reported if a removed session cannot be read", async () => {
  const { dir, env } = await signedIn();
  await rm(join(dir, "session-key"));
  expect((await vms(["logout"], env)).stderr).toContain("(the key of your sessions");
  const other = await signedIn();
  const [name = ""] = await other.sessions();
  await writeFile(join(other.dir, name), "damaged", { mode: 0o600 });
  const run = await vms(["logout"], other.env);
  expect([run.exit, run.stderr]).toEqual([1, expect.stringMatching(/could not be read \(.+\), so /)]);
  expect(await other.sessions()).toEqual([]);
});

test("missing certificates do not prevent ending a session", async () => {
  const { dir, env, sessions } = await signedIn();
  const path = join(dir, "config.json");
  const config = JSON.parse(await readFile(path, "utf8")) as { profiles: { alta: object } };
  const alta = { ...config.profiles.alta, ca: join(dir, "gone.pem") };
  await writeFile(path, JSON.stringify({ ...config, profiles: { alta } }), { mode: 0o600 });
  const run = await vms(["logout"], env);
  expect([run.exit, run.stderr]).toEqual([0, expect.stringContaining("Signed out")]);
  expect(await sessions()).toEqual([]);
});

test("--all signs out every profile, continues after a failure, and exits with the status of the first failure", async () => {
  const { server, dir, env, sessions } = await signedIn();
  const other = createEagleEyeServer({ account });
  const args = ["login", "eagleeye", "--url", await served(other), "-u", account.username, "--password-stdin"];
  expect((await vms(args, env, account.password)).exit).toBe(0);
  server.script({ status: 503, times: 20 });
  const run = await vms(["logout", "--all", "--forget"], env);
  expect(run.exit).toBe(5);
  expect(run.stderr).toContain("the session was not ended at Avigilon Alta Video");
  expect(run.stderr).toContain("Signed out of Eagle Eye Networks");
  expect(await sessions()).toEqual([]);
  expect(await profilesIn(dir)).toEqual({});
  expect((await vms(["logout", "--all"], env)).exit).toBe(0);
});

test("reports that the vendor has no sign-out", async () => {
  const server = createAdminTokenServer({ account });
  const env = environment(await home());
  const args = ["login", "admin-token", "--url", await served(server), "-u", account.username, "--password-stdin"];
  expect((await vms(args, env, account.password)).exit).toBe(0);
  const run = await vms(["logout"], env);
  expect([run.exit, run.stderr]).toEqual([
    0,
    expect.stringContaining("The vendor has no sign-out: the session expires at "),
  ]);
});

test("a profile keeps its position when it is signed out", async () => {
  const { dir, env } = await signedIn();
  const { alta } = await profilesIn(dir);
  const config = JSON.parse(await readFile(join(dir, "config.json"), "utf8")) as object;
  const profiles = { first: alta, alta, last: alta };
  await writeFile(join(dir, "config.json"), JSON.stringify({ ...config, profiles }), { mode: 0o600 });
  expect((await vms(["logout", "first"], env)).exit).toBe(0);
  expect(Object.keys(await profilesIn(dir))).toEqual(["first", "alta", "last"]);
});

test("requires a profile if there are several", async () => {
  const { dir, env } = await signedIn();
  const url = String((await profilesIn(dir)).alta?.url);
  const args = ["login", "alta", "-p", "second", "--url", url, "-u", account.username];
  expect((await vms(args, env)).stderr).toContain("Already signed in");
  const run = await vms(["logout"], env);
  expect([run.exit, run.stderr]).toEqual([2, expect.stringContaining("more than one")]);
  expect((await vms(["logout", "alta", "--all"], env)).exit).toBe(2);
});
