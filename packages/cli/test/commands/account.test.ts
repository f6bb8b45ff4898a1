import { createAltaServer, createEagleEyeServer } from "@vms/simulator";
import { expect, test } from "vitest";
import { environment, home, vms } from "../support/run-vms.ts";
import { profilesIn, served } from "../support/simulated-vendors.ts";

const account = { username: "night@acme.example", password: "quiet-harbour-31" };
const OTHER = "00061987";

async function eagleEye() {
  const server = createEagleEyeServer({ account });
  const dir = await home();
  const env = environment(dir, { VMS_EAGLEEYE_PASSWORD: account.password });
  const run = await vms(["login", "eagleeye", "--url", await served(server), "-u", account.username], env);
  expect(run.exit).toBe(0);
  return { server, dir, env };
}

test("creates a profile with its own session, and keeps the other one", async () => {
  const { server, dir, env } = await eagleEye();
  const run = await vms(["account", "eagleeye", OTHER], env);
  expect([run.exit, run.stdout]).toEqual([0, ""]);
  expect(run.stderr).toContain(`account ${OTHER}`);
  expect(await profilesIn(dir)).toMatchObject({
    eagleeye: { username: account.username },
    [`eagleeye-${OTHER}`]: { username: account.username, options: { account: OTHER } },
  });
  expect((await profilesIn(dir)).eagleeye).not.toHaveProperty("options");
  expect([server.logins, server.sessions]).toEqual([2, 2]);
  expect((await vms(["status", "--check"], env)).exit).toBe(0);
  const status = await vms(["status", `eagleeye-${OTHER}`], env);
  expect(status.stdout).toContain(`${account.username} (${OTHER})`);
});

test("uses the account's stored session, whichever profile it is requested from", async () => {
  const { server, dir, env } = await eagleEye();
  await vms(["account", "eagleeye", OTHER], env);
  const again = await vms(["account", `eagleeye-${OTHER}`, OTHER], env);
  expect([again.exit, again.stderr]).toEqual([0, expect.stringContaining("Already signed in")]);
  expect(server.logins).toBe(2);
  expect(Object.keys(await profilesIn(dir))).toHaveLength(2);
});

test("uses the given profile name", async () => {
  const { dir, env } = await eagleEye();
  expect((await vms(["account", "eagleeye", OTHER, "--profile", "harbour"], env)).exit).toBe(0);
  expect(await profilesIn(dir)).toMatchObject({ harbour: { options: { account: OTHER } } });
  const taken = await vms(["account", "harbour", "00061203", "--profile", "eagleeye"], env);
  expect([taken.exit, taken.stderr]).toEqual([2, expect.stringContaining("another account")]);
});

test("an account that the vendor does not know creates no profile", async () => {
  const { server, dir, env } = await eagleEye();
  const run = await vms(["account", "eagleeye", "99999999"], env);
  expect([run.exit, run.stderr]).toEqual([3, expect.stringContaining("vms api eagleeye g/account/list")]);
  expect(run.stderr).not.toContain("`");
  expect(Object.keys(await profilesIn(dir))).toEqual(["eagleeye"]);
  expect(server.sessions).toBe(1);
});

test("the hint to list the accounts names the original profile, whatever its name", async () => {
  const { env } = await eagleEye();
  expect((await vms(["account", "eagleeye", OTHER, "--profile", "harbour"], env)).exit).toBe(0);
  const run = await vms(["account", "harbour", "99999999"], env);
  expect([run.exit, run.stderr]).toEqual([
    3,
    expect.stringMatching(/To list them: vms api harbour g\/account\/list\n$/),
  ]);
});

test("other vendors have no accounts to choose from", async () => {
  const server = createAltaServer({ account });
  const env = environment(await home());
  const args = ["login", "alta", "--url", await served(server), "-u", account.username, "--password-stdin"];
  await vms(args, env, account.password);
  const run = await vms(["account", "alta", OTHER], env);
  expect([run.exit, run.stderr]).toEqual([2, expect.stringContaining("Avigilon Alta Video has no accounts")]);
});
