import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { curl } from "./curl.ts";
import { raw } from "./raw.ts";
import { type RunningProxy, running } from "./running.ts";
import { type Vendor, vendor } from "./vendor.ts";

const PASSWORD = "canary-of-a-password";
const account = { username: "integration@acme.example", password: PASSWORD };

async function proxied(args: readonly string[] = []): Promise<{ at: Vendor; proxy: RunningProxy }> {
  const at = await vendor({ account });
  return { at, proxy: await running({ vendor: "alta", username: account.username, url: at.baseUrl }, PASSWORD, args) };
}

/** Sends a request byte for byte, with the token, and returns the status. */
async function status({ port, token }: RunningProxy, first: string, ...lines: string[]): Promise<number> {
  const host = lines.some((line) => /^host:/i.test(line)) ? [] : [`Host: 127.0.0.1:${port}`];
  const shown = lines.some((line) => /^(authorization|cookie):/i.test(line)) ? [] : [`Authorization: Bearer ${token}`];
  const head = [`${first} HTTP/1.1`, ...host, ...shown, "Connection: close", ...lines].join("\r\n");
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(await raw(port, `${head}\r\n\r\n`))?.[1]);
}

test("answers only to the names of this machine", async () => {
  const { at, proxy } = await proxied();
  const { port } = proxy;
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`]) {
    expect([host, await status(proxy, "GET /api/v1/me", `Host: ${host}`)]).toEqual([host, 200]);
  }
  const before = at.simulator.requests.length;
  for (const host of [
    `evil.example:${port}`,
    "127.0.0.1",
    "127.0.0.1:1",
    `127.0.0.1.evil.example:${port}`,
    `127.0.0.1:${port}@evil.example`,
    `evil.example@127.0.0.1:${port}`,
    `localhost.:${port}`,
    `0.0.0.0:${port}`,
    `192.168.1.1:${port}`,
    `[::ffff:127.0.0.1]:${port}`,
    "",
  ]) {
    expect([host, await status(proxy, "GET /api/v1/me", `Host: ${host}`)]).toEqual([host, 403]);
  }
  const twice = [`Host: 127.0.0.1:${port}`, `Host: evil.example:${port}`];
  expect([400, 403]).toContain(await status(proxy, "GET /api/v1/me", ...twice));
  expect([400, 403]).toContain(await status(proxy, "GET /api/v1/me", ...twice.reverse()));
  expect(await raw(port, `GET /api/v1/me HTTP/1.0\r\nAuthorization: Bearer ${proxy.token}\r\n\r\n`)).toMatch(/ 403 /);
  expect(at.simulator.requests.length).toBe(before);
});

test("any request of a page of another origin is refused, and CORS reveals nothing", async () => {
  const { at, proxy } = await proxied();
  at.on("/cors", (_, response) =>
    response
      .writeHead(200, { "access-control-allow-origin": "*", "access-control-allow-credentials": "true" })
      .end("data"),
  );
  const me = "GET /api/v1/me";
  expect(await status(proxy, me, `Origin: ${proxy.url}`)).toBe(200);
  const before = at.simulator.requests.length;
  for (const origin of [
    "https://evil.example",
    "null",
    "",
    `http://localhost:${proxy.port}`,
    "http://127.0.0.1:9",
    "http://127.0.0.1",
    `https://127.0.0.1:${proxy.port}`,
    `${proxy.url}.evil.example`,
    `${proxy.url}/`,
    "chrome-extension://abcdefghijklmnop",
  ]) {
    expect([origin, await status(proxy, me, `Origin: ${origin}`)]).toEqual([origin, 403]);
    expect(await status(proxy, "OPTIONS /api/v1/me", `Origin: ${origin}`, "Access-Control-Request-Method: POST")).toBe(
      403,
    );
  }
  for (const site of ["cross-site", "same-site", "anything"]) {
    expect(await status(proxy, me, `Sec-Fetch-Site: ${site}`)).toBe(403);
  }
  expect(at.simulator.requests.length).toBe(before);
  for (const site of ["none", "same-origin"]) expect(await status(proxy, me, `Sec-Fetch-Site: ${site}`)).toBe(200);
  const { heads } = await curl(["-H", `Authorization: Bearer ${proxy.token}`, `${proxy.url}/cors`]);
  expect(heads).not.toMatch(/access-control/i);
});

test("nothing passes without this run's token", async () => {
  const { at, proxy } = await proxied();
  const { token, port } = proxy;
  const basic = (text: string) => `Authorization: Basic ${Buffer.from(text).toString("base64")}`;
  for (const shown of [
    "Authorization: Bearer",
    "Authorization: Bearer x",
    `Authorization: Bearer ${token.slice(0, -1)}`,
    `Authorization: Bearer ${token}x`,
    `Authorization: Bearer ${token.toLowerCase()}x`,
    `Authorization: ${token}`,
    `Authorization: Digest ${token}`,
    basic(`${token}:x`),
    basic(`vms:${token}x`),
    basic(""),
    `Cookie: vms_token_${port}=x`,
    `Cookie: vms_token_${port}=`,
    `Cookie: vms_token_${port - 1}=${token}`,
    `Cookie: xvms_token_${port}=${token}`,
    `Cookie: va=canary`,
  ]) {
    expect([shown, await status(proxy, "GET /api/v1/me", shown)]).toEqual([shown, 401]);
  }
  expect(await status(proxy, `GET /api/v1/me?vms_token=wrong`)).toBe(401);
  expect(await status(proxy, `GET /api/v1/me?vms_token=`)).toBe(401);
  expect(at.simulator.requests.filter(({ path }) => path.endsWith("/me"))).toEqual([]);
  const { heads } = await curl([`${proxy.url}/api/v1/me`]);
  expect(heads).toMatch(/www-authenticate: Basic/i);
  // A browser is not asked for a password, which it would send with other sites' images.
  expect((await curl(["-H", "Sec-Fetch-Mode: navigate", `${proxy.url}/api/v1/me`])).heads).toMatch(
    /www-authenticate: Bearer/i,
  );
});

test("the token in a URL becomes a cookie, works only in the address bar, and never reaches the vendor", async () => {
  const { at, proxy } = await proxied();
  const { token, port, url } = proxy;
  const page = `${url}/page?a=1&vms_token=${token}&b=2`;
  const got = await curl([page]);
  expect(got).toMatchObject({ status: 303 });
  expect(got.heads).toContain(`location: ${url}/page?a=1&b=2\r\n`);
  expect(got.heads).toMatch(
    new RegExp(`set-cookie: vms_token_${port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict\r\n`),
  );
  expect(got.heads).not.toContain(token);
  expect(got.heads).toMatch(/cache-control: no-store/);
  expect((await curl([`${url}//evil.example/?vms_token=${token}`])).heads).toContain(
    `location: ${url}//evil.example/\r\n`,
  );
  for (const lines of [
    ["Sec-Fetch-Site: same-origin", "Sec-Fetch-Dest: image"],
    ["Sec-Fetch-Site: same-origin", "Sec-Fetch-Dest: empty"],
    ["Sec-Fetch-Site: same-origin", "Sec-Fetch-Dest: iframe"],
    ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Dest: document"],
    ["Origin: https://evil.example"],
  ]) {
    expect(await status(proxy, `GET /page?vms_token=${token}`, ...lines)).toBe(403);
  }
  expect(await status(proxy, `POST /page?vms_token=${token}`, "Content-Length: 0")).toBe(403);
  expect(await status(proxy, `GET /page?vms_token=${token}`, "Sec-Fetch-Site: none", "Sec-Fetch-Dest: document")).toBe(
    303,
  );
  expect(at.simulator.requests.filter(({ url }) => url.includes("vms_token"))).toEqual([]);
  at.on("/referred", (request, response) => response.end(String(request.headers.referer)));
  const referred = (referer: string) =>
    curl(["-H", `Authorization: Bearer ${token}`, "-H", `Referer: ${referer}`, `${url}/referred`]);
  expect((await referred(page)).text).toBe("undefined");
  expect((await referred(`${url}/page?a=1`)).text).toBe(`${at.baseUrl}/page?a=1`);
  expect((await referred("https://elsewhere.example/")).text).toBe("undefined");
});

test("CONNECT, absolute URLs and TRACE are refused", async () => {
  const { at, proxy } = await proxied();
  const evil = new URL(at.baseUrl).host;
  expect(await status(proxy, `CONNECT ${evil}`)).toBe(405);
  expect(await status(proxy, `CONNECT ${evil}`, `Host: ${evil}`)).toBe(405);
  expect(await status(proxy, "TRACE /api/v1/me")).toBe(405);
  expect(await status(proxy, "GET http://evil.example/api/v1/me")).toBe(400);
  expect(await status(proxy, `GET ${at.baseUrl}/api/v1/me`)).toBe(400);
  expect([400, 403]).toContain(await status(proxy, "GET http://evil.example/", "Host: evil.example"));
  expect(await status(proxy, "OPTIONS *")).toBe(400);
  expect(await status(proxy, "GET evil.example/")).toBe(400);
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

test("a service worker, which would outlive the run, is refused", async () => {
  const { at, proxy } = await proxied();
  expect(await status(proxy, "GET /worker.js", "Service-Worker: script")).toBe(403);
  expect(await status(proxy, "GET /worker.js", "Sec-Fetch-Dest: serviceworker", "Sec-Fetch-Site: same-origin")).toBe(
    403,
  );
  expect(at.simulator.requests.filter(({ path }) => path === "/worker.js")).toEqual([]);
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
    expect([path, await status(proxy, `GET ${path}`)]).toEqual([path, 404]);
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
    expect([path, await status(proxy, `GET ${path}`)]).toEqual([path, 400]);
  }
  for (const path of ["/a#b", "/a\u00e9"]) expect([path, await status(proxy, `GET ${path}`)]).toEqual([path, 400]);
  expect(at.simulator.requests.length).toBe(before);
  for (const path of ["/..a", "/a..", "/.well-known/x", "/a?x=../../y"]) {
    expect([path, await status(proxy, `GET ${path}`)]).toEqual([path, 404]);
  }
});

test.each([
  ["both a length and chunks", ["Content-Length: 4", "Transfer-Encoding: chunked"], "0\r\n\r\n"],
  ["two lengths", ["Content-Length: 4", "Content-Length: 5"], "abcde"],
  ["an invalid length", ["Content-Length: +4"], "abcd"],
  ["chunked not last", ["Transfer-Encoding: chunked, identity"], "0\r\n\r\n"],
  ["an unknown encoding", ["Transfer-Encoding: xchunked"], "0\r\n\r\n"],
  ["chunked in disguise", ["Transfer-Encoding : chunked"], "0\r\n\r\n"],
  ["a folded header", ["X-A: b", " Transfer-Encoding: chunked"], "0\r\n\r\n"],
  ["a bare line feed", ["X-A: b\nTransfer-Encoding: chunked"], "0\r\n\r\n"],
  ["a NUL", ["X-A: b\0c"], ""],
  ["an invalid chunk size", ["Transfer-Encoding: chunked"], "0x4\r\nabcd\r\n0\r\n\r\n"],
])("a request with %s is refused, and nothing after it is passed on", async (_, lines, body) => {
  const { at, proxy } = await proxied();
  at.on("/smuggled", (_, response) => response.end("never"));
  const own = [`Host: 127.0.0.1:${proxy.port}`, `Authorization: Bearer ${proxy.token}`];
  const first = ["POST /api/v1/me HTTP/1.1", ...own, ...lines].join("\r\n");
  const second = ["GET /smuggled HTTP/1.1", ...own, "Connection: close"].join("\r\n");
  const got = await raw(proxy.port, `${first}\r\n\r\n${body}${second}\r\n\r\n`);
  expect(got).toMatch(/^HTTP\/1\.1 (400|502) /);
  expect(at.seen).toEqual([]);
});

test("pipelined requests are answered one by one, in order", async () => {
  const { at, proxy } = await proxied();
  at.on("/one", (_, response) => void setImmediate(() => response.end("one")));
  at.on("/two", (_, response) => response.end("two"));
  const own = `Host: 127.0.0.1:${proxy.port}\r\nAuthorization: Bearer ${proxy.token}\r\n`;
  const got = await raw(
    proxy.port,
    `GET /one HTTP/1.1\r\n${own}\r\nPOST /two HTTP/1.1\r\n${own}Content-Length: 3\r\n\r\nabcGET /one HTTP/1.1\r\n${own}Connection: close\r\n\r\n`,
  );
  expect([...got.matchAll(/one|two/g)].map(([word]) => word)).toEqual(["one", "two", "one"]);
});

test("a vendor's headers cannot split the response", async () => {
  const { at, proxy } = await proxied();
  const lines = [
    "Set-Cookie: va=canary-2; Path=/",
    "Set-Cookie: other=canary-3",
    "SET-COOKIE: third=canary-4",
    "X-High: caf\xe9",
    "WWW-Authenticate: Basic realm=canary",
    'Clear-Site-Data: "*"',
    "Strict-Transport-Security: max-age=1",
    "Keep-Alive: timeout=1",
    "Connection: X-Hop",
    "X-Hop: canary-5",
    "Content-Length: 2",
  ];
  let first = "HTTP/1.1 200 Fine";
  at.on("/x", (_, response) => void response.socket!.end(`${[first, ...lines].join("\r\n")}\r\n\r\nok`, "latin1"));
  const own = `Host: 127.0.0.1:${proxy.port}\r\nAuthorization: Bearer ${proxy.token}\r\nConnection: close`;
  const got = await raw(proxy.port, `GET /x HTTP/1.1\r\n${own}\r\n\r\n`);
  expect(got).toMatch(/^HTTP\/1\.1 200 Fine\r\n[\s\S]*\r\n\r\nok$/);
  expect(got).not.toMatch(/canary|clear-site-data|strict-transport|timeout=1|x-hop/i);
  expect(got).toContain("X-High: caf");
  first = "HTTP/1.1 200 Fi\x01ne";
  expect(await raw(proxy.port, `GET /x HTTP/1.1\r\n${own}\r\n\r\n`)).toMatch(
    /^HTTP\/1\.1 (200 OK|502 Bad Gateway)\r\n/,
  );
});

test("a hundred half-open connections and malformed requests do not stop it", async () => {
  const { proxy } = await proxied();
  const sockets = await Promise.all(
    Array.from({ length: 100 }, async (_, n) => {
      const socket = connect(proxy.port, "127.0.0.1");
      socket.on("error", () => {});
      await once(socket, "connect");
      socket.write(n % 2 ? "GET / HT" : "\x00\xff\r\n\r\n");
      return socket;
    }),
  );
  expect(await status(proxy, "GET /api/v1/me")).toBe(200);
  for (const socket of sockets) socket.resetAndDestroy();
  expect(await status(proxy, "GET /api/v1/me")).toBe(200);
  expect(await proxy.stop()).toBe(130);
});

test("no output contains the password, the session's cookie or the token", async () => {
  const { at, proxy } = await proxied(["--verbose"]);
  await status(proxy, "GET /api/v1/me");
  at.simulator.revokeAll();
  await status(proxy, "GET /api/v1/me");
  const cookies = at.simulator.requests.map(({ headers }) => headers.get("cookie")?.replace("va=", "")).filter(Boolean);
  expect(cookies.length).toBeGreaterThan(1);
  at.server.closeAllConnections();
  at.server.close();
  await status(proxy, "GET /api/v1/me?secret=canary-of-a-query");
  await proxy.stop();
  const said = proxy.stderr();
  expect(said).toMatch(/could not be reached/);
  for (const secret of [PASSWORD, proxy.token, "canary-of-a-query", ...cookies]) expect(said).not.toContain(secret);
});

test("--no-token requires no token, and keeps all other checks", async () => {
  const { proxy } = await proxied(["--no-token"]);
  expect(proxy.token).toBe("");
  const call = (...args: string[]) => curl([...args, `${proxy.url}/api/v1/me`]);
  expect(await call()).toMatchObject({ status: 200 });
  expect(await call("-H", "Origin: https://evil.example")).toMatchObject({ status: 403 });
  expect(await call("-H", `Host: evil.example:${proxy.port}`)).toMatchObject({ status: 403 });
  expect(await call("-H", "Sec-Fetch-Site: cross-site")).toMatchObject({ status: 403 });
  expect(proxy.stderr()).toMatch(/--no-token: every program on this machine/);
});
