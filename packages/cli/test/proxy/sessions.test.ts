import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { join } from "node:path";
import { createAlertSiteServer, createAltaServer, createEagleEyeServer } from "@vms/simulator";
import { serve } from "@vms/simulator/node";
import { generate } from "selfsigned";
import { expect, onTestFinished, test } from "vitest";
import { environment, home, vms } from "../support/run-vms.ts";
import { cookieOf } from "./cookie.ts";
import { curl } from "./curl.ts";
import { raw } from "./raw.ts";
import { homeWith, proxyProcess, type RunningProxy, running } from "./running.ts";
import { vendor } from "./vendor.ts";

const PASSWORD = "canary-of-a-password";
const account = { username: "integration@acme.example", password: PASSWORD };

/** The simulator itself, on a free port. */
async function served<T extends Parameters<typeof serve>[0]>(
  server: T,
): Promise<{ server: T; baseUrl: string; close(): Promise<void> }> {
  const { baseUrl, close } = await serve(server);
  onTestFinished(close);
  return { server, baseUrl, close };
}

test("a hundred concurrent requests with an expired session cause one login, and all are answered", async () => {
  const { server, baseUrl } = await served(createAltaServer({ account }));
  const proxy = await running({ vendor: "alta", username: account.username, url: baseUrl }, PASSWORD);
  const call = async () => (await fetch(`${proxy.url}/api/v1/me`, { headers: proxy.bearer })).status;
  expect(await call()).toBe(200);
  for (const logins of [2, 3]) {
    server.revokeAll();
    const statuses = await Promise.all(Array.from({ length: 100 }, call));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(server.logins).toBe(logins);
  }
  expect(proxy.stderr()).toMatch(/the vendor ended the session \(401\): signing in again/);
  expect(proxy.stderr()).not.toMatch(/Warning/);
});

test("a hundred concurrent first requests cause one login", async () => {
  const { server, baseUrl } = await served(createAltaServer({ account }));
  const proxy = await running({ vendor: "alta", username: account.username, url: baseUrl }, PASSWORD);
  const post = { method: "POST", headers: proxy.bearer, body: "small" };
  const statuses = await Promise.all(
    Array.from({ length: 100 }, async () => (await fetch(`${proxy.url}/api/v1/nothing`, post)).status),
  );
  expect(new Set(statuses)).toEqual(new Set([404]));
  expect(server.logins).toBe(1);
  expect(proxy.stderr()).not.toMatch(/Warning/);
});

test("the session outlives the proxy, and the next proxy uses it", async () => {
  const { server, baseUrl } = await served(createAltaServer({ account }));
  const profile = { vendor: "alta", username: account.username, url: baseUrl };
  const shared = { VMS_HOME: await homeWith(profile) };
  for (let run = 0; run < 2; run++) {
    const proxy = await running(profile, PASSWORD, [], shared);
    expect((await fetch(`${proxy.url}/api/v1/me`, { headers: proxy.bearer })).status).toBe(200);
    expect(await proxy.stop()).toBe(130);
  }
  expect([server.logins, server.sessions]).toEqual([1, 1]);
});

test("without a way to sign in, a request is answered 401 with the command to run", async () => {
  const { server, baseUrl } = await served(createAltaServer({ account }));
  const proxy = await running({ vendor: "alta", username: account.username, url: baseUrl }, undefined);
  const got = await curl(["-H", `Authorization: Bearer ${proxy.token}`, `${proxy.url}/api/v1/me`]);
  expect(got).toMatchObject({ status: 401 });
  expect(got.heads).toMatch(/vms-proxy-error: not_signed_in/);
  expect(got.text).toMatch(/not signed in.*\nSign in: vms login alta --profile made\n$/);
  expect(server.loginAttempts).toBe(0);
  // It was already reported at the start.
  expect(proxy.stderr()).toMatch(/not signed in/);
});

test("a proxy that could not sign in uses a session created meanwhile in another terminal", async () => {
  const { server, baseUrl } = await served(createAltaServer({ account }));
  const profile = { vendor: "alta", username: account.username, url: baseUrl };
  const path = await homeWith(profile);
  const proxy = await running(profile, undefined, [], { VMS_HOME: path });
  const call = async () => (await fetch(`${proxy.url}/api/v1/me`, { headers: proxy.bearer })).status;
  expect(await call()).toBe(401);
  const doctor = await vms(["doctor", "made"], environment(path, { VMS_ALTA_PASSWORD: PASSWORD }));
  expect(doctor.exit).toBe(0);
  expect(await call()).toBe(200);
  expect(server.logins).toBe(1);
});

test("a wrong password is sent once for any number of requests, and is not shown", async () => {
  const { server, baseUrl } = await served(createAltaServer({ account }));
  const wrong = "canary-of-a-wrong-password";
  const proxy = await running({ vendor: "alta", username: account.username, url: baseUrl }, wrong);
  for (let n = 0; n < 3; n++) {
    const got = await curl(["-H", `Authorization: Bearer ${proxy.token}`, `${proxy.url}/api/v1/me`]);
    expect(got).toMatchObject({ status: 401 });
    expect(got.heads).toMatch(/vms-proxy-error: invalid_credentials/);
    expect(got.text).not.toContain("canary");
    expect(got.text).toMatch(/VMS_ALTA_PASSWORD.* sign in: vms login alta --profile made\n$/);
  }
  expect(proxy.stderr()).toContain("sign in: vms login alta --profile made");
  expect(server.loginAttempts).toBe(1);
  expect(proxy.stderr()).not.toContain("canary");
});

test("a vendor that asks to wait is a 503 with its Retry-After, also for later calls", async () => {
  const { server, baseUrl } = await served(createAltaServer({ account }));
  server.script({
    status: 429,
    headers: { "retry-after": "77" },
    times: 2,
    when: ({ path }) => path.endsWith("dologin"),
  });
  const proxy = await running({ vendor: "alta", username: account.username, url: baseUrl }, PASSWORD);
  const call = () => curl(["-H", `Authorization: Bearer ${proxy.token}`, `${proxy.url}/api/v1/me`]);
  const waiting = await call();
  expect(waiting).toMatchObject({ status: 503 });
  expect(waiting.heads).toMatch(/retry-after: 77/i);
  expect((await call()).heads).toMatch(/retry-after: 7[67]/i);
  expect(server.loginAttempts).toBe(1);
});

test("an unreachable vendor is a 502", async () => {
  const { baseUrl, close } = await served(createAltaServer({ account }));
  const proxy = await running({ vendor: "alta", username: account.username, url: baseUrl }, PASSWORD);
  const call = () => curl(["-H", `Authorization: Bearer ${proxy.token}`, `${proxy.url}/api/v1/me`]);
  expect(await call()).toMatchObject({ status: 200 });
  await close();
  const gone = await call();
  expect(gone).toMatchObject({ status: 502 });
  expect(gone.heads).toMatch(/vms-proxy-error: vendor_unreachable/);
  expect(gone.text).toMatch(
    /could not be reached \((ECONNREFUSED|UND_ERR_SOCKET)\)\.\nTo see what is wrong: vms doctor made\n$/,
  );
});

test("a response that ends early also ends early for the client, and a failed upload is answered", async () => {
  const at = await vendor({ account });
  at.on("/half", (_, response) => {
    response.writeHead(200, { "content-length": 1000 }).write("x".repeat(100), () => response.destroy());
  });
  at.on("/hangup", (request, response) => {
    request.once("data", () => response.destroy());
  });
  const proxy = await running({ vendor: "alta", username: account.username, url: at.baseUrl }, PASSWORD);
  const bearer = ["-H", `Authorization: Bearer ${proxy.token}`];
  // 18: partial file.
  expect(await curl([...bearer, `${proxy.url}/half`])).toMatchObject({ exit: 18, bytes: 100 });
  const file = join(await home(), "file");
  await writeFile(file, "l".repeat(4_000_000));
  const refused = await curl([...bearer, "-T", file, `${proxy.url}/hangup`]);
  expect(refused).toMatchObject({ status: 502 });
  expect(await curl([...bearer, `${proxy.url}/api/v1/me`])).toMatchObject({ status: 200 });
});

test("a rejection inside a body is noticed even if the client accepts compressed responses", async () => {
  const { server, baseUrl } = await served(createAlertSiteServer({ account }));
  const proxy = await running({ vendor: "alertsite", username: account.username, url: baseUrl }, PASSWORD);
  const call = () => curl(["--compressed", "-H", `Authorization: Bearer ${proxy.token}`, `${proxy.url}/locations`]);
  expect(await call()).toMatchObject({ status: 200 });
  server.revokeAll();
  const got = await call();
  expect(JSON.parse(got.text).metadata.status).toBe("0");
  expect(server.logins).toBe(2);
  expect(server.requests.at(-1)?.path).toBe("/alertsite-restapi/locations");
  expect(server.requests.at(-1)?.headers.get("accept-encoding")).toBe("identity");
});

test("a redirect does not show a credential of the query; a redirect outside the base path leads to the vendor", async () => {
  const { server, baseUrl } = await served(createAlertSiteServer({ account }));
  const options = { transport: "query" };
  const proxy = await running({ vendor: "alertsite", username: account.username, url: baseUrl, options }, PASSWORD);
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
  const proxy = await running({ vendor: "eagleeye", username: account.username, url: baseUrl }, PASSWORD);
  const got = await curl(["-H", `Authorization: Bearer ${proxy.token}`, `${proxy.url}/${server.firstCall}`]);
  expect(got).toMatchObject({ status: 200 });
});

test("a vendor with a private CA is reached only with the profile's `ca`", async () => {
  const name = [{ name: "commonName", value: "127.0.0.1" }];
  const extensions = [{ name: "subjectAltName" as const, altNames: [{ type: 7 as const, ip: "127.0.0.1" }] }];
  const { cert, private: key } = await generate(name, { keyType: "ec", algorithm: "sha256", extensions });
  const at = await vendor({ account }, { cert, key });
  at.on("/file", (_, response) => response.end("signed in, over TLS"));
  const ca = join(await home(), "ca.pem");
  await writeFile(ca, cert);
  const profile = { vendor: "alta", username: account.username, url: at.baseUrl };
  const trusting = await running({ ...profile, ca }, PASSWORD);
  expect(await (await fetch(`${trusting.url}/file`, { headers: trusting.bearer })).text()).toBe("signed in, over TLS");
  const wary = await running(profile, PASSWORD);
  const refused = await fetch(`${wary.url}/file`, { headers: wary.bearer });
  expect(refused.status).toBe(503);
  expect(await refused.text()).toMatch(/SELF_SIGNED_CERT/);
});

test("a vendor that does not speak valid HTTP is a 502 that quotes nothing", async () => {
  const at = await vendor({ account });
  const proxy = await running({ vendor: "alta", username: account.username, url: at.baseUrl }, PASSWORD);
  expect((await fetch(`${proxy.url}/api/v1/me`, { headers: proxy.bearer })).status).toBe(200);
  for (const answer of [
    "HTTP/1.1 200 OK\r\nset-cookie: va=canary\r\nbad header\r\n\r\n",
    "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\nabc",
    "canary canary canary\r\n\r\n",
    "HTTP/1.1 101 Switching Protocols\r\nupgrade: canary\r\nconnection: upgrade\r\n\r\n",
  ]) {
    at.server.removeAllListeners("request");
    at.server.on("request", (_, response) => response.socket!.end(answer));
    const got = await raw(
      proxy.port,
      `GET /x HTTP/1.1\r\nHost: 127.0.0.1:${proxy.port}\r\nAuthorization: Bearer ${proxy.token}\r\nConnection: close\r\n\r\n`,
    );
    expect(got).toMatch(/^HTTP\/1\.1 502 /);
    expect(got).toMatch(/is not valid HTTP|switched protocols without being asked/);
    expect(got).not.toContain("canary");
  }
  expect(proxy.stderr()).not.toContain("canary");
});

test("a proxy ends even while a login hangs", async () => {
  const silent = createTcpServer();
  silent.listen(0, "127.0.0.1");
  await once(silent, "listening");
  onTestFinished(() => void silent.close());
  const { port } = silent.address() as { port: number };
  const proxy = await proxyProcess({ vendor: "alta", username: "operator", url: `http://127.0.0.1:${port}` }, PASSWORD);
  const waiting = fetch(`${proxy.url}/api/v1/me`, { headers: proxy.bearer }).catch(() => "cut off");
  await once(silent, "connection");
  expect(await proxy.stop()).toBe(130);
  expect(await waiting).toBe("cut off");
});

test("a rotated cookie is used from then on", async () => {
  const { server, baseUrl } = await served(createAltaServer({ account, rotate: "end-old" }));
  const proxy = await running({ vendor: "alta", username: account.username, url: baseUrl }, PASSWORD);
  for (let n = 0; n < 4; n++) {
    const answer = await fetch(`${proxy.url}/api/v1/me`, { headers: proxy.bearer });
    expect([answer.status, answer.headers.get("set-cookie")]).toEqual([200, null]);
  }
  expect(server.logins).toBe(1);
});

test("two proxies of one vendor do not use each other's cookie", async () => {
  const other = createServer();
  onTestFinished(() => void other.close());
  const { baseUrl } = await served(createAltaServer({ account }));
  const profile = { vendor: "alta", username: account.username, url: baseUrl };
  const [one, two] = await Promise.all([running(profile, PASSWORD), running(profile, PASSWORD)]);
  const headers = { cookie: await cookieOf(one as RunningProxy), "sec-fetch-site": "same-origin" };
  expect((await fetch(`${one?.url}/api/v1/me`, { headers })).status).toBe(200);
  expect((await fetch(`${two?.url}/api/v1/me`, { headers })).status).toBe(401);
});
