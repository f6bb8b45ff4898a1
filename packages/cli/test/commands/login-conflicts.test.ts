import { createAltaServer, createEagleEyeServer } from "@vms/simulator";
import { expect, test } from "vitest";
import { environment, home, vms } from "../support/run-vms.ts";
import { profilesIn, served } from "../support/simulated-vendors.ts";

const first = { username: "anna@acme.example", password: "quiet-harbour-31" };
const second = { username: "boris@acme.example", password: "paper-lantern-77" };

async function twoUsers() {
  const server = createAltaServer({ account: first });
  server.addAccount(second);
  const url = await served(server);
  const dir = await home();
  const env = environment(dir, { VMS_ALTA_URL: url });
  const login = (user: typeof first, ...args: string[]) =>
    vms(["login", "alta", "-u", user.username, "--password-stdin", ...args], env, user.password);
  expect((await login(first)).exit).toBe(0);
  return { server, url, dir, env, login };
}

test("a second account does not replace the first one of the same name", async () => {
  const { server, dir, login } = await twoUsers();
  const run = await login(second);
  expect(run.exit).toBe(2);
  expect(run.stderr).toContain(first.username);
  expect(run.stderr).toContain("--profile <name>");
  expect(server.logins).toBe(1);
  expect(await profilesIn(dir)).toMatchObject({ alta: { username: first.username } });
});

test("a second account gets its own profile next to the first", async () => {
  const { dir, login } = await twoUsers();
  expect((await login(second, "--profile", "boris")).exit).toBe(0);
  expect(await profilesIn(dir)).toMatchObject({
    alta: { username: first.username },
    boris: { username: second.username },
  });
});

test("a profile is replaced if the options name it and everything that changes", async () => {
  const { dir, login } = await twoUsers();
  expect((await login(second, "--profile", "alta")).exit).toBe(0);
  expect(await profilesIn(dir)).toMatchObject({ alta: { username: second.username } });
});

test("an environment variable does not move a named profile to another account", async () => {
  const { dir, env } = await twoUsers();
  const moved = { ...env, VMS_ALTA_USERNAME: second.username, VMS_ALTA_PASSWORD: second.password };
  const run = await vms(["login", "alta", "--profile", "alta"], moved);
  expect(run.exit).toBe(2);
  expect(await profilesIn(dir)).toMatchObject({ alta: { username: first.username } });
});

test("a profile of another vendor is not replaced", async () => {
  const { env } = await twoUsers();
  const run = await vms(["login", "eagleeye", "--profile", "alta"], env);
  expect(run.exit).toBe(2);
  expect(run.stderr).toContain("Avigilon Alta Video");
});

test("another host inherits neither the certificates nor the permission for plain HTTP", async () => {
  const { dir, env, url } = await twoUsers();
  await vms(["login", "alta", "--allow-http"], { ...env, VMS_ALTA_PASSWORD: first.password });
  expect((await profilesIn(dir)).alta).toMatchObject({ options: { allowInsecureHttp: true } });
  const other = createAltaServer({ account: first });
  const args = ["login", "alta", "--profile", "alta", "--url", await served(other), "--password-stdin"];
  expect((await vms(args, environment(dir), first.password)).exit).toBe(0);
  const { alta } = await profilesIn(dir);
  expect(alta?.url).not.toBe(url);
  expect(alta?.options).toBeUndefined();
});

test("each account of an Eagle Eye user has its own profile by default", async () => {
  const server = createEagleEyeServer({ account: first });
  const dir = await home();
  const env = environment(dir, { VMS_EAGLEEYE_URL: await served(server), VMS_EAGLEEYE_PASSWORD: first.password });
  const run = await vms(["login", "eagleeye", "-u", first.username, "--account", "00061987"], env);
  expect([run.exit, run.stderr]).toEqual([0, expect.stringContaining("account 00061987")]);
  expect(await profilesIn(dir)).toMatchObject({ "eagleeye-00061987": { options: { account: "00061987" } } });
});
