import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createAltaServer } from "@vms/simulator";
import { expect, test } from "vitest";
import { curl } from "./support/curl.ts";
import { directory } from "./support/directory.ts";
import { raw } from "./support/raw.ts";
import { account, altaSession, running } from "./support/running.ts";
import { served } from "./support/served.ts";
import { vendor } from "./support/vendor.ts";

test("a vendor's Retry-After leads to a 503 with that header, for later calls too", async () => {
  const { server, baseUrl } = await served(createAltaServer({ account }));
  server.script({
    status: 429,
    headers: { "retry-after": "77" },
    times: 2,
    when: ({ path }) => path.endsWith("dologin"),
  });
  const proxy = await running({ session: altaSession(baseUrl) });
  const call = () => curl(["-H", `Authorization: Bearer ${proxy.token}`, `${proxy.url}/api/v1/me`]);
  const waiting = await call();
  expect(waiting).toMatchObject({ status: 503 });
  expect(waiting.heads).toMatch(/retry-after: 77/i);
  expect((await call()).heads).toMatch(/retry-after: 7[67]/i);
  expect(server.loginAttempts).toBe(1);
});

test("an unreachable vendor leads to a 502", async () => {
  const { baseUrl, close } = await served(createAltaServer({ account }));
  const proxy = await running({ session: altaSession(baseUrl) });
  const call = () => curl(["-H", `Authorization: Bearer ${proxy.token}`, `${proxy.url}/api/v1/me`]);
  expect(await call()).toMatchObject({ status: 200 });
  await close();
  const gone = await call();
  expect(gone).toMatchObject({ status: 502 });
  expect(gone.heads).toMatch(/vms-proxy-error: vendor_unreachable/);
  expect(gone.text).toMatch(/could not be reached \((ECONNREFUSED|UND_ERR_SOCKET)\)\.\n$/);
});

test("a response that ends early also ends early for the client, and a failed upload is answered", async () => {
  const at = await vendor({ account });
  at.on("/half", (_, response) => {
    response.writeHead(200, { "content-length": 1000 }).write("x".repeat(100), () => response.destroy());
  });
  at.on("/hangup", (request, response) => {
    request.once("data", () => response.destroy());
  });
  const proxy = await running({ session: altaSession(at.baseUrl) });
  const bearer = ["-H", `Authorization: Bearer ${proxy.token}`];
  // 18: partial file.
  expect(await curl([...bearer, `${proxy.url}/half`])).toMatchObject({ exit: 18, bytes: 100 });
  const file = join(await directory(), "file");
  await writeFile(file, "l".repeat(4_000_000));
  const refused = await curl([...bearer, "-T", file, `${proxy.url}/hangup`]);
  expect(refused).toMatchObject({ status: 502 });
  expect(await curl([...bearer, `${proxy.url}/api/v1/me`])).toMatchObject({ status: 200 });
});

test("a vendor that does not speak valid HTTP leads to a 502 that quotes nothing", async () => {
  const at = await vendor({ account });
  const proxy = await running({ session: altaSession(at.baseUrl) });
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
  expect(JSON.stringify(proxy.failures)).not.toContain("canary");
});
