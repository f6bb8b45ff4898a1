import { createServer } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createAlertSiteServer, createAltaServer, createEagleEyeServer, createSimulator } from "../src/index.ts";
import { type Served, type ServeOptions, serve, serveAll } from "../src/node.ts";
import { held } from "./held.ts";
import { cookiesOf, form, json } from "./requests.ts";

const open: { close(): Promise<void> }[] = [];
const keep = <T extends { close(): Promise<void> }>(served: T): T => {
  open.push(served);
  return served;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((served) => served.close()));
  vi.restoreAllMocks();
});

test("does not replace the platform's Request and Response", async () => {
  const before = [globalThis.Request, globalThis.Response];
  const { url } = await serveAlta();
  await fetch(url("alarmZones"));
  expect([globalThis.Request, globalThis.Response]).toEqual(before);
});

async function serveAlta(options?: ServeOptions) {
  const alta = createAltaServer();
  const served = keep(await serve(alta, options));
  return { alta, served, url: (path: string) => `${served.baseUrl}/api/v1/${path}` };
}

const code = (error: unknown) => (error as { cause?: { code?: string } }).cause?.code;

describe("a served vendor", () => {
  test("listens on a free port of 127.0.0.1", async () => {
    const { served } = await serveAlta();
    expect(served.origin).toBe(`http://127.0.0.1:${served.port}`);
    expect(served.port).toBeGreaterThan(0);
  });

  test("has its base path in its base URL", async () => {
    const served = keep(await serve(createAlertSiteServer()));
    expect(served.baseUrl).toBe(`${served.origin}/alertsite-restapi`);
  });

  test("responds like in process, without Secure over http", async () => {
    const { alta, url } = await serveAlta();
    const login = await fetch(url("dologin"), json(alta.account));
    expect(login.headers.getSetCookie()).toEqual([expect.stringMatching(/^va=.*; HttpOnly$/)]);
    expect((await fetch(url("alarmZones"), { headers: cookiesOf(login) })).status).toBe(200);
    expect(alta.requests[0]!.url).toBe(url("dologin"));
  });

  test("shares its sessions with the in-process fetch", async () => {
    const { alta, url } = await serveAlta();
    const session = cookiesOf(await fetch(url("dologin"), json(alta.account)));
    expect((await alta.fetch(`${alta.baseUrl}/api/v1/me`, { headers: session })).status).toBe(200);
    alta.revokeAll();
    expect((await fetch(url("me"), { headers: session })).status).toBe(401);
  });

  test("omits the cookie's domain on a host that is not the vendor's", async () => {
    const eagleeye = createEagleEyeServer();
    const { baseUrl } = keep(await serve(eagleeye));
    const { token } = (await (await fetch(`${baseUrl}/g/aaa/authenticate`, form(eagleeye.account))).json()) as {
      token: string;
    };
    const response = await fetch(`${baseUrl}/g/aaa/authorize`, form({ token }));
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^videobank_sessionid=[^;]+; Path=\/$/),
      expect.stringMatching(/^auth_key=[^;]+; Path=\/$/),
    ]);
  });

  test("sends the date of its clock, or none", async () => {
    const { alta, url } = await serveAlta();
    alta.clock.advance(-Date.now());
    expect((await fetch(url("me"))).headers.get("date")).toMatch(/^Thu, 01 Jan 1970 00:00:0/);
    const silent = keep(await serve(createAltaServer({ dateHeader: false })));
    expect((await fetch(silent.baseUrl)).headers.has("date")).toBe(false);
  });

  test("redirects to its own address", async () => {
    const simulator = createSimulator();
    const { adminToken } = keep(await serveAll(simulator));
    const response = await fetch(`${adminToken.baseUrl}/${simulator.adminToken.firstCall}`, { redirect: "manual" });
    expect(response.headers.get("location")).toBe(`${adminToken.origin}/login`);
  });

  test("reports a port in use", async () => {
    const { served } = await serveAlta();
    await expect(serveAlta({ port: served.port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });
});

describe("scripted faults over a socket", () => {
  test("a drop before the headers resets the connection", async () => {
    const { alta, url } = await serveAlta();
    alta.script({ drop: "before-headers" });
    const error: unknown = await fetch(url("me")).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(TypeError);
    expect(code(error)).toBe("ECONNRESET");
  });

  test("a drop in the body ends the connection", async () => {
    const { alta, url } = await serveAlta();
    alta.script({
      drop: "in-body",
      status: 200,
      headers: [
        ["set-cookie", "a=1"],
        ["set-cookie", "b=2"],
      ],
      body: "abcdef",
    });
    const response = await fetch(url("me"));
    expect([response.status, response.headers.get("content-length")]).toEqual([200, "6"]);
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    await expect(response.text()).rejects.toThrow("terminated");
  });

  test("a drop in an empty body also ends the connection", async () => {
    const { alta, url } = await serveAlta();
    alta.script({ drop: "in-body", status: 200 });
    await expect(fetch(url("me")).then((response) => response.text())).rejects.toThrow(TypeError);
  });

  test("a stall before the headers lasts until the client closes the connection", async () => {
    const { alta, url } = await serveAlta();
    alta.script({ stall: "before-headers" });
    const abort = new AbortController();
    const pending = fetch(url("me"), { signal: abort.signal });
    await expect.poll(() => alta.requests.length).toBe(1);
    abort.abort();
    await expect(pending).rejects.toMatchObject({ name: "AbortError" });
  });

  test("a stall in the body sends half of it", async () => {
    const { alta, url } = await serveAlta();
    alta.script({ stall: "in-body", status: 200, body: "abcdef" });
    const abort = new AbortController();
    const reader = (await fetch(url("me"), { signal: abort.signal })).body!.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe("abc");
    const rest = reader.read();
    abort.abort();
    await expect(rest).rejects.toMatchObject({ name: "AbortError" });
  });

  test("a delay lasts until its promise resolves", async () => {
    const { alta, url } = await serveAlta();
    const { promise, release } = held();
    alta.script({ delay: promise, status: 204 });
    const pending = fetch(url("me"));
    await expect.poll(() => alta.requests.length).toBe(1);
    release();
    expect((await pending).status).toBe(204);
  });

  test("an invalid body arrives unchanged", async () => {
    const { alta, url } = await serveAlta();
    alta.script({ status: 200, headers: { "content-type": "application/json" }, body: '{"a":' });
    await expect((await fetch(url("me"))).json()).rejects.toThrow(SyntaxError);
  });
});

describe("closing", () => {
  test("closes open connections immediately", async () => {
    const { alta, served, url } = await serveAlta();
    alta.script({ stall: "before-headers" });
    const pending = fetch(url("me"));
    const failed = expect(pending).rejects.toThrow("fetch failed");
    await expect.poll(() => alta.requests.length).toBe(1);
    await served.close();
    await failed;
    await expect(fetch(url("me"))).rejects.toThrow("fetch failed");
  });

  test("twice is no error", async () => {
    const { served } = await serveAlta();
    await served.close();
    await served.close();
  });
});

describe("the host to listen on", () => {
  test.for(["0.0.0.0", "::", "192.0.2.1", "127.evil.example", "example.com"])(
    "is not %s unless allowed",
    async (hostname) => {
      await expect(serve(createAltaServer(), { hostname })).rejects.toThrow("is not a loopback address");
      await expect(serveAll(createSimulator(), { hostname })).rejects.toThrow("is not a loopback address");
    },
  );

  test("can be another one if allowed, which prints a warning once", async () => {
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    keep(await serveAll(createSimulator(), { hostname: "0.0.0.0", allowNonLoopback: true }));
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining("anyone who can reach the port can sign in"));
  });

  test.for(["localhost", "127.0.0.2"])("can be %s", async (hostname) => {
    const { served, url } = await serveAlta({ hostname });
    expect(served.origin).toBe(`http://${hostname}:${served.port}`);
    expect((await fetch(url("me"))).status).toBe(401);
  });
});

describe("serving all vendors", () => {
  test("gives each vendor its own port", async () => {
    const { close: _, ...served } = keep(await serveAll(createSimulator()));
    expect(new Set(Object.values(served).map(({ port }: Served) => port)).size).toBe(createSimulator().all.length);
  });

  test("accepts ports by name", async () => {
    const port = await freePort();
    const { findface } = keep(await serveAll(createSimulator(), { ports: { findface: port } }));
    expect(findface.port).toBe(port);
  });

  test("opens no port if one is in use", async () => {
    const { served } = await serveAlta();
    const first = await freePort();
    const ports = { alta: first, adminToken: served.port };
    await expect(serveAll(createSimulator(), { ports })).rejects.toMatchObject({ code: "EADDRINUSE" });
    await expect(fetch(`http://127.0.0.1:${first}/`)).rejects.toThrow("fetch failed");
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
