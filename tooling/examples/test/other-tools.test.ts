import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { delimiter } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { WebSocketServer } from "ws";
import { served } from "./served.ts";

const page = readFileSync(new URL("../../../docs/other-tools.md", import.meta.url), "utf8");
const work = fileURLToPath(new URL("../.report/other-tools/", import.meta.url));
mkdirSync(work, { recursive: true });
const ZONES = /alarm|zone|name/i;

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Runs the program under a heading of the page, unchanged. */
async function run(heading: string, env: Record<string, string> = {}) {
  const { simulator, at } = await served();
  const code = new RegExp(`^## ${heading}[^\\n]*\\n[\\s\\S]*?^\`\`\`ts\\n([\\s\\S]*?)^\`\`\`$`, "m").exec(page)?.[1];
  if (code === undefined) throw new Error(`there is no program under "${heading}"`);
  const file = `${work}${heading.replaceAll(/\W+/g, "-")}.ts`;
  writeFileSync(file, code);
  return {
    simulator,
    at,
    async finish(more: Record<string, string> = {}) {
      const child = spawn(process.execPath, [file], {
        env: {
          PATH: process.env.PATH ?? "",
          VMS_ALTA_URL: at.alta.baseUrl,
          VMS_ALTA_USERNAME: simulator.alta.account.username,
          VMS_ALTA_PASSWORD: simulator.alta.account.password,
          ...env,
          ...more,
        },
      });
      const [out, err, status] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        new Promise((resolve) => child.on("close", resolve)),
      ]);
      expect({ err, status }).toEqual({ err: "", status: 0 });
      return out;
    },
  };
}

test("a WebSocket opens with the session's headers", async () => {
  const program = await run("A WebSocket");
  // The simulator has no WebSocket, so a server in front of it accepts clients that the simulator knows.
  const server = createServer();
  const sockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", async (request, socket, head) => {
    const known = await fetch(`${program.at.alta.baseUrl}/api/v1/alarmZones`, {
      headers: { cookie: request.headers.cookie ?? "" },
    });
    if (!known.ok) {
      socket.destroy();
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => opened.send("welcome"));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => server.close());
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/events`;
  expect(await program.finish({ VMS_SOCKET_URL: url })).toBe("welcome\n");
});

test("undici.request with the interceptor", async () => {
  const program = await run("undici.request");
  expect(await program.finish()).toMatch(/^200 \[/);
});

test("the real curl, with the headers from standard input", async () => {
  const program = await run("curl");
  expect(await program.finish()).toMatch(ZONES);
});

test("a tool that accepts header text, like ffmpeg", async () => {
  const program = await run("ffmpeg");
  // A stand-in for ffmpeg that sends the header text unchanged over its own socket.
  const stand = `#!${process.execPath}
import net from "node:net";
const [, , , headers, , input] = process.argv;
const url = new URL(input);
const socket = net.connect(Number(url.port), url.hostname, () => {
  socket.write("GET " + url.pathname + " HTTP/1.1\\r\\nHost: " + url.host + "\\r\\nConnection: close\\r\\n" + headers + "\\r\\n");
});
socket.pipe(process.stdout);
`;
  writeFileSync(`${work}ffmpeg`, stand);
  chmodSync(`${work}ffmpeg`, 0o755);
  const out = await program.finish({ PATH: `${work}${delimiter}${process.env.PATH}` });
  expect(out).toMatch(/^HTTP\/1\.1 200/);
});

test("the real curl -b accepts the written cookies.txt", async () => {
  const program = await run("cookies.txt, out");
  expect(await program.finish()).toMatch(ZONES);
  expect(program.simulator.alta.logins).toBe(1);
});

test("cookies of the real curl -c are used without a login", async () => {
  const program = await run("cookies.txt, in");
  const { alta } = program.simulator;
  const jar = `${work}curl-cookies.txt`;
  const url = `${program.at.alta.baseUrl}/api/v1/dologin`;
  const body = JSON.stringify(alta.account);
  const curl = spawn("curl", ["--silent", "-c", jar, "-H", "Content-Type: application/json", "-d", "@-", url]);
  curl.stdin.end(body);
  await new Promise((resolve) => curl.on("close", resolve));
  expect(await program.finish({ VMS_COOKIES_TXT: jar })).toMatch(ZONES);
  expect([alta.logins, alta.loginAttempts]).toEqual([1, 1]);
});

test("a cookie from curl that the vendor rejects costs one login", async () => {
  const program = await run("cookies.txt, in");
  const { alta } = program.simulator;
  const jar = `${work}dead-cookies.txt`;
  writeFileSync(jar, "127.0.0.1\tFALSE\t/\tFALSE\t0\tva\tmade-up-and-dead\n");
  expect(await program.finish({ VMS_COOKIES_TXT: jar })).toMatch(ZONES);
  expect(alta.logins).toBe(1);
});

test("nodeFetch with only a limit of connections", async () => {
  const program = await run("A private CA");
  expect(await program.finish()).toMatch(ZONES);
});
