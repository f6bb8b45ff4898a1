import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { networkInterfaces } from "node:os";
import { expect, test } from "vitest";
import { cookieOf } from "./cookie.ts";
import { curl } from "./curl.ts";
import { raw } from "./raw.ts";
import { type RunningProxy, running } from "./running.ts";
import { type Vendor, vendor } from "./vendor.ts";

async function proxied(args: readonly string[] = []): Promise<{ at: Vendor; proxy: RunningProxy }> {
  const at = await vendor();
  const { username, password } = at.simulator.account;
  return { at, proxy: await running({ vendor: "alta", username, url: at.baseUrl }, password, args) };
}

const OPEN = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n";

test.each([
  ["a WebSocket behind a request without a token", (host: string) => [`GET / HTTP/1.1\r\n${host}\r\n`, upgrade(host)]],
  ["CONNECT behind a request without a token", (host: string) => [`GET / HTTP/1.1\r\n${host}\r\n`, tunnel(host)]],
  ["a WebSocket behind another name", (host: string) => ["GET / HTTP/1.1\r\nHost: x\r\n\r\n", upgrade(host)]],
  ["a WebSocket behind two requests", (host: string) => [`GET / HTTP/1.1\r\n${host}\r\n`.repeat(2), upgrade(host)]],
  ["two WebSockets", (host: string) => [upgrade(host), upgrade(host)]],
  ["CONNECT behind a WebSocket", (host: string) => [upgrade(host), tunnel(host)]],
  ["a WebSocket behind CONNECT", (host: string) => [tunnel(host), upgrade(host)]],
  [
    "a WebSocket behind a vendor that takes its time",
    (host: string, bearer: string) => [`GET /slow HTTP/1.1\r\n${host}${bearer}\r\n`, upgrade(host + bearer)],
  ],
  [
    "CONNECT behind a body",
    (host: string, bearer: string) => [
      `POST /slow HTTP/1.1\r\n${host}${bearer}Content-Length: 5\r\n\r\nhello`,
      tunnel(host),
    ],
  ],
])("%s, sent in one go, ends that connection and nothing else", async (_, packets) => {
  const { at, proxy } = await proxied();
  at.on("/slow", () => {});
  const [first = "", second = ""] = packets(
    `Host: 127.0.0.1:${proxy.port}\r\n`,
    `Authorization: Bearer ${proxy.token}\r\n`,
  );
  await raw(proxy.port, first + second);
  expect((await fetch(`${proxy.url}/api/v1/me`, { headers: proxy.bearer })).status).toBe(200);
  expect(await proxy.stop()).toBe(130);
});

function upgrade(headers: string): string {
  return `GET /events HTTP/1.1\r\n${headers}${OPEN}\r\n`;
}

function tunnel(headers: string): string {
  return `CONNECT x:1 HTTP/1.1\r\n${headers}\r\n`;
}

test("the browser's cookie is not the token, and is valid only as a browser's cookie", async () => {
  const { proxy } = await proxied();
  const pair = await cookieOf(proxy);
  const [name, value = ""] = pair.split("=");
  expect(name).toBe(`vms_token_${proxy.port}`);
  expect(value).toMatch(/^[\w-]{43}$/);
  expect(value).not.toBe(proxy.token);
  const me = `${proxy.url}/api/v1/me`;
  const own = ["-H", "Sec-Fetch-Site: same-origin"];
  for (const shown of [
    ["-H", `Authorization: Bearer ${value}`],
    ["-u", `vms:${value}`],
    ["-b", pair],
    ["-b", `${name}=${proxy.token}`, ...own],
    ["-b", pair, "-H", `Origin: ${proxy.url}`],
  ]) {
    expect([shown, (await curl([...shown, me])).status]).toEqual([shown, 401]);
  }
  expect(await curl([`${me}?vms_token=${value}`])).toMatchObject({ status: 401 });
  expect(await curl(["-b", pair, "-H", "Sec-Fetch-Site: cross-site", me])).toMatchObject({ status: 403 });
  expect(await curl(["-b", pair, ...own, me])).toMatchObject({ status: 200 });
  expect(await curl(["-b", pair, "-H", "Sec-Fetch-Site: none", me])).toMatchObject({ status: 200 });
});

test("beyond loopback no browser gets a cookie or is asked for a password", async () => {
  const bind = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === "IPv4" && !one.internal)?.address;
  const { proxy } = await proxied(["--bind", bind ?? "0.0.0.0"]);
  const page = await curl([`${proxy.url}/page?vms_token=${proxy.token}`]);
  expect(page.status).toBe(403);
  expect(page.text).toMatch(/browsers, which are served only on loopback/);
  expect(page.heads).not.toMatch(/set-cookie/i);
  const shown = ["-b", `vms_token_${proxy.port}=${proxy.token}`, "-H", "Sec-Fetch-Site: same-origin"];
  expect(await curl([...shown, `${proxy.url}/api/v1/me`])).toMatchObject({ status: 401 });
  const asked = await curl(["-A", "Mozilla/5.0 (X11)", `${proxy.url}/api/v1/me`]);
  expect(asked.heads).toMatch(/www-authenticate: Bearer/i);
  expect(await curl(["-u", `vms:${proxy.token}`, `${proxy.url}/api/v1/me`])).toMatchObject({ status: 200 });
  expect(proxy.stderr()).toMatch(/Browsers are not served/);
});

test.each([
  ["a status of 000", "HTTP/1.1 000 Odd\r\nContent-Length: 2\r\n\r\nok"],
  ["a status of 099", "HTTP/1.1 099 Odd\r\nContent-Length: 2\r\n\r\nok"],
  ["another protocol", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n"],
])("an unexpected %s is reported as a bad response in plain words", async (_, answer) => {
  const { at, proxy } = await proxied();
  at.on("/odd", (_, response) => void response.socket!.write(answer));
  const got = await curl(["-H", `Authorization: Bearer ${proxy.token}`, `${proxy.url}/odd`]);
  expect(got.status).toBe(502);
  expect(got.heads).toMatch(/vms-proxy-error: bad_answer/);
  expect(got.text).toMatch(/is not valid HTTP|switched protocols without being asked/);
  expect(got.text).not.toMatch(/ERR_/);
  expect(await curl(["-H", `Authorization: Bearer ${proxy.token}`, `${proxy.url}/api/v1/me`])).toMatchObject({
    status: 200,
  });
});

test("a vendor cannot impersonate the proxy, nor make the browser report, reload or grant access", async () => {
  const { at, proxy } = await proxied();
  at.on("/x", (_, response) =>
    response
      .writeHead(200, {
        "Vms-Proxy-Error": "canary",
        Refresh: "0; url=https://canary.example/",
        "Report-To": '{"endpoints":[{"url":"https://canary.example"}]}',
        "Reporting-Endpoints": 'a="https://canary.example"',
        NEL: '{"report_to":"canary"}',
        "Service-Worker-Allowed": "/canary",
        "Timing-Allow-Origin": "canary",
      })
      .end("ok"),
  );
  const { heads, status, text } = await curl(["-H", `Authorization: Bearer ${proxy.token}`, `${proxy.url}/x`]);
  expect({ status, text }).toEqual({ status: 200, text: "ok" });
  expect(heads).not.toMatch(/canary/);
});

test("errors that Node answers by default also have the header and a text", async () => {
  const { at, proxy } = await proxied();
  const host = `Host: 127.0.0.1:${proxy.port}\r\n`;
  const bearer = `Authorization: Bearer ${proxy.token}\r\n`;
  const end = "Connection: close\r\n\r\n";
  const get = "GET /api/v1/me HTTP/1.1\r\n";
  for (const [request, status, code] of [
    ["GET / HT\r\n\r\n", 400, "bad_request"],
    [`GET / HTTP/1.1\r\n${end}`, 403, "foreign_host"],
    [`${get}${host}${bearer}X: ${"a".repeat(66_000)}\r\n${end}`, 431, "headers_too_large"],
    [`${get}${host}${bearer}Expect: 200-canary\r\n${end}`, 417, "expectation"],
    [`${get}${host}Expect: 200-canary\r\n${end}`, 401, "no_token"],
  ] as const) {
    const got = await raw(proxy.port, request);
    expect(got).toMatch(
      new RegExp(`^HTTP/1\\.1 ${status} [\\s\\S]*vms-proxy-error: ${code}\r\n[\\s\\S]*\r\n\r\nvms proxy: `),
    );
  }
  expect(at.simulator.requests.filter(({ path }) => path.endsWith("/me"))).toEqual([]);
});

test("a malformed request is not answered in place of an earlier one", async () => {
  const { at, proxy } = await proxied();
  at.on("/slow", () => {});
  const first = `GET /slow HTTP/1.1\r\nHost: 127.0.0.1:${proxy.port}\r\nAuthorization: Bearer ${proxy.token}\r\n\r\n`;
  expect(await raw(proxy.port, `${first}nonsense\r\n\r\n`)).toBe("");
});

test("a connection can open a WebSocket after its responses have arrived", async () => {
  const { at, proxy } = await proxied();
  at.server.on("upgrade", (_, socket: Socket) => {
    socket.end("HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\nopen");
  });
  const headers = `Host: 127.0.0.1:${proxy.port}\r\nAuthorization: Bearer ${proxy.token}\r\n`;
  at.on("/one", (_, response) => response.end("x".repeat(3_000_000)));
  const socket = connect(proxy.port, "127.0.0.1").setEncoding("latin1");
  let got = "";
  socket.on("data", (text: string) => {
    got += text;
    if (got.endsWith("xxx") && got.split("x").length > 3_000_000) socket.write(upgrade(headers));
  });
  socket.write(`GET /one HTTP/1.1\r\n${headers}Accept-Encoding: identity\r\n\r\n`);
  await once(socket, "close");
  expect(got.slice(3_000_000)).toMatch(/HTTP\/1\.1 101 [\s\S]*open$/);
});
