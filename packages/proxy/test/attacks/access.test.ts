import { networkInterfaces } from "node:os";
import { expect, test } from "vitest";
import { cookieOf } from "../support/cookie.ts";
import { curl } from "../support/curl.ts";
import { raw } from "../support/raw.ts";
import { proxied } from "../support/running.ts";
import { statusOf } from "../support/status-of.ts";

test("only the names of this machine are accepted", async () => {
  const { at, proxy } = await proxied();
  const { port } = proxy;
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`]) {
    expect([host, await statusOf(proxy, "GET /api/v1/me", `Host: ${host}`)]).toEqual([host, 200]);
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
    expect([host, await statusOf(proxy, "GET /api/v1/me", `Host: ${host}`)]).toEqual([host, 403]);
  }
  const twice = [`Host: 127.0.0.1:${port}`, `Host: evil.example:${port}`];
  expect([400, 403]).toContain(await statusOf(proxy, "GET /api/v1/me", ...twice));
  expect([400, 403]).toContain(await statusOf(proxy, "GET /api/v1/me", ...twice.reverse()));
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
  expect(await statusOf(proxy, me, `Origin: ${proxy.url}`)).toBe(200);
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
    expect([origin, await statusOf(proxy, me, `Origin: ${origin}`)]).toEqual([origin, 403]);
    expect(
      await statusOf(proxy, "OPTIONS /api/v1/me", `Origin: ${origin}`, "Access-Control-Request-Method: POST"),
    ).toBe(403);
  }
  for (const site of ["cross-site", "same-site", "anything"]) {
    expect(await statusOf(proxy, me, `Sec-Fetch-Site: ${site}`)).toBe(403);
  }
  expect(at.simulator.requests.length).toBe(before);
  for (const site of ["none", "same-origin"]) expect(await statusOf(proxy, me, `Sec-Fetch-Site: ${site}`)).toBe(200);
  const { heads } = await curl(["-H", `Authorization: Bearer ${proxy.token}`, `${proxy.url}/cors`]);
  expect(heads).not.toMatch(/access-control/i);
});

test("no request passes without the token of this run", async () => {
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
    expect([shown, await statusOf(proxy, "GET /api/v1/me", shown)]).toEqual([shown, 401]);
  }
  expect(await statusOf(proxy, `GET /api/v1/me?vms_token=wrong`)).toBe(401);
  expect(await statusOf(proxy, `GET /api/v1/me?vms_token=`)).toBe(401);
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
    expect(await statusOf(proxy, `GET /page?vms_token=${token}`, ...lines)).toBe(403);
  }
  expect(await statusOf(proxy, `POST /page?vms_token=${token}`, "Content-Length: 0")).toBe(403);
  expect(
    await statusOf(proxy, `GET /page?vms_token=${token}`, "Sec-Fetch-Site: none", "Sec-Fetch-Dest: document"),
  ).toBe(303);
  expect(at.simulator.requests.filter(({ url }) => url.includes("vms_token"))).toEqual([]);
  at.on("/referred", (request, response) => response.end(String(request.headers.referer)));
  const referred = (referer: string) =>
    curl(["-H", `Authorization: Bearer ${token}`, "-H", `Referer: ${referer}`, `${url}/referred`]);
  expect((await referred(page)).text).toBe("undefined");
  expect((await referred(`${url}/page?a=1`)).text).toBe(`${at.baseUrl}/page?a=1`);
  expect((await referred("https://elsewhere.example/")).text).toBe("undefined");
});

test("a service worker, which would outlive the run, is refused", async () => {
  const { at, proxy } = await proxied();
  expect(await statusOf(proxy, "GET /worker.js", "Service-Worker: script")).toBe(403);
  expect(await statusOf(proxy, "GET /worker.js", "Sec-Fetch-Dest: serviceworker", "Sec-Fetch-Site: same-origin")).toBe(
    403,
  );
  expect(at.simulator.requests.filter(({ path }) => path === "/worker.js")).toEqual([]);
});

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
  const { proxy } = await proxied({}, { host: bind ?? "0.0.0.0" });
  const page = await curl([`${proxy.url}/page?vms_token=${proxy.token}`]);
  expect(page.status).toBe(403);
  expect(page.text).toMatch(/browsers, which are served only on loopback/);
  expect(page.heads).not.toMatch(/set-cookie/i);
  const shown = ["-b", `vms_token_${proxy.port}=${proxy.token}`, "-H", "Sec-Fetch-Site: same-origin"];
  expect(await curl([...shown, `${proxy.url}/api/v1/me`])).toMatchObject({ status: 401 });
  const asked = await curl(["-A", "Mozilla/5.0 (X11)", `${proxy.url}/api/v1/me`]);
  expect(asked.heads).toMatch(/www-authenticate: Bearer/i);
  expect(await curl(["-u", `vms:${proxy.token}`, `${proxy.url}/api/v1/me`])).toMatchObject({ status: 200 });
});

test("`token: false` requires no token, and keeps all other checks", async () => {
  const { proxy } = await proxied({ token: false });
  expect(proxy.token).toBe("");
  const call = (...args: string[]) => curl([...args, `${proxy.url}/api/v1/me`]);
  expect(await call()).toMatchObject({ status: 200 });
  expect(await call("-H", "Origin: https://evil.example")).toMatchObject({ status: 403 });
  expect(await call("-H", `Host: evil.example:${proxy.port}`)).toMatchObject({ status: 403 });
  expect(await call("-H", "Sec-Fetch-Site: cross-site")).toMatchObject({ status: 403 });
});
