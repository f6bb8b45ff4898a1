import { createAltaServer } from "@vms/simulator";
import { expect, test } from "vitest";
import { altaWorld, PROFILE, type World, worldOf, writeProfiles } from "../support/profile-fixture.ts";
import { startVms, vms } from "../support/run-vms.ts";

/** Starts `vms proxy --json`, and waits until it serves. */
async function started({ env }: Pick<World, "env">, args: readonly string[]) {
  const run = startVms(["proxy", "--json", ...args], env);
  await run.prints(/\n/);
  const { url, token, profiles } = JSON.parse(run.stdout()) as {
    url: string;
    token: string;
    profiles?: Record<string, string>;
  };
  const headers = { authorization: `Bearer ${token}` };
  const call = (path: string) => fetch(url + path, { headers });
  return { ...run, url, token, profiles, call };
}

/** Two profiles at the same vendor, and one whose certificates are missing. */
async function severalProfiles() {
  const world = await altaWorld();
  const { username } = world.server.account;
  const profile = { vendor: "alta", username, url: world.url };
  await writeProfiles(world.home, {
    [PROFILE]: profile,
    "ops@acme": profile,
    broken: { ...profile, ca: "/nonexistent/ca.pem" },
  });
  return world;
}

test("--all serves every profile below its name, also one that cannot be opened", async () => {
  const proxy = await started(await severalProfiles(), ["--all"]);
  const { url } = proxy;
  expect(proxy.profiles).toEqual({
    acme: `${url}/acme`,
    "ops@acme": `${url}/ops@acme`,
    broken: `${url}/broken`,
  });
  for (const name of ["acme", "ops@acme"]) expect((await proxy.call(`/${name}/api/v1/me`)).status).toBe(200);
  const broken = await proxy.call("/broken/api/v1/me");
  expect([broken.status, broken.headers.get("vms-proxy-error")]).toEqual([500, "invalid_options"]);
  expect(await broken.text()).toBe(
    "vms proxy: there is no certificate file /nonexistent/ca.pem.\nSign in again with --ca and the right path.\n",
  );
  expect(proxy.stderr()).toMatch(/broken: there is no certificate file \/nonexistent\/ca\.pem/);
  expect(proxy.stderr()).toMatch(/acme: signed in as/);
  expect((await fetch(`${url}/ready`)).status).toBe(200);
});

test("several names serve these profiles, and an unknown name is reported at the start", async () => {
  const world = await severalProfiles();
  const proxy = await started(world, ["acme", "ops@acme"]);
  expect(Object.keys(proxy.profiles ?? {})).toEqual(["acme", "ops@acme"]);
  expect((await proxy.call("/broken/x")).status).toBe(404);
  const run = await vms(["proxy", "acme", "other"], world.env);
  expect(run).toMatchObject({ exit: 2, stdout: "" });
  expect(run.stderr).toMatch(/there is no profile "other"/);
});

test("one name is served at /, and --all with one profile below its name", async () => {
  const world = await altaWorld();
  const one = await started(world, [PROFILE]);
  expect(one.profiles).toBeUndefined();
  expect((await one.call("/api/v1/me")).status).toBe(200);
  const metrics = await (await one.call("/metrics")).text();
  expect(metrics).toContain('vms_proxy_requests_total{session="acme",method="GET",status="200"} 1');
  const all = await started(world, ["--all"]);
  expect(all.profiles).toEqual({ acme: `${all.url}/acme` });
  expect((await all.call("/acme/api/v1/me")).status).toBe(200);
});

test("the list of profiles fits 80 columns and can be used as it is", async () => {
  const world = await altaWorld();
  const { username } = world.server.account;
  const profile = { vendor: "alta", username, url: world.url };
  const long = { ...profile, username: `${"very.long.name.".repeat(4)}@acme.example` };
  await writeProfiles(world.home, { acme: profile, other: long, "a-profile-with-a-name-of-some-length": profile });
  const run = startVms(["proxy", "--all"], world.env);
  await run.prints(/\n\n$/);
  const list = run.stdout();
  expect(list).toMatch(/^3 profiles are served until Ctrl-C:\n\nURL +ACCOUNT\n/);
  for (const line of list.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  const header = /Header:\n +Authorization: (Bearer \S+)/.exec(list)?.[1] ?? "";
  const url = /^(http\S+\/acme) +\S+$/m.exec(list)?.[1] ?? "";
  expect((await fetch(`${url}/api/v1/me`, { headers: { authorization: header } })).status).toBe(200);
  expect(list).toContain(`\n  curl -H @vms-header '${url}/api/v1/alarmZones'\n`);
  const page = /Browser:\n +<URL>(\S+)/.exec(list)?.[1] ?? "";
  expect((await fetch(url + page, { redirect: "manual" })).status).toBe(303);
});

test.each([
  [["--all", "acme"], /--all serves every profile/],
  [["--vendor", "alta", "acme"], /--vendor takes the account from the environment/],
  [["--vendor", "alta", "--all"], /--vendor takes the account from the environment/],
  [["acme", "--option", "timeout=1s"], /--option is for --vendor/],
  [["acme", "--allow-http"], /--allow-http is for --vendor/],
  [["--vendor", "nobody"], /there is no vendor "nobody"/],
  [["acme", "--allow-host", "http://x"], /--allow-host takes a host name/],
  [["acme", "--no-token", "--authorization"], /would give the credential/],
  [["acme", "--no-token", "--token-file", "x"], /contradict/],
])("%j is refused", async (args, message) => {
  const run = await vms(["proxy", ...args], (await altaWorld()).env);
  expect(run).toMatchObject({ exit: 2, stdout: "" });
  expect(run.stderr).toMatch(message);
});

test("a profile named ready cannot be served beside others, but alone", async () => {
  const world = await worldOf(createAltaServer());
  const { username } = world.server.account;
  const profile = { vendor: "alta", username, url: world.url };
  await writeProfiles(world.home, { acme: profile, ready: profile });
  const run = await vms(["proxy", "--all"], world.env);
  expect(run).toMatchObject({ exit: 2, stdout: "" });
  expect(run.stderr).toMatch(/\/ready is the proxy's own/);
  expect((await (await started(world, ["ready"])).call("/api/v1/me")).status).toBe(200);
});

test("if no profile can be opened, the command fails as for one", async () => {
  const world = await severalProfiles();
  const run = await vms(["proxy", "broken"], world.env);
  expect(run).toMatchObject({ exit: 2, stdout: "" });
  expect(run.stderr).toMatch(/there is no certificate file \/nonexistent\/ca\.pem/);
});

test("--authorization serves the credential to programs with the token", async () => {
  const proxy = await started(await severalProfiles(), ["acme", "ops@acme", "--authorization"]);
  const { url, headers } = await (await proxy.call("/acme/authorization")).json();
  const direct = await fetch(new URL("api/v1/me", url), { headers: { ...headers, "user-agent": "test" } });
  expect(direct.status).toBe(200);
  expect((await fetch(`${proxy.url}/acme/authorization`)).status).toBe(401);
});
