import { once } from "node:events";
import { expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { listening, rawCall, servedVendor, sessionAt } from "./feature-support.ts";

test("each session is served below its name, even without a slash at the end", async () => {
  const [acme, other] = [await servedVendor(), await servedVendor()];
  const { call } = await listening({ sessions: { acme: sessionAt(acme), other: sessionAt(other) } });
  expect((await call("/acme/api/v1/me")).status).toBe(200);
  expect(other.simulator.requests).toEqual([]);
  expect((await call("/other/api/v1/me?x=1")).status).toBe(200);
  expect(other.simulator.requests.at(-1)?.url).toMatch(/\/api\/v1\/me\?x=1$/);
  for (const path of ["/acme", "/acme?x=1"]) {
    await call(path);
    expect(acme.simulator.requests.at(-1)?.path).toBe("/");
  }
  const unknown = await call("/acmes/api/v1/me");
  expect([unknown.status, unknown.headers.get("vms-proxy-error")]).toEqual([404, "unknown_session"]);
  expect(await unknown.text()).toContain("Served: /acme/…, /other/…");
});

test("a name that needs escaping is found however the caller escapes it", async () => {
  const at = await servedVendor();
  const sessions = { "ops@acme": sessionAt(at), "Zürich 2": sessionAt(at), "a/b": sessionAt(at) };
  const { call, port, bearer } = await listening({ sessions });
  for (const name of ["ops@acme", "ops%40acme", "Z%C3%BCrich%202", "z%c3%bcrich%202".replace("z", "Z"), "a%2Fb"]) {
    expect([name, (await call(`/${name}/api/v1/me`)).status]).toEqual([name, 200]);
  }
  // Not valid UTF-8.
  expect((await rawCall(port, "/%ff/api/v1/me", bearer)).status).toBe(404);
});

test("redirects and links lead back below the name", async () => {
  const at = await servedVendor({
    "/moved": (_, response) =>
      response
        .writeHead(302, {
          location: "/clips/1",
          link: '</page/2>; rel="next", <https://elsewhere.example/>; rel="help"',
        })
        .end(),
  });
  const { call, url } = await listening({ sessions: { "ops@acme": sessionAt(at), other: sessionAt(at) } });
  const { headers } = await call("/ops@acme/moved");
  expect(headers.get("location")).toBe(`${url}/ops@acme/clips/1`);
  expect(headers.get("link")).toBe(`<${url}/ops@acme/page/2>; rel="next", <https://elsewhere.example/>; rel="help"`);
});

test("the vendor receives a page's Referer as its own URL, and no Referer of another session's page", async () => {
  const seen: (string | undefined)[] = [];
  const at = await servedVendor({
    "/part": ({ headers }, response) => {
      seen.push(headers.referer);
      response.end();
    },
  });
  const { call, url } = await listening({ sessions: { acme: sessionAt(at), other: sessionAt(at) } });
  for (const page of ["/acme/page?x=1", "/other/page", "/"]) {
    await call("/acme/part", { headers: { referer: url + page } });
  }
  expect(seen).toEqual([`${at.baseUrl}/page?x=1`, undefined, undefined]);
});

test("a browser that opens the token's URL below a name can use all sessions", async () => {
  const at = await servedVendor();
  const { url, port, proxy } = await listening({ sessions: { acme: sessionAt(at), other: sessionAt(at) } });
  const opened = await rawCall(port, `/acme/api/v1/me?x=1&vms_token=${proxy.token}`, { "sec-fetch-dest": "document" });
  expect([opened.status, opened.headers.location]).toEqual([303, `${url}/acme/api/v1/me?x=1`]);
  const cookie = opened.headers["set-cookie"]?.[0] ?? "";
  expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
  const headers = { cookie: cookie.split(";")[0] ?? "", "sec-fetch-site": "same-origin" };
  for (const name of ["acme", "other"]) {
    expect((await rawCall(port, `/${name}/api/v1/me`, headers)).status).toBe(200);
  }
});

test("WebSockets work below a name", async () => {
  const at = await servedVendor();
  const sockets = new WebSocketServer({ server: at.server, path: "/events" });
  sockets.on("connection", (socket) => socket.on("message", (data) => socket.send(`echo ${data}`)));
  const { url, bearer } = await listening({ sessions: { acme: sessionAt(at), other: sessionAt(at) } });
  const socket = new WebSocket(`${url.replace("http", "ws")}/acme/events`, { headers: bearer });
  await once(socket, "open");
  socket.send("hello");
  expect(String((await once(socket, "message"))[0])).toBe("echo hello");
  socket.close();
  await once(socket, "close");
});

test("callers of a session that could not be created receive its error, and the others work", async () => {
  const at = await servedVendor();
  const failures: string[] = [];
  const { call } = await listening({
    sessions: { acme: sessionAt(at), broken: { error: new Error("no CA") } },
    describeError: (error, _name, response) => ({ ...response, status: 500, text: (error as Error).message }),
    onFailure: ({ text }, name) => failures.push(`${name}: ${text}`),
  });
  expect((await call("/acme/api/v1/me")).status).toBe(200);
  const failed = await call("/broken/api/v1/me");
  expect([failed.status, await failed.text()]).toEqual([500, "vms proxy: no CA\n"]);
  expect(failures).toEqual(["broken: no CA"]);
});
