import { createAdminTokenServer, createAltaServer, createEagleEyeServer, type VendorServer } from "@vms/simulator";
import { expect, test } from "vitest";
import { environment, home, type Run, vms } from "../support/run-vms.ts";
import { served } from "../support/simulated-vendors.ts";

const account = { username: "night@acme.example", password: "quiet-harbour-31" };

async function worldOf(server: VendorServer) {
  const env = environment(await home());
  const login = ["login", server.vendor, "--url", await served(server), "-u", account.username, "--password-stdin"];
  return { server, env, login: (...more: string[]) => vms([...login, ...more], env, account.password) };
}

function parsed({ exit, stdout, stderr }: Run): unknown {
  expect([exit, stderr]).toEqual([0, ""]);
  expect(stdout).not.toContain(account.password);
  return JSON.parse(stdout);
}

test("login, renew and account print what status prints and whether they signed in, and nothing else", async () => {
  const { server, env, login } = await worldOf(createEagleEyeServer({ account }));
  const one = parsed(await login("--json"));
  expect(one).toMatchObject({ profile: "eagleeye", account: account.username, signedIn: true, newSession: true });
  const [status] = parsed(await vms(["status", "--json"], env)) as object[];
  expect(one).toEqual({ ...status, newSession: true });
  expect(parsed(await login("--json"))).toEqual({ ...status, newSession: false });
  const renewed = await vms(["renew", "--json", "--password-stdin"], env, account.password);
  expect(parsed(renewed)).toMatchObject({ profile: "eagleeye", newSession: true });
  const other = await vms(["account", "eagleeye", "00061987", "--json", "--password-stdin"], env, account.password);
  expect(parsed(other)).toMatchObject({ profile: "eagleeye-00061987", subaccount: "00061987", newSession: true });
  expect(server.logins).toBe(3);
});

test("logout reports the result of each profile", async () => {
  const { env, login } = await worldOf(createAltaServer({ account }));
  await login("--save-credentials", "--insecure-storage");
  const done = {
    profile: "alta",
    vendor: "alta",
    account: account.username,
    wasSignedIn: true,
    forgotten: true,
    endedAtVendor: true,
    livesUntil: null,
    passwordRemoved: true,
    profileRemoved: false,
    alsoEnds: [],
    problem: null,
  };
  expect(parsed(await vms(["logout", "--json"], env))).toEqual([done]);
  const again = { ...done, wasSignedIn: false, endedAtVendor: false, passwordRemoved: false, profileRemoved: true };
  expect(parsed(await vms(["logout", "--all", "--forget", "--json"], env))).toEqual([again]);
  expect(parsed(await vms(["logout", "--all", "--json"], env))).toEqual([]);
});

test("logout reports when a session expires that the vendor does not end", async () => {
  const { env, login } = await worldOf(createAdminTokenServer({ account }));
  await login();
  expect(parsed(await vms(["logout", "--json"], env))).toMatchObject([
    { wasSignedIn: true, forgotten: true, endedAtVendor: false, livesUntil: expect.stringMatching(/^\d{4}-.*Z$/) },
  ]);
});

test("logout reports a failure in its JSON, on standard error, and in its exit status", async () => {
  const { server, env, login } = await worldOf(createAltaServer({ account }));
  await login();
  server.script({ status: 503, times: 20 });
  const run = await vms(["logout", "--json"], env);
  expect([run.exit, run.stderr]).toEqual([5, expect.stringContaining("was not ended at")]);
  expect(JSON.parse(run.stdout)).toMatchObject([
    { forgotten: true, endedAtVendor: false, problem: expect.stringContaining("was not ended at") },
  ]);
});
