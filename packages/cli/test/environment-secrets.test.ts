import { chmod } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { createAltaServer, createEagleEyeServer } from "@vms/simulator";
import { expect, test } from "vitest";
import { altaWorld, PROFILE, worldOf, writeProfiles } from "./support/profile-fixture.ts";
import { vms } from "./support/run-vms.ts";
import { served } from "./support/simulated-vendors.ts";

const ZONES = "api/v1/alarmZones";
const ACCOUNT = { username: "operator", password: "made-up-password" };

test("the environment's password is not sent to a URL that the environment does not name", async () => {
  const { server, url, env } = await altaWorld();
  for (const other of ["https://acme.example", `${url}/elsewhere`, "not a url"]) {
    const run = await vms(["api", PROFILE, ZONES], { ...env, VMS_ALTA_URL: other });
    expect(run.exit).toBe(3);
    expect(run.stderr).toContain("VMS_ALTA_PASSWORD is not used here: VMS_ALTA_URL names another URL.");
  }
  expect(server.loginAttempts).toBe(0);
  const same = url.replace("http:", "HTTP:");
  expect((await vms(["api", PROFILE, ZONES], { ...env, VMS_ALTA_URL: `${same}/` })).exit).toBe(0);
});

test("the environment's password for a vendor's only host is not sent to another host", async () => {
  const { server, env } = await worldOf(createEagleEyeServer());
  const own = { ...env, VMS_EAGLEEYE_URL: "https://login.eagleeyenetworks.com" };
  expect((await vms(["token", PROFILE], own)).exit).toBe(3);
  expect(server.loginAttempts).toBe(0);
});

test("the environment's API key is not sent to a URL that the environment does not name", async () => {
  const { server, url, env } = await worldOf(createEagleEyeServer({ apiKey: "made-up-key" }));
  const { password } = server.account;
  const keyed = { ...env, VMS_EAGLEEYE_API_KEY: "made-up-key" };
  const elsewhere = { ...keyed, VMS_EAGLEEYE_URL: "https://login.eagleeyenetworks.com" };
  const login = ["login", "eagleeye", "--profile", PROFILE, "--password-stdin", "--url", url];
  expect((await vms([...login, "-u", server.account.username], elsewhere, password)).exit).not.toBe(0);
  expect(server.logins).toBe(0);
  expect((await vms([...login, "-u", server.account.username], keyed, password)).exit).toBe(0);
});

test("the environment's codes are used only for the user and the URL that it names", async () => {
  const secret = "JBSWY3DPEHPK3PXP";
  const { server, url, env } = await worldOf(createAltaServer({ account: { ...ACCOUNT, totpSecret: secret } }));
  const login = ["login", "alta", "--profile", PROFILE, "--password-stdin", "--url", url, "-u", ACCOUNT.username];
  const own = { ...env, VMS_ALTA_TOTP: secret };
  for (const other of [{ VMS_ALTA_URL: "https://acme.example" }, { VMS_ALTA_USERNAME: "somebody-else" }]) {
    expect((await vms(login, { ...own, ...other }, ACCOUNT.password)).exit).toBe(3);
  }
  expect(server.sessions).toBe(0);
  expect((await vms(login, own, ACCOUNT.password)).exit).toBe(0);
});

test("a login says why the environment's password is not sent", async () => {
  const { server, url, env } = await altaWorld();
  const { username } = server.account;
  const login = ["login", "alta", "--url", url, "-u", username];
  const byUser = await vms(login, { ...env, VMS_ALTA_USERNAME: "somebody-else" });
  expect(byUser).toMatchObject({ exit: 2, stderr: expect.stringContaining("VMS_ALTA_USERNAME names another user.") });
  const byUrl = await vms(login, { ...env, VMS_ALTA_URL: await served(createAltaServer()) });
  expect(byUrl).toMatchObject({ exit: 2, stderr: expect.stringContaining("VMS_ALTA_URL names another URL.") });
  expect(`${byUser.stderr}${byUrl.stderr}`).not.toContain("Set VMS_ALTA_PASSWORD");
  expect(server.loginAttempts).toBe(0);
});

test("after a rejection, only variables that are set are named", async () => {
  const { server, url, env } = await altaWorld();
  const { username } = server.account;
  const wrong = { ...env, VMS_ALTA_PASSWORD: "made-up-wrong" };
  const alone = await vms(["login", "alta", "--url", url, "-u", username], wrong);
  expect(alone).toMatchObject({ exit: 3, stderr: expect.stringContaining("\nCorrect VMS_ALTA_PASSWORD.") });
  const both = await vms(["login", "alta", "--url", url], { ...wrong, VMS_ALTA_USERNAME: username });
  expect(both.stderr).toContain("\nCorrect VMS_ALTA_USERNAME or VMS_ALTA_PASSWORD.");
});

test("an invalid authenticator secret is reported by its variable, not by its value", async () => {
  const { url, env, server } = await altaWorld();
  for (const args of [
    ["api", PROFILE, ZONES],
    ["login", "alta", "--url", url, "-u", server.account.username],
  ]) {
    const run = await vms(args, { ...env, VMS_ALTA_TOTP: "canary-0189!" });
    expect([run.exit, run.stderr]).toEqual([
      2,
      expect.stringMatching(/^vms: VMS_ALTA_TOTP: the TOTP secret must be base32/),
    ]);
    expect(run.stderr).not.toMatch(/canary|config\.json|`/);
  }
});

test.skipIf(process.platform === "win32")("a call says why the stored session cannot be used", async () => {
  const { home, env, envWithoutPassword } = await altaWorld();
  expect((await vms(["api", PROFILE, ZONES], env)).exit).toBe(0);
  const other = { ...envWithoutPassword, VMS_SESSION_KEY: Buffer.alloc(32, 1).toString("base64") };
  for (const args of [
    ["api", PROFILE, ZONES],
    ["exec", PROFILE, "--", "true"],
    ["token", PROFILE],
    ["export", PROFILE, "-f", "json"],
  ]) {
    const run = await vms(args, other);
    expect([run.exit, run.stderr]).toEqual([3, expect.stringContaining("the stored value cannot be decrypted.")]);
    expect(run.stderr).toContain("Sign in again: vms login alta --profile acme");
  }
  await chmod(join(home, "cli-sessions"), 0o777);
  const open = await vms(["api", PROFILE, ZONES], envWithoutPassword);
  expect([open.exit, open.stderr]).toEqual([3, expect.stringContaining("chmod 700")]);
  expect(open.stderr).not.toMatch(/fileStore|@vms|in memory/);
});

test("a URL without TLS in the configuration is reported with the command that allows it", async () => {
  const { home, env } = await altaWorld();
  await writeProfiles(home, { [PROFILE]: { vendor: "alta", username: "anna", url: "http://acme.example" } });
  const run = await vms(["api", PROFILE, ZONES], env);
  expect([run.exit, run.stderr]).toEqual([
    2,
    expect.stringContaining("If you trust the network: vms login alta --profile acme --allow-http"),
  ]);
  expect(run.stderr).not.toContain("or give --allow-http");
});
