import { createAltaServer, createEagleEyeServer } from "@vms/simulator";
import { expect, test } from "vitest";
import { altaWorld, PROFILE, worldOf } from "./api-world.ts";
import { served } from "./login-vendor.ts";
import { vms } from "./run.ts";

const ZONES = "api/v1/alarmZones";

test("a password of the environment is not sent to another URL than the environment names", async () => {
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

test("a password of the environment for a vendor's one host is not sent to another", async () => {
  const { server, env } = await worldOf(createEagleEyeServer());
  const own = { ...env, VMS_EAGLEEYE_URL: "https://login.eagleeyenetworks.com" };
  expect((await vms(["token", PROFILE], own)).exit).toBe(3);
  expect(server.loginAttempts).toBe(0);
});

test("a login says why the password of the environment is not sent", async () => {
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

test("where a password is refused, only variables that are set are told to be corrected", async () => {
  const { server, url, env } = await altaWorld();
  const { username } = server.account;
  const wrong = { ...env, VMS_ALTA_PASSWORD: "made-up-wrong" };
  const alone = await vms(["login", "alta", "--url", url, "-u", username], wrong);
  expect(alone).toMatchObject({ exit: 3, stderr: expect.stringContaining("\nCorrect VMS_ALTA_PASSWORD.") });
  const both = await vms(["login", "alta", "--url", url], { ...wrong, VMS_ALTA_USERNAME: username });
  expect(both.stderr).toContain("\nCorrect VMS_ALTA_USERNAME or VMS_ALTA_PASSWORD.");
});
