import { expect, test } from "vitest";
import { listening, rawCall, servedVendor, sessionAt, WRONG_PASSWORD } from "./feature-support.ts";

test("/ready needs no token, and shows no details without it", async () => {
  const at = await servedVendor();
  const { call, url, port } = await listening({ sessions: { acme: sessionAt(at, { lifetime: 3_600_000 }) } });
  const first = await fetch(`${url}/ready`);
  expect([first.status, await first.text()]).toEqual([503, "not ready\n"]);
  // Callers without the token could hold connections otherwise.
  expect(first.headers.get("connection")).toBe("close");
  // The probe has started the login.
  await expect.poll(async () => (await fetch(`${url}/ready`)).status).toBe(200);
  expect(await (await fetch(`${url}/ready`)).text()).toBe("ready\n");
  expect(at.simulator.logins).toBe(1);
  expect(await (await call("/ready")).json()).toEqual({
    ready: true,
    sessions: { acme: { ready: true, state: "live", expiresInSeconds: expect.any(Number) } },
  });
  const head = await fetch(`${url}/ready`, { method: "HEAD" });
  expect([head.status, await head.text()]).toEqual([200, ""]);
  expect((await fetch(`${url}/ready`, { method: "POST" })).status).toBe(405);
  expect((await rawCall(port, "/ready", { host: "evil.example" })).status).toBe(403);
  expect((await fetch(`${url}/ready`, { headers: { authorization: "Bearer wrong" } })).status).toBe(200);
});

test("a session with a rejected password is not ready, and the password is reported once and sent once", async () => {
  const at = await servedVendor();
  const failures: string[] = [];
  const { call, url } = await listening({
    session: sessionAt(at, WRONG_PASSWORD),
    onFailure: ({ code }, name) => failures.push(`${name} ${code}`),
  });
  for (let probe = 0; probe < 5; probe++) {
    expect((await fetch(`${url}/ready`)).status).toBe(503);
    await expect.poll(() => failures.length).toBe(1);
  }
  expect(failures).toEqual(["alta invalid_credentials"]);
  expect(at.simulator.loginAttempts).toBe(1);
  const details = await call("/ready");
  expect([details.status, await details.json()]).toEqual([
    503,
    { ready: false, sessions: { alta: { ready: false, state: "signed_out", lastFailure: "invalid_credentials" } } },
  ]);
});

test("an error of the program's `credentials` has a code, which `describeError` can change", async () => {
  const at = await servedVendor();
  const credentials = () => Promise.reject(new Error("canary of a vault"));
  for (const code of ["program_error", "vault_sealed"]) {
    const { call } = await listening({
      session: sessionAt(at, { credentials }),
      describeError: (_error, _name, response) => ({
        ...response,
        code: code === "program_error" ? response.code : code,
      }),
    });
    const status = async () => (await (await call("/ready")).json()).sessions.alta;
    const failed = await call("/api/v1/me");
    expect([failed.status, failed.headers.get("vms-proxy-error")]).toEqual([502, code]);
    expect(await failed.text()).not.toContain("canary");
    await expect.poll(status).toEqual({ ready: false, state: "signed_out", lastFailure: code });
    expect(await (await call("/metrics")).text()).toMatch(
      new RegExp(`vms_proxy_login_failures_total\\{session="alta",code="${code}"\\} \\d`),
    );
  }
  expect(at.simulator.loginAttempts).toBe(0);
});

test("/ready responds with 200 as long as one session can be used", async () => {
  const [good, bad] = [await servedVendor(), await servedVendor()];
  const failed = { error: new Error("made up") };
  const sessions = { good: sessionAt(good), bad: sessionAt(bad, WRONG_PASSWORD), failed };
  const { call, url } = await listening({ sessions });
  await expect.poll(async () => (await fetch(`${url}/ready`)).status).toBe(200);
  await expect.poll(async () => (await (await call("/ready")).json()).sessions.bad.lastFailure).toBeDefined();
  expect(await (await call("/ready")).json()).toMatchObject({
    ready: true,
    sessions: {
      good: { ready: true, state: "live" },
      bad: { ready: false, lastFailure: "invalid_credentials" },
      failed: { ready: false, state: "failed", lastFailure: "program_error" },
    },
  });
});

test("a session that was signed out is not ready and stays signed out", async () => {
  const at = await servedVendor();
  const session = sessionAt(at);
  const { url } = await listening({ session });
  await session.login();
  expect((await fetch(`${url}/ready`)).status).toBe(200);
  await session.logout();
  for (let probe = 0; probe < 2; probe++) expect((await fetch(`${url}/ready`)).status).toBe(503);
  expect(session.health.state).toBe("closed");
  expect(at.simulator.logins).toBe(1);
});

test("with `endpoints: false`, /ready and /metrics are the vendor's", async () => {
  const at = await servedVendor({ "/ready": (_, response) => response.end("the vendor's") });
  const { call, url } = await listening({ session: sessionAt(at), endpoints: false });
  expect((await fetch(`${url}/ready`)).status).toBe(401);
  expect(await (await call("/ready")).text()).toBe("the vendor's");
  expect((await call("/metrics")).status).toBe(404);
  expect(at.simulator.requests.at(-1)?.path).toBe("/metrics");
});

test("paths that only begin like an endpoint, and those below a name, are the vendor's", async () => {
  const answer = (_: unknown, response: { end(text: string): void }) => response.end("the vendor's");
  const at = await servedVendor({ "/ready/now": answer, "/readiness": answer, "/ready": answer });
  const one = await listening({ session: sessionAt(at) });
  for (const path of ["/ready/now", "/readiness"]) expect(await (await one.call(path)).text()).toBe("the vendor's");
  const { call } = await listening({ sessions: { acme: sessionAt(at) } });
  expect(await (await call("/acme/ready")).text()).toBe("the vendor's");
});
