import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { createSimulator } from "../src/index.ts";

const bin = join(import.meta.dirname, "../src/bin.ts");
const names = createSimulator().all.map(({ vendor }) => vendor);
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** Starts the command, and collects what it prints. */
function start(...args: string[]) {
  const child = spawn(process.execPath, [bin, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  children.push(child);
  const printed = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    printed.err += text;
  });
  const ended = once(child, "close").then(([code]: unknown[]) => code);
  const lines = async (count: number) => {
    await expect.poll(() => printed.out.split("\n").length - 1, { timeout: 20_000 }).toBe(count);
    return printed.out.trim().split("\n");
  };
  return { child, printed, ended, lines };
}

describe("vms-simulator", { timeout: 30_000 }, () => {
  test.for(["SIGTERM", "SIGINT"] as const)(
    "prints the base URL and the account of each vendor, answers requests, and exits with 0 on %s",
    async (signal) => {
      const { child, ended, lines } = start();
      const [head, ...rows] = (await lines(1 + names.length)).map((line) => line.split(/ {2,}| (?=\S+$)/));
      expect(head).toEqual(["vendor", "base URL", "username", "password"]);
      expect(rows.map(([vendor]) => vendor)).toEqual(names);
      for (const [, baseUrl] of rows) expect(baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+/);
      const [, baseUrl, username, password] = rows.find(([vendor]) => vendor === "alta")!;
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify({ username, password });
      expect((await fetch(`${baseUrl}/api/v1/dologin`, { method: "POST", headers, body })).status).toBe(200);
      child.kill(signal);
      expect(await ended).toBe(0);
    },
  );

  test("prints one line of JSON on request", async () => {
    const { lines } = start("--json");
    const [line = ""] = await lines(1);
    const vendors = JSON.parse(line) as Record<string, { baseUrl: string; firstCall: string }>;
    expect(Object.keys(vendors)).toEqual(names);
    for (const { baseUrl, firstCall } of Object.values(vendors)) {
      const response = await fetch(`${baseUrl}/${firstCall}`, { headers: { accept: "application/json" } });
      expect([200, 401]).toContain(response.status);
    }
  });

  test("rejects a host that others can reach, or warns if it is allowed", async () => {
    const refused = start("--host", "0.0.0.0");
    expect(await refused.ended).toBe(1);
    expect(refused.printed.err).toContain("is not a loopback address");
    const allowed = start("--host", "0.0.0.0", "--allow-non-loopback");
    await allowed.lines(1 + names.length);
    await expect.poll(() => allowed.printed.err).toContain("anyone who can reach the port can sign in");
  });

  test("serves a vendor on the port of its option", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as AddressInfo;
    const { printed, ended } = start("--admin-token-port", String(port));
    expect(await ended).toBe(1);
    expect(printed.err).toContain(`EADDRINUSE: address already in use 127.0.0.1:${port}`);
    taken.close();
    await once(taken, "close");
    const { lines } = start("--admin-token-port", String(port), "--json");
    expect(JSON.parse((await lines(1))[0]!)).toMatchObject({ "admin-token": { baseUrl: `http://127.0.0.1:${port}` } });
  });

  test("prints its help, which names the vendors", async () => {
    const { printed, ended } = start("--help");
    expect(await ended).toBe(0);
    expect(printed.out).toContain(names.join(", "));
    expect(printed.out).toContain("--allow-non-loopback");
  });

  test.for([
    [["--port", "many"], "is not a port"],
    [["--port", "70000"], "is not a port"],
    [["--what"], "--what"],
  ] as const)("exits with 1 and a plain sentence for %j", async ([args, message]) => {
    const { printed, ended } = start(...args);
    expect(await ended).toBe(1);
    expect(printed.err).toContain(message);
    expect(printed.err).not.toContain("    at ");
  });
});
