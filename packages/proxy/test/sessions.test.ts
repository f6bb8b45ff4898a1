import { once } from "node:events";
import { createServer } from "node:net";
import { createAlertSiteSession } from "@vms/alertsite";
import { createEagleEyeSession } from "@vms/eagleeye";
import { createAlertSiteServer, createAltaServer, createEagleEyeServer } from "@vms/simulator";
import { expect, onTestFinished, test, vi } from "vitest";
import { cookieOf } from "./support/cookie.ts";
import { curl } from "./support/curl.ts";
import { account, altaSession, running } from "./support/running.ts";
import { served } from "./support/served.ts";

test("a hundred concurrent requests with an expired session cause one login, and all receive a response", async () => {
  const { server, baseUrl } = await served(createAltaServer({ account }));
  const proxy = await running({ session: altaSession(baseUrl) });
  const call = async () => (await fetch(`${proxy.url}/api/v1/me`, { headers: proxy.bearer })).status;
  expect(await call()).toBe(200);
  for (const logins of [2, 3]) {
    server.revokeAll();
    const statuses = await Promise.all(Array.from({ length: 100 }, call));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(server.logins).toBe(logins);
  }
  expect(proxy.failures).toEqual([]);
});

test("a hundred concurrent first requests cause one login", async () => {
  const { server, baseUrl } = await served(createAltaServer({ account }));
  const proxy = await running({ session: altaSession(baseUrl) });
  const post = { method: "POST", headers: proxy.bearer, body: "small" };
  const statuses = await Promise.all(
    Array.from({ length: 100 }, async () => (await fetch(`${proxy.url}/api/v1/nothing`, post)).status),
  );
  expect(new Set(statuses)).toEqual(new Set([404]));
  expect(server.logins).toBe(1);
});

test("a wrong password is sent once for any number of requests, and is not shown", async () => {
  const { server, baseUrl } = await served(createAltaServer({ account }));
  const credentials = { ...account, password: "canary-of-a-wrong-password" };
  const proxy = await running({ session: altaSession(baseUrl, { credentials }) });
  for (let n = 0; n < 3; n++) {
    const got = await curl(["-H", `Authorization: Bearer ${proxy.token}`, `${proxy.url}/api/v1/me`]);
    expect(got).toMatchObject({ status: 401 });
    expect(got.heads).toMatch(/vms-proxy-error: invalid_credentials/);
    expect(got.text).not.toContain("canary");
  }
  expect(server.loginAttempts).toBe(1);
  expect(JSON.stringify(proxy.failures)).not.toContain("canary");
});

test("a rejection inside a body is noticed even if the client accepts compressed responses", async () => {
  const { server, baseUrl } = await served(createAlertSiteServer({ account }));
  const session = createAlertSiteSession({ baseUrl, credentials: account });
  onTestFinished(() => session.close());
  const proxy = await running({ session: { session, plainBodies: true } });
  const call = () => curl(["--compressed", "-H", `Authorization: Bearer ${proxy.token}`, `${proxy.url}/locations`]);
  expect(await call()).toMatchObject({ status: 200 });
  server.revokeAll();
  const got = await call();
  expect(JSON.parse(got.text).metadata.status).toBe("0");
  expect(server.logins).toBe(2);
  expect(server.requests.at(-1)?.path).toBe("/alertsite-restapi/locations");
  expect(server.requests.at(-1)?.headers.get("accept-encoding")).toBe("identity");
});

test("a redirect does not reveal a credential in the query, and a redirect outside the base path leads to the vendor", async () => {
  const { server, baseUrl } = await served(createAlertSiteServer({ account }));
  const session = createAlertSiteSession({ baseUrl, credentials: account, transport: "query" });
  onTestFinished(() => session.close());
  const proxy = await running({ session: { session, plainBodies: true } });
  const told = async (location: string) => {
    server.script({ status: 301, headers: { location }, when: ({ path }) => path.endsWith("/devices") });
    const { heads } = await curl(["-H", `Authorization: Bearer ${proxy.token}`, `${proxy.url}/devices?x=1`]);
    return /^location: (.*?)\r?$/im.exec(heads)?.[1];
  };
  const { origin } = new URL(baseUrl);
  expect(await told("/alertsite-restapi/devices/?x=1&login=a&session=canary")).toBe(`${proxy.url}/devices/?x=1`);
  expect(await told("/login?session=canary")).toBe(`${origin}/login`);
  expect(await told("../help")).toBe(`${origin}/help`);
  expect(server.requests.at(-1)?.url).toMatch(/\/alertsite-restapi\/devices\?x=1&login=[^&]+&session=[^&]+$/);
});

test("Eagle Eye's calls go to the host that its login names", async () => {
  const { server, baseUrl } = await served(createEagleEyeServer({ account }));
  const session = createEagleEyeSession({ baseUrl, credentials: account });
  onTestFinished(() => session.close());
  const proxy = await running({ session });
  const got = await curl(["-H", `Authorization: Bearer ${proxy.token}`, `${proxy.url}/${server.firstCall}`]);
  expect(got).toMatchObject({ status: 200 });
});

test("a proxy closes at once while a login hangs, and the login ends within its timeout", async () => {
  const silent = createServer((socket) => void socket.on("error", () => {}).resume());
  silent.listen(0, "127.0.0.1");
  await once(silent, "listening");
  onTestFinished(() => void silent.close());
  const { port } = silent.address() as { port: number };
  const session = altaSession(`http://127.0.0.1:${port}`, { timeout: 1_000 });
  const proxy = await running({ session });
  const waiting = fetch(`${proxy.url}/api/v1/me`, { headers: proxy.bearer }).catch(() => "cut off");
  await once(silent, "connection");
  const failed = vi.fn();
  session.on("login_failed", failed);
  await proxy.stop();
  expect(await waiting).toBe("cut off");
  // The vendor's answer would still be remembered, if it is a refusal.
  expect(failed).not.toHaveBeenCalled();
  await session.close();
});

test("a rotated cookie is used from then on", async () => {
  const { server, baseUrl } = await served(createAltaServer({ account, rotate: "end-old" }));
  const proxy = await running({ session: altaSession(baseUrl) });
  for (let n = 0; n < 4; n++) {
    const answer = await fetch(`${proxy.url}/api/v1/me`, { headers: proxy.bearer });
    expect([answer.status, answer.headers.get("set-cookie")]).toEqual([200, null]);
  }
  expect(server.logins).toBe(1);
});

test("two proxies of one vendor do not use each other's cookie", async () => {
  const { baseUrl } = await served(createAltaServer({ account }));
  const one = await running({ session: altaSession(baseUrl) });
  const two = await running({ session: altaSession(baseUrl) });
  const headers = { cookie: await cookieOf(one), "sec-fetch-site": "same-origin" };
  expect((await fetch(`${one.url}/api/v1/me`, { headers })).status).toBe(200);
  expect((await fetch(`${two.url}/api/v1/me`, { headers })).status).toBe(401);
});
