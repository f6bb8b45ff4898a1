import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createAltaServer } from "@vms/simulator";
import { expect, test } from "vitest";
import { hasTerminals, vmsInTerminal } from "../support/run-in-terminal.ts";
import { environment, home, vms, vmsProcess } from "../support/run-vms.ts";
import { leftoversIn, profilesIn, served } from "../support/simulated-vendors.ts";

const account = { username: "night@acme.example", password: "quiet-harbour-31" };
const TEN = Array.from({ length: 10 }, (_, index) => index);

test("ten processes with a new profile sign in once", { timeout: 120_000 }, async () => {
  const server = createAltaServer({ account });
  const dir = await home();
  const env = environment(dir, {
    VMS_ALTA_URL: await served(server),
    VMS_ALTA_USERNAME: account.username,
    VMS_ALTA_PASSWORD: account.password,
  });
  const runs = await Promise.all(TEN.map(() => vmsProcess(["login", "alta"], env)));
  expect(runs.map(({ exit }) => exit)).toEqual(TEN.map(() => 0));
  expect([server.logins, server.loginAttempts, server.sessions]).toEqual([1, 1, 1]);
  expect(Object.keys(await profilesIn(dir))).toEqual(["alta"]);
  expect(await leftoversIn(dir)).toEqual([]);
});

test("ten processes that create ten profiles lose none and create one key", { timeout: 120_000 }, async () => {
  const server = createAltaServer({ account });
  const users = TEN.map((index) => ({ username: `user${index}@acme.example`, password: `made-up-word-${index}` }));
  for (const user of users) server.addAccount(user);
  const url = await served(server);
  const dir = await home();
  const env = environment(dir);
  const login = ({ username, password }: (typeof users)[number], ...more: string[]) =>
    vmsProcess(
      ["login", "alta", "--url", url, "-u", username, "-p", username, "--password-stdin", ...more],
      env,
      password,
    );
  const saving = ["--save-credentials", "--insecure-storage"];
  const runs = await Promise.all(users.map((user) => login(user, ...saving)));
  expect(runs.map(({ exit }) => exit)).toEqual(TEN.map(() => 0));
  expect(Object.keys(await profilesIn(dir)).sort()).toEqual(users.map(({ username }) => username));
  const passwords = JSON.parse(await readFile(join(dir, "credentials.json"), "utf8")) as Record<string, string>;
  expect(Object.values(passwords).sort()).toEqual(users.map(({ password }) => password));
  // Each session can be read with the remaining key.
  const status = await vms(["status", "--json"], env);
  expect(status.exit).toBe(0);
  expect(JSON.parse(status.stdout)).toHaveLength(10);
  expect(server.logins).toBe(10);
  expect(await leftoversIn(dir)).toEqual([]);
});

test("if two processes create one profile for two accounts, the later one fails", async () => {
  const server = createAltaServer({ account });
  server.addAccount({ username: "day@acme.example", password: "paper-lantern-77" });
  const url = await served(server);
  const dir = await home();
  const env = environment(dir, { VMS_ALTA_URL: url });
  const args = ["login", "alta", "--password-stdin", "-u"];
  const held = Promise.withResolvers<void>();
  const isHeld = Promise.withResolvers<void>();
  server.script({
    when: ({ path }) => {
      if (!path.endsWith("dologin")) return false;
      isHeld.resolve();
      return true;
    },
    delay: held.promise,
  });
  const first = vmsProcess([...args, account.username], env, account.password);
  await isHeld.promise;
  const second = await vmsProcess([...args, "day@acme.example"], env, "paper-lantern-77");
  held.resolve();
  const late = await first;
  expect(second.exit).toBe(0);
  expect(late.exit).toBe(1);
  expect(late.stderr).toContain("--profile <name>");
  expect(await profilesIn(dir)).toMatchObject({ alta: { username: "day@acme.example" } });
});

test.runIf(hasTerminals)("waits for another vms that is signing in to the same account, and reports that", async () => {
  const server = createAltaServer({ account });
  const env = environment(await home(), {
    VMS_ALTA_URL: await served(server),
    VMS_ALTA_USERNAME: account.username,
    VMS_ALTA_PASSWORD: account.password,
  });
  const held = Promise.withResolvers<void>();
  const isHeld = Promise.withResolvers<void>();
  server.script({
    when: ({ path }) => {
      if (path.endsWith("dologin")) isHeld.resolve();
      return path.endsWith("dologin");
    },
    delay: held.promise,
  });
  const first = vmsProcess(["login", "alta"], env);
  await isHeld.promise;
  const second = vmsInTerminal(["login", "alta"], env);
  await second.shows("Another vms is signing in to this account");
  held.resolve();
  await second.shows("Another vms has just signed in to Avigilon Alta Video");
  expect([(await first).exit, await second.ended()]).toEqual([0, 0]);
  expect(server.logins).toBe(1);
});
