import { expect, test } from "vitest";
import { curl } from "../support/curl.ts";
import { account, altaSession, proxied, running } from "../support/running.ts";
import { statusOf } from "../support/status-of.ts";
import { vendor } from "../support/vendor.ts";

test("CONNECT, absolute URLs and TRACE are refused", async () => {
  const { at, proxy } = await proxied();
  const evil = new URL(at.baseUrl).host;
  expect(await statusOf(proxy, `CONNECT ${evil}`)).toBe(405);
  expect(await statusOf(proxy, `CONNECT ${evil}`, `Host: ${evil}`)).toBe(405);
  expect(await statusOf(proxy, "TRACE /api/v1/me")).toBe(405);
  expect(await statusOf(proxy, "GET http://evil.example/api/v1/me")).toBe(400);
  expect(await statusOf(proxy, `GET ${at.baseUrl}/api/v1/me`)).toBe(400);
  expect([400, 403]).toContain(await statusOf(proxy, "GET http://evil.example/", "Host: evil.example"));
  expect(await statusOf(proxy, "OPTIONS *")).toBe(400);
  expect(await statusOf(proxy, "GET evil.example/")).toBe(400);
  expect(at.simulator.requests.filter(({ path }) => !/\/(dologin|auth)$/.test(path))).toEqual([]);
});

test("only upgrades to WebSocket are accepted", async () => {
  const { at, proxy } = await proxied();
  at.on("/echo", async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    response.end(JSON.stringify({ body, headers: request.headers }));
  });
  const upgrade = [
    "-H",
    "Connection: Upgrade, HTTP2-Settings",
    "-H",
    "Upgrade: h2c",
    "-H",
    "HTTP2-Settings: AAMAAABkAAQAAP__",
  ];
  const bearer = ["-H", `Authorization: Bearer ${proxy.token}`];
  const got = await curl([...bearer, ...upgrade, "-d", "body", `${proxy.url}/echo`]);
  // Node before 22.21 cannot handle the request without the upgrade.
  expect([200, 501]).toContain(got.status);
  if (got.status === 501) return;
  const { body, headers } = JSON.parse(got.text);
  expect(body).toBe("body");
  expect(headers).not.toHaveProperty("upgrade");
  expect(headers).not.toHaveProperty("http2-settings");
});

test("no path leads to another host; `.` and `..` are refused in every spelling", async () => {
  const { at, proxy } = await proxied();
  for (const path of [
    "//evil.example/",
    "/@evil.example",
    "/\\evil.example",
    "/%2f%2fevil.example",
    "/%5c",
    "/:80/",
    "/;a=b",
    "///",
  ]) {
    expect([path, await statusOf(proxy, `GET ${path}`)]).toEqual([path, 404]);
    // It reaches the vendor unchanged.
    expect(at.simulator.requests.at(-1)?.headers.get("cookie")).toMatch(/^va=/);
  }
  const before = at.simulator.requests.length;
  for (const path of [
    "/..",
    "/../x",
    "/a/../b",
    "/..//",
    "/.",
    "/./a",
    "/%2e%2e/x",
    "/.%2E",
    "/a%2f..%2fb",
    "/..%5cx",
    "/\\..\\x",
    "/a/..?b",
  ]) {
    expect([path, await statusOf(proxy, `GET ${path}`)]).toEqual([path, 400]);
  }
  for (const path of ["/a#b", "/a\u00e9"]) expect([path, await statusOf(proxy, `GET ${path}`)]).toEqual([path, 400]);
  expect(at.simulator.requests.length).toBe(before);
  for (const path of ["/..a", "/a..", "/.well-known/x", "/a?x=../../y"]) {
    expect([path, await statusOf(proxy, `GET ${path}`)]).toEqual([path, 404]);
  }
});

test("no path below one session reaches another session", async () => {
  const [acme, other] = [await vendor({ account }), await vendor({ account })];
  const sessions = { acme: altaSession(acme.baseUrl), other: altaSession(other.baseUrl) };
  const proxy = await running({ sessions });
  expect(await statusOf(proxy, "GET /acme/api/v1/me")).toBe(200);
  expect(await statusOf(proxy, "GET /%61cme/api/v1/me")).toBe(200);
  for (const path of [
    "/acme/../other/api/v1/me",
    "/acme/..%2fother/api/v1/me",
    "/acme/%2e%2e/other/api/v1/me",
    "/acme/.%2E%5cother/api/v1/me",
    "/acme/x/../../other/api/v1/me",
    "/acme/..\\other/api/v1/me",
    "/./other/api/v1/me",
  ]) {
    expect([path, await statusOf(proxy, `GET ${path}`)]).toEqual([path, 400]);
  }
  for (const path of [
    "//other/api/v1/me",
    "/acme%2f..%2fother",
    "/acme%2fother/api/v1/me",
    "/acme/other/api/v1/me",
    "/acme//other/api/v1/me",
    "/acme/%252e%252e%252fother/api/v1/me",
    "/acme;/../other",
    "/acme@other/api/v1/me",
    "/Other/api/v1/me",
    "/other%00/api/v1/me",
    "/%6fther%2f/api/v1/me",
    "/%ff/api/v1/me",
    "/acme/http://127.0.0.1/other/api/v1/me",
  ]) {
    expect([400, 404]).toContain(await statusOf(proxy, `GET ${path}`));
  }
  const referer = `Referer: ${proxy.url}/other/page`;
  expect(await statusOf(proxy, "GET /acme/api/v1/me", referer)).toBe(200);
  expect(other.simulator.requests).toEqual([]);
  // A session's own paths get only its own credential.
  expect(await statusOf(proxy, "GET /other/api/v1/me")).toBe(200);
  const cookies = (at: typeof acme) => new Set(at.simulator.requests.map(({ headers }) => headers.get("cookie")));
  for (const cookie of cookies(other)) if (cookie !== null) expect(cookies(acme)).not.toContain(cookie);
  expect(acme.simulator.requests.at(-1)?.headers.get("referer")).toBeNull();
});
