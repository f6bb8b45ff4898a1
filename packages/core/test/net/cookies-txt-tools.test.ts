import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formatCookiesTxt, parseCookiesTxt } from "../../src/net/cookies-txt.ts";

const run = promisify(execFile);

const SAVE = `
import sys, http.cookiejar, urllib.request
jar = http.cookiejar.MozillaCookieJar(sys.argv[1])
urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar)).open(sys.argv[2]).read()
jar.save(ignore_discard=True)`;
const LOAD = `
import sys, http.cookiejar, urllib.request
jar = http.cookiejar.MozillaCookieJar(sys.argv[1])
jar.load()
urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar)).open(sys.argv[2]).read()`;

/** How each tool writes the cookies of a response to a file, and sends the cookies of a file. */
const TOOLS: Readonly<
  Record<string, { save(file: string, url: string): string[]; send(file: string, url: string): string[] }>
> = {
  curl: {
    save: (file, url) => ["-sS", "-o", "-", "-c", file, url],
    send: (file, url) => ["-sS", "-o", "-", "-b", file, url],
  },
  wget: {
    save: (file, url) => ["-q", "-O", "-", "--save-cookies", file, "--keep-session-cookies", url],
    send: (file, url) => ["-q", "-O", "-", "--load-cookies", file, url],
  },
  python3: {
    save: (file, url) => ["-c", SAVE, file, url],
    send: (file, url) => ["-c", LOAD, file, url],
  },
};

const SET = [
  "sid=made-up; Path=/; HttpOnly",
  "lasting=1; Path=/; Max-Age=86400",
  "near=api; Path=/api",
  "near=far; Path=/",
  "other=1; Path=/other",
  "encrypted=1; Path=/; Secure",
];

let directory: string;
let servers: Server[] = [];
/** The header `Cookie` of the last request. */
let received: string | undefined;

async function serve(host: string): Promise<Server> {
  const server = createServer((request, response) => {
    received = request.headers.cookie;
    if (request.url === "/set/cookies") response.setHeader("set-cookie", SET);
    response.end();
  });
  await new Promise((resolve, reject) => server.listen(0, host, () => resolve(undefined)).once("error", reject));
  return server;
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "cookies-txt-"));
  servers = await Promise.all(["127.0.0.1", "::1"].map(serve));
});

afterAll(async () => {
  for (const server of servers) server.close();
  await rm(directory, { recursive: true });
});

async function call(tool: string, args: string[]): Promise<void> {
  received = undefined;
  await run(tool, args, { env: { PATH: process.env.PATH, HOME: directory, NO_PROXY: "*", no_proxy: "*" } });
}

function urlOf(server: Server): string {
  const { address, port } = server.address() as AddressInfo;
  return `http://${address.includes(":") ? `[${address}]` : address}:${port}/`;
}

/** The cookies of a header by name. */
function pairsOf(header: string | undefined): Record<string, string> {
  return Object.fromEntries(
    (header ?? "").split("; ").map((pair) => pair.split(/=(.*)/).slice(0, 2) as [string, string]),
  );
}

describe.each(Object.keys(TOOLS))("%s", (tool) => {
  const isHere = spawnSync(tool, ["--version"]).error === undefined;
  const { save, send } = TOOLS[tool] as (typeof TOOLS)["curl"] & {};

  test.skipIf(isHere)(`is not installed on this machine, so only the kept files of ${tool} are read`, () => {});

  describe.runIf(isHere)("as installed", () => {
    test.each([0, 1])("writes a file that is read, for address %i", async (at) => {
      const file = join(directory, `${tool}-${at}.txt`);
      const url = urlOf(servers[at] as Server);
      await call(tool, save(file, `${url}set/cookies`));
      const text = await readFile(file, "utf8");
      // Loopback counts as encrypted.
      const all = { sid: "made-up", lasting: "1", encrypted: "1" };
      expect(parseCookiesTxt(text, url)).toEqual({ ...all, near: "far" });
      // wget 1.21 and Python do not store a cookie whose path is not that of the response.
      if (tool === "curl") expect(parseCookiesTxt(text, `${url}api/x`)).toEqual({ ...all, near: "api" });
      expect(parseCookiesTxt(text, url.replace(/\d+\/$/, "1/").replace("127.0.0.1", "127.0.0.2"))).not.toHaveProperty(
        at === 0 ? "sid" : "other",
      );
    });

    // Python has its own format for IPv6, and cannot read curl's files either.
    test.each(tool === "python3" ? [0] : [0, 1])("sends what is written here, for address %i", async (at) => {
      const file = join(directory, `own-${tool}-${at}.txt`);
      const url = urlOf(servers[at] as Server);
      const cookies = { sid: "made-up", "x-$y": "a=b%20c:d=" };
      for (const scope of [{ baseUrl: url }, { baseUrl: url, expiresAt: Date.now() + 86_400_000 }]) {
        await writeFile(file, formatCookiesTxt(cookies, scope));
        await call(tool, send(file, `${url}api/x`));
        expect(pairsOf(received)).toEqual(cookies);
      }
    });
  });
});

const KEPT_AT = Date.UTC(2026, 11, 1);
const kept = (name: string) => readFile(new URL(`cookies-txt/${name}.txt`, import.meta.url), "utf8");
const COMMON = { session: "s1", quoted: '"a b"', empty: "", secure: "x" };

describe("the kept files", () => {
  test.each<[string, string, Record<string, string>]>([
    ["curl-7.88.1", "http://127.0.0.1:1/", COMMON],
    ["curl-7.88.1", "http://127.0.0.1/api", { ...COMMON, dated: "d1" }],
    ["curl-7.88.1", "http://127.0.0.1/set/x", { ...COMMON, narrow: "n1" }],
    ["curl-7.88.1", "http://[::1]/", {}],
    ["curl-7.88.1-ipv6", "http://[::1]:8080/api/x", { ...COMMON, dated: "d1" }],
    ["curl-7.88.1-ipv6", "http://[::2]/", {}],
    ["curl-7.88.1-domain", "http://eu.acme.localhost/", { session: "s1", quoted: '"a b"', empty: "", wide: "w1" }],
    ["curl-7.88.1-domain", "http://us.acme.localhost/", { wide: "w1" }],
    ["curl-7.88.1-domain", "http://acme.localhost/", { wide: "w1" }],
    ["curl-7.88.1-domain", "http://notacme.localhost/", {}],
    ["wget-1.21.3", "http://127.0.0.1:18765/", COMMON],
    ["wget-1.21.3", "http://127.0.0.1:18766/", {}],
    ["wget-1.21.3-ipv6", "http://[::1]:18765/set/x", { ...COMMON, narrow: "n1" }],
    ["python-3.11.7", "http://127.0.0.1/set", { ...COMMON, narrow: "n1" }],
    ["python-3.11.7", "http://127.0.0.1/api", { ...COMMON, dated: "d1" }],
    ["python-3.11.7-ipv6", "http://[::1]/", COMMON],
    ["python-3.11.7-localhost", "http://localhost/", COMMON],
    ["python-3.11.7-localhost", "http://127.0.0.1/", {}],
  ])("of %s contain the right cookies for %s", async (name, url, expected) => {
    expect(parseCookiesTxt(await kept(name), url, KEPT_AT)).toEqual(expected);
  });

  test("of each tool expire at their stated times", async () => {
    for (const name of ["curl-7.88.1", "wget-1.21.3", "python-3.11.7"]) {
      const { quoted, ...rest } = COMMON;
      expect(parseCookiesTxt(await kept(name), "http://127.0.0.1:18765/", Date.UTC(2027, 0))).toEqual(rest);
      expect(quoted).toBe('"a b"');
    }
  });
});
