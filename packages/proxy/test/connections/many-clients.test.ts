import { createHash, randomBytes } from "node:crypto";
import { createAltaServer } from "@vms/simulator";
import { Agent, request } from "undici";
import { expect, onTestFinished, test } from "vitest";
import { proxyProcess } from "../support/proxy-process.ts";
import { account, proxied } from "../support/running.ts";
import { served } from "../support/served.ts";

const MB = 2 ** 20;

test("2,000 clients at once cause one login when the session expires, and all receive a response", async () => {
  const clients = 2_000;
  const { server, baseUrl } = await served(createAltaServer({ account }));
  const proxy = await proxyProcess(baseUrl);
  const dispatcher = new Agent({ connections: clients, keepAliveTimeout: 60_000, connectTimeout: 50_000 });
  onTestFinished(() => dispatcher.destroy());
  let answered = 0;
  const call = async () => {
    const { statusCode, body } = await request(`${proxy.url}/api/v1/me`, { dispatcher, headers: proxy.bearer });
    await body.dump();
    // In the middle of the second round.
    if (++answered === 1.5 * clients) server.revokeAll();
    return statusCode;
  };
  await call();
  const before = proxy.peak();
  for (let round = 0; round < 2; round++) {
    const statuses = await Promise.all(Array.from({ length: clients }, call));
    expect(new Set(statuses)).toEqual(new Set([200]));
  }
  expect(server.logins).toBe(2);
  expect(proxy.peak() - before).toBeLessThan(300 * MB);
  expect(proxy.stderr()).toBe("");
}, 180_000);

test("uploads and downloads at the same time arrive unchanged", async () => {
  const { at, proxy } = await proxied();
  const digest = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
  const download = randomBytes(3 * MB);
  at.on("/down", (_, response) => response.end(download));
  at.on("/up", async (request, response) => {
    const hash = createHash("sha256");
    for await (const chunk of request) hash.update(chunk);
    response.end(hash.digest("hex"));
  });
  // Sends back what arrives, while it arrives.
  at.on("/echo", (request, response) => void request.pipe(response));
  const headers = proxy.bearer;
  const up = async () => {
    const body = randomBytes(3 * MB);
    const answer = await fetch(`${proxy.url}/up`, { method: "POST", headers, body });
    expect(await answer.text()).toBe(digest(body));
  };
  const down = async () => {
    const answer = await fetch(`${proxy.url}/down`, { headers });
    expect(digest(await answer.bytes())).toBe(digest(download));
  };
  const echo = async () => {
    const body = randomBytes(3 * MB);
    const sent = { method: "POST", headers, body: new Blob([body]).stream(), duplex: "half" as const };
    const answer = await fetch(`${proxy.url}/echo`, sent);
    expect(digest(await answer.bytes())).toBe(digest(body));
  };
  await Promise.all(Array.from({ length: 8 }, () => [up(), down(), echo()]).flat());
});
