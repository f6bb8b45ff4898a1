import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import process from "node:process";
import { type BrowserContext, chromium } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { WebSocketServer } from "ws";
import { proxied, type RunningProxy } from "../support/running.ts";
import type { Vendor } from "../support/vendor.ts";

let browser: BrowserContext;
let profile: string;

beforeAll(async () => {
  profile = await mkdtemp(join(tmpdir(), "vms-chromium-"));
  browser = await chromium.launchPersistentContext(profile, {
    executablePath: programOf("chromium"),
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await rm(profile, { recursive: true, force: true });
});

function programOf(name: string): string {
  const places = (process.env.PATH ?? "").split(delimiter).map((directory) => join(directory, name));
  const found = places.find((path) => existsSync(path));
  if (found === undefined) throw new Error(`This test calls ${name}: install the package of that name.`);
  return found;
}

const PAGE = `<!doctype html><title>loading</title>
<link rel="stylesheet" href="/style.css">
<img src="/picture.svg">
<script type="module">
  const zones = await (await fetch("/api/v1/alarmZones")).json();
  const posted = await (await fetch("/posted", { method: "POST", body: "from the page" })).text();
  const socket = new WebSocket("ws://" + location.host + "/events");
  const greeting = await new Promise((resolve) => socket.onmessage = ({ data }) => resolve(data));
  document.title = [zones.length, posted, greeting, document.cookie].join("|");
</script>`;

/** A vendor with a page, behind a proxy. */
async function site(): Promise<{ at: Vendor; proxy: RunningProxy }> {
  const { at, proxy } = await proxied();
  at.on("/", (_, response) => response.writeHead(200, { "content-type": "text/html" }).end(PAGE));
  at.on("/style.css", (_, response) => response.writeHead(200, { "content-type": "text/css" }).end("body{color:red}"));
  at.on("/picture.svg", (_, response) =>
    response
      .writeHead(200, { "content-type": "image/svg+xml" })
      .end('<svg xmlns="http://www.w3.org/2000/svg" width="37" height="1"/>'),
  );
  at.on("/posted", async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    response.end(`${body} at ${request.headers.origin === at.baseUrl}`);
  });
  const sockets = new WebSocketServer({ noServer: true });
  at.server.on("upgrade", async (request, socket, head) => {
    if (!(await at.knows(request))) return socket.destroy();
    return sockets.handleUpgrade(request, socket, head, (one) => one.send("welcome"));
  });
  return { at, proxy };
}

/** A page at another origin. */
async function elsewhere(html: string): Promise<string> {
  const listener: RequestListener = (_, response) => response.writeHead(200, { "content-type": "text/html" }).end(html);
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

test("a page opened with the token's URL loads all its parts, and no script sees a cookie", async () => {
  const { at, proxy } = await site();
  const page = await browser.newPage();
  await page.goto(`${proxy.url}/?vms_token=${proxy.token}`);
  await expect.poll(() => page.title(), { timeout: 20_000 }).toBe("3|from the page at true|welcome|");
  expect(page.url()).toBe(`${proxy.url}/`);
  expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe("rgb(255, 0, 0)");
  expect(await page.evaluate(() => document.images[0]?.naturalWidth)).toBe(37);
  const [cookie, ...others] = await browser.cookies(proxy.url);
  expect(cookie).toMatchObject({ name: `vms_token_${proxy.port}`, httpOnly: true, sameSite: "Strict" });
  expect(others.filter(({ name }) => !name.startsWith("vms_token_"))).toEqual([]);
  expect(at.seen.map(({ url }) => url).join()).not.toContain("vms_token");
  // The vendor sees the proxy's page as its own page.
  expect(at.seen.find(({ url }) => url === "/picture.svg")?.headers.referer).toBe(`${at.baseUrl}/`);
  expect(at.seen.find(({ url }) => url === "/picture.svg")?.headers.cookie).toMatch(/^va=[^;]+$/);
  await page.reload();
  await expect.poll(() => page.title(), { timeout: 20_000 }).toMatch(/^3\|/);
  await page.close();
});

test("a page without the token receives nothing", async () => {
  const { proxy, at } = await site();
  const page = await browser.newPage();
  const answer = await page.goto(`${proxy.url}/`);
  expect(answer?.status()).toBe(401);
  expect(await page.textContent("body")).toMatch(/open the address that it printed/);
  expect(at.seen).toEqual([]);
  await page.close();
});

test("a page of another origin cannot use the cookie of a browser", async () => {
  const { proxy, at } = await site();
  const own = await browser.newPage();
  await own.goto(`${proxy.url}/?vms_token=${proxy.token}`);
  await expect.poll(() => own.title(), { timeout: 20_000 }).toMatch(/^3\|/);
  const before = at.seen.length + at.simulator.requests.length;

  // Another port of the same host is the same site, so the browser sends the cookie; localhost is another site.
  for (const host of ["127.0.0.1", "localhost"]) {
    const attacks = `<!doctype html><img id="i" src="${proxy.url}/picture.svg"><iframe src="${proxy.url}/"></iframe>
<script src="${proxy.url}/api/v1/me"></script><form method="post" action="${proxy.url}/posted" target="f"></form><iframe name="f"></iframe>`;
    const page = await browser.newPage();
    const statuses: (number | string)[] = [];
    page.on("response", (answer) => {
      if (answer.url().startsWith(proxy.url)) statuses.push(answer.status());
    });
    await page.goto((await elsewhere(attacks)).replace("127.0.0.1", host));
    const results = await page.evaluate(async (target) => {
      const tried = async (init: RequestInit) => {
        try {
          const answer = await fetch(`${target}/api/v1/me`, { credentials: "include", ...init });
          return `${answer.type} ${answer.status}`;
        } catch {
          return "refused";
        }
      };
      const socket = new WebSocket(`${target.replace("http", "ws")}/events`);
      const opened = await new Promise((resolve) => {
        socket.onopen = () => resolve("open");
        socket.onerror = () => resolve("refused");
      });
      document.forms[0]?.submit();
      await new Promise((resolve) =>
        document.querySelector<HTMLIFrameElement>("[name=f]")?.addEventListener("load", resolve),
      );
      const plain = await tried({});
      const written = await tried({ method: "PUT", body: "x" });
      const blind = await tried({ mode: "no-cors", method: "POST", body: "x" });
      const width = (document.getElementById("i") as HTMLImageElement).naturalWidth;
      return { opened, plain, written, blind, width };
    }, proxy.url);
    // The result of a no-cors request is opaque to its page. That it failed is checked below.
    expect([host, results]).toEqual([
      host,
      { opened: "refused", plain: "refused", written: "refused", blind: "opaque 0", width: 0 },
    ]);
    expect(statuses.length).toBeGreaterThan(0);
    expect(new Set(statuses)).toEqual(new Set([403]));
    await page.close();
  }
  expect(at.seen.length + at.simulator.requests.length).toBe(before);
  await own.close();
});

test("a link on another site does not open a page with the session", async () => {
  const { proxy, at } = await site();
  const own = await browser.newPage();
  await own.goto(`${proxy.url}/?vms_token=${proxy.token}`);
  await expect.poll(() => own.title(), { timeout: 20_000 }).toMatch(/^3\|/);
  const before = at.seen.length;
  await own.goto((await elsewhere(`<a href="${proxy.url}/">go</a>`)).replace("127.0.0.1", "localhost"));
  await own.click("a");
  await own.waitForURL(`${proxy.url}/`);
  expect(await own.textContent("body")).toMatch(/a page of another origin may not use the session/);
  expect(at.seen.length).toBe(before);
  await own.close();
});

test("a name that is rebound to this machine (DNS rebinding) receives nothing", async () => {
  const { proxy, at } = await site();
  const page = await browser.newPage();
  // Chromium resolves every name below localhost to this machine, like a rebound name.
  const answer = await page.goto(`http://rebound.localhost:${proxy.port}/?vms_token=${proxy.token}`);
  expect(answer?.status()).toBe(403);
  expect(at.seen).toEqual([]);
  await page.close();
});
