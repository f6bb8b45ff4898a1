import { createAltaServer } from "@vms/simulator";
import { expect, test } from "vitest";
import { environment, home, vms } from "../support/run-vms.ts";
import { served } from "../support/simulated-vendors.ts";

const account = { username: "night@acme.example", password: "quiet-harbour-31" };

async function signedIn() {
  const server = createAltaServer({ account });
  const env = environment(await home());
  const args = ["login", "alta", "--url", await served(server), "-u", account.username, "--password-stdin"];
  expect((await vms(args, env, account.password)).exit).toBe(0);
  return { server, env };
}

test("replaces a valid session with a new one", async () => {
  const { server, env } = await signedIn();
  const run = await vms(["renew", "alta", "--password-stdin"], env, account.password);
  expect([run.exit, run.stderr]).toEqual([0, expect.stringContaining("Signed in to Avigilon Alta Video")]);
  expect(server.logins).toBe(2);
  const byVariable = await vms(["renew"], { ...env, VMS_ALTA_PASSWORD: account.password });
  expect(byVariable.exit).toBe(0);
  expect(server.logins).toBe(3);
});

test("says how to pass a password if none is known and nobody can be asked, and keeps the session", async () => {
  const { server, env } = await signedIn();
  const run = await vms(["renew", "alta"], env);
  expect([run.exit, run.stderr]).toEqual([2, expect.stringContaining("VMS_ALTA_PASSWORD")]);
  expect((await vms(["status", "--check"], env)).exit).toBe(0);
  expect(server.logins).toBe(1);
});

test("keeps the session if the password is wrong", async () => {
  const { server, env } = await signedIn();
  const run = await vms(["renew", "--password-stdin"], env, "wrong-made-up");
  expect([run.exit, run.stderr]).toEqual([3, expect.stringContaining("the password on standard input")]);
  expect(run.stderr).not.toContain("wrong-made-up");
  expect((await vms(["status", "--check"], env)).exit).toBe(0);
  expect(server.loginAttempts).toBe(2);
});

test("requires an existing profile", async () => {
  const env = environment(await home());
  expect((await vms(["renew"], env)).exit).toBe(2);
  expect((await vms(["renew", "nobody"], env)).exit).toBe(2);
});
