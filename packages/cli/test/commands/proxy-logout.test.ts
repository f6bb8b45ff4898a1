import { expect, test } from "vitest";
import { altaWorld, PROFILE } from "../support/profile-fixture.ts";
import { startVms, vms } from "../support/run-vms.ts";

/** A proxy that serves a stored session and knows no password. The session is then signed out with `vms logout`. */
async function signedOutMeanwhile() {
  const world = await altaWorld();
  expect((await world.run(["api", PROFILE, "api/v1/me"])).exit).toBe(0);
  const env = world.envWithoutPassword;
  const proxy = startVms(["proxy", PROFILE, "--json"], env);
  await proxy.prints(/\n/);
  const { url, token } = JSON.parse(proxy.stdout()) as { url: string; token: string };
  const call = (path: string) => fetch(url + path, { headers: { authorization: `Bearer ${token}` } });
  expect((await call("/api/v1/me")).status).toBe(200);
  const logout = await vms(["logout", PROFILE], env);
  expect([logout.exit, logout.stderr]).toEqual([0, expect.stringContaining("Signed out of")]);
  const refused = await call("/api/v1/me");
  expect([refused.status, refused.headers.get("vms-proxy-error")]).toEqual([401, "not_signed_in"]);
  expect(await refused.text()).toContain(`the profile "${PROFILE}" is not signed in.`);
  return { env, call };
}

test("a profile that is signed out while a proxy serves it stays signed out, even after a call through the proxy", async () => {
  const { env } = await signedOutMeanwhile();
  const status = await vms(["status", "--json"], env);
  expect(JSON.parse(status.stdout)).toMatchObject([{ state: "not-signed-in", signedIn: false }]);
  for (const args of [
    ["logout", PROFILE],
    ["logout", PROFILE],
    ["logout", "--all"],
  ]) {
    const again = await vms(args, env);
    expect([again.exit, again.stderr]).toEqual([0, `${PROFILE} was not signed in.\n`]);
  }
});

test("/ready says that a served profile is not signed in", async () => {
  const { call } = await signedOutMeanwhile();
  const ready = await call("/ready");
  expect([ready.status, await ready.json()]).toEqual([
    503,
    { ready: false, sessions: { [PROFILE]: { ready: false, state: "signed_out", lastFailure: "not_signed_in" } } },
  ]);
});
