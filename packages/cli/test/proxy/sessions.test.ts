import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { request } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { join } from "node:path";
import { createAlertSiteServer, createAltaServer } from "@vms/simulator";
import { serve } from "@vms/simulator/node";
import { generate } from "selfsigned";
import { expect, onTestFinished, test } from "vitest";
import { front } from "../support/profile-fixture.ts";
import { environment, home, vms } from "../support/run-vms.ts";
import { served } from "../support/simulated-vendors.ts";
import { curl } from "./curl.ts";
import { homeWith, proxyProcess, running } from "./running.ts";

const PASSWORD = "canary-of-a-password";
const account = { username: "integration@acme.example", password: PASSWORD };

test("the session outlives the proxy, and the next proxy uses it", async () => {
  const server = createAltaServer({ account });
  const baseUrl = await served(server);
  const profile = { vendor: "alta", username: account.username, url: baseUrl };
  const shared = { VMS_HOME: await homeWith(profile) };
  for (let run = 0; run < 2; run++) {
    const proxy = await running(profile, PASSWORD, [], shared);
    expect((await fetch(`${proxy.url}/api/v1/me`, { headers: proxy.bearer })).status).toBe(200);
    expect(await proxy.stop()).toBe(130);
  }
  expect([server.logins, server.sessions]).toEqual([1, 1]);
});

test("an expired session is reported, and the next request uses a new one", async () => {
  const server = createAltaServer({ account });
  const proxy = await running({ vendor: "alta", username: account.username, url: await served(server) }, PASSWORD);
  const call = async () => (await fetch(`${proxy.url}/api/v1/me`, { headers: proxy.bearer })).status;
  expect(await call()).toBe(200);
  server.revokeAll();
  expect(await Promise.all(Array.from({ length: 20 }, call))).toEqual(Array(20).fill(200));
  expect(server.logins).toBe(2);
  expect(proxy.stderr()).toMatch(/the vendor ended the session \(401\): signing in again/);
  expect(proxy.stderr()).not.toMatch(/Warning/);
});

test("if vms cannot sign in, a request is answered with 401 and the command to run", async () => {
  const server = createAltaServer({ account });
  const baseUrl = await served(server);
  const proxy = await running({ vendor: "alta", username: account.username, url: baseUrl }, undefined);
  const got = await curl(["-H", `Authorization: Bearer ${proxy.token}`, `${proxy.url}/api/v1/me`]);
  expect(got).toMatchObject({ status: 401 });
  expect(got.heads).toMatch(/vms-proxy-error: not_signed_in/);
  expect(got.text).toMatch(/not signed in.*\nSign in: vms login alta --profile made\n$/);
  expect(server.loginAttempts).toBe(0);
  // It was already reported at the start.
  expect(proxy.stderr()).toMatch(/not signed in/);
});

test("a proxy that could not sign in uses a session that another terminal has created meanwhile", async () => {
  const server = createAltaServer({ account });
  const baseUrl = await served(server);
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
  const server = createAltaServer({ account });
  const baseUrl = await served(server);
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

test("an unreachable vendor is a 502 with the command that shows more", async () => {
  const server = createAltaServer({ account });
  const { baseUrl, close } = await serve(server);
  const proxy = await running({ vendor: "alta", username: account.username, url: baseUrl }, PASSWORD);
  const call = () => curl(["-H", `Authorization: Bearer ${proxy.token}`, `${proxy.url}/api/v1/me`]);
  expect(await call()).toMatchObject({ status: 200 });
  await close();
  const gone = await call();
  expect(gone).toMatchObject({ status: 502 });
  expect(gone.text).toMatch(
    /could not be reached \((ECONNREFUSED|UND_ERR_SOCKET)\)\.\nTo see what is wrong: vms doctor made\n$/,
  );
});

test("a vendor whose session is judged by bodies is asked not to compress them", async () => {
  const server = createAlertSiteServer({ account });
  const proxy = await running({ vendor: "alertsite", username: account.username, url: await served(server) }, PASSWORD);
  const call = () => curl(["--compressed", "-H", `Authorization: Bearer ${proxy.token}`, `${proxy.url}/locations`]);
  expect(await call()).toMatchObject({ status: 200 });
  server.revokeAll();
  expect(JSON.parse((await call()).text).metadata.status).toBe("0");
  expect(server.logins).toBe(2);
  expect(server.requests.at(-1)?.headers.get("accept-encoding")).toBe("identity");
});

/** Puts a server that speaks TLS in front of a vendor. */
async function overTls(vendor: string, pair: { readonly cert: string; readonly key: string }): Promise<string> {
  const server = createTlsServer(pair, (incoming, outgoing) => {
    const { method = "GET", url = "", headers } = incoming;
    const onward = request(new URL(url, vendor), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.rawHeaders);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward.on("error", () => outgoing.destroy()));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("a vendor with a private CA is reached only with the profile's `ca`", async () => {
  const name = [{ name: "commonName", value: "127.0.0.1" }];
  const extensions = [{ name: "subjectAltName" as const, altNames: [{ type: 7 as const, ip: "127.0.0.1" }] }];
  const { cert, private: key } = await generate(name, { keyType: "ec", algorithm: "sha256", extensions });
  const url = await overTls(await served(createAltaServer({ account })), { cert, key });
  const ca = join(await home(), "ca.pem");
  await writeFile(ca, cert);
  const profile = { vendor: "alta", username: account.username, url };
  const trusting = await running({ ...profile, ca }, PASSWORD);
  expect((await fetch(`${trusting.url}/api/v1/me`, { headers: trusting.bearer })).status).toBe(200);
  const wary = await running(profile, PASSWORD);
  const refused = await fetch(`${wary.url}/api/v1/me`, { headers: wary.bearer });
  expect(refused.status).toBe(503);
  expect(await refused.text()).toMatch(/SELF_SIGNED_CERT/);
});

test("no output contains the password, the session's cookie or the token", async () => {
  const server = createAltaServer({ account });
  const { baseUrl, close } = await serve(server);
  const profile = { vendor: "alta", username: account.username, url: baseUrl };
  const proxy = await running(profile, PASSWORD, ["--verbose"]);
  const call = async (path: string) => (await fetch(proxy.url + path, { headers: proxy.bearer })).text();
  await call("/api/v1/me");
  server.revokeAll();
  await call("/api/v1/me");
  const cookies = server.requests.map(({ headers }) => headers.get("cookie")?.replace("va=", "")).filter(Boolean);
  expect(cookies.length).toBeGreaterThan(1);
  await close();
  await call("/api/v1/me?secret=canary-of-a-query");
  await proxy.stop();
  const said = proxy.stderr();
  expect(said).toMatch(/could not be reached/);
  for (const secret of [PASSWORD, proxy.token, "canary-of-a-query", ...cookies]) expect(said).not.toContain(secret);
});

test("--no-token requires no token, and says what that means", async () => {
  const url = await served(createAltaServer({ account }));
  const proxy = await running({ vendor: "alta", username: account.username, url }, PASSWORD, ["--no-token"]);
  expect(proxy.token).toBe("");
  expect(await curl([`${proxy.url}/api/v1/me`])).toMatchObject({ status: 200 });
  expect(await curl(["-H", "Sec-Fetch-Site: cross-site", `${proxy.url}/api/v1/me`])).toMatchObject({ status: 403 });
  expect(proxy.stderr()).toMatch(/--no-token: every program on this machine/);
});

test("Ctrl-C ends a proxy even while a response is in progress", async () => {
  const url = await front({ "/endless": (_, response) => void response.write("first") })(
    await served(createAltaServer({ account })),
  );
  const proxy = await proxyProcess({ vendor: "alta", username: account.username, url }, PASSWORD);
  const { body } = await fetch(`${proxy.url}/endless`, { headers: proxy.bearer });
  const reader = body!.getReader();
  await reader.read();
  expect(await proxy.stop()).toBe(130);
  await expect(reader.read()).rejects.toThrow();
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
