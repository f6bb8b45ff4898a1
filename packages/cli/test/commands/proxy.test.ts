import { spawn } from "node:child_process";
import { once } from "node:events";
import { stat } from "node:fs/promises";
import { createServer } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { isLoopback, isWildcard, readBind } from "@vms/proxy/internal";
import { createAltaServer } from "@vms/simulator";
import { expect, onTestFinished, test } from "vitest";
import { curl } from "../proxy/curl.ts";
import { homeWith, running } from "../proxy/running.ts";
import { environment, home, vms, vmsCommand } from "../support/run-vms.ts";
import { served } from "../support/simulated-vendors.ts";

const PASSWORD = "quiet-harbour-71";
const username = "integration@acme.example";

/** Starts `vms proxy` and returns what it printed once it serves. */
async function started(args: readonly string[], path: string) {
  const [program, ...first] = vmsCommand;
  const env = environment(path, { VMS_ALTA_PASSWORD: PASSWORD });
  const child = spawn(program, [...first, "proxy", "made", ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  await expect.poll(() => stdout, { timeout: 20_000 }).toMatch(/\n\n$/);
  return { child, stdout, stderr: () => stderr };
}

test("prints lines that can be copied unchanged", async () => {
  const vendor = await served(createAltaServer());
  const path = await homeWith({ vendor: "alta", username, url: vendor });
  const { stdout, stderr, child } = await started([], path);
  expect(stdout).toMatch(/^made \(integration@acme\.example\) is served until Ctrl-C:\n/);
  const url = /Base URL:\n +(\S+)/.exec(stdout)?.[1] ?? "";
  const header = /Header:\n +(Authorization: Bearer \S+)/.exec(stdout)?.[1] ?? "";
  expect(await curl(["-H", header, `${url}/api/v1/me`])).toMatchObject({ status: 200 });
  const [write = "", call = ""] = stdout.match(/^ {2}(?:\(umask|curl) .*$/gm) ?? [];
  const shell = spawn("sh", ["-c", `${write}\n${call} --silent`], { cwd: path, stdio: ["pipe", "pipe", "inherit"] });
  shell.stdin.end(`${header}\n`);
  const [zones] = await once(shell.stdout, "data");
  expect(JSON.parse(String(zones))).toHaveLength(3);
  if (process.platform !== "win32") expect((await stat(join(path, "vms-header"))).mode & 0o777).toBe(0o600);
  for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  const page = /Browser:\n +(\S+)/.exec(stdout)?.[1] ?? "";
  expect(await curl([page])).toMatchObject({ status: 303 });
  const vlc = /VLC:\n +(\S+)/.exec(stdout)?.[1] ?? "";
  expect(await curl([`${vlc}api/v1/me`])).toMatchObject({ status: 200 });
  child.kill("SIGTERM");
  expect(await once(child, "close")).toEqual([143, null]);
  expect(stderr()).toMatch(/^Stopped\. The sessions stay signed in\.$/m);
});

test("--json prints one line with URL and token, and nothing else", async () => {
  const url = await served(createAltaServer());
  const path = await homeWith({ vendor: "alta", username, url });
  const [program, ...first] = vmsCommand;
  const env = environment(path, { VMS_ALTA_PASSWORD: PASSWORD });
  const child = spawn(program, [...first, "proxy", "made", "--json"], { env, stdio: ["ignore", "pipe", "ignore"] });
  let stdout = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  await expect.poll(() => stdout, { timeout: 20_000 }).toMatch(/\n$/);
  child.kill("SIGINT");
  await once(child, "exit");
  expect(stdout.trim().split("\n")).toHaveLength(1);
  expect(JSON.parse(stdout)).toEqual({
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    token: expect.stringMatching(/^[\w-]{43}$/),
  });
});

test("two runs have different tokens", async () => {
  const url = await served(createAltaServer());
  const profile = { vendor: "alta", username, url };
  const [one, two] = await Promise.all([running(profile, PASSWORD), running(profile, PASSWORD)]);
  expect(one?.token).not.toBe(two?.token);
});

test("listens on the given port, and only on loopback", async () => {
  const url = await served(createAltaServer());
  const free = createServer();
  free.listen(0, "127.0.0.1");
  await once(free, "listening");
  const { port } = free.address() as { port: number };
  free.close();
  await once(free, "close");
  const proxy = await running({ vendor: "alta", username, url }, PASSWORD, ["--port", String(port)]);
  expect(proxy.url).toBe(`http://127.0.0.1:${port}`);
  const outer = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === "IPv4" && !one.internal)?.address;
  // 7: curl could not connect.
  if (outer !== undefined) expect(await curl([`http://${outer}:${port}/`])).toMatchObject({ exit: 7 });
});

test("a port in use is reported in one line with a hint", async () => {
  const taken = createServer();
  taken.listen(0, "127.0.0.1");
  await once(taken, "listening");
  onTestFinished(() => void taken.close());
  const { port } = taken.address() as { port: number };
  const path = await homeWith({ vendor: "alta", username, url: "http://127.0.0.1:9" });
  const run = await vms(["proxy", "made", "--port", String(port)], environment(path));
  expect(run).toEqual({
    exit: 2,
    stdout: "",
    stderr: `vms: port ${port} is in use by another program.\nChoose another --port, or leave it out.\n`,
  });
});

test.each([
  ["--port", "70000"],
  ["--port", "x"],
  ["--port", "-1"],
  ["--port", "1.5"],
])("%s %s is rejected", async (option, value) => {
  const run = await vms(["proxy", "made", option, value], environment(await home()));
  expect(run).toMatchObject({ exit: 2, stdout: "" });
  expect(run.stderr).toMatch(/0 to 65535|needs a value|there is no option/);
});

test("an unknown profile and an address of another machine are reported before anything is served", async () => {
  const path = await homeWith({ vendor: "alta", username, url: "http://127.0.0.1:9" });
  const unknown = await vms(["proxy", "other"], environment(path));
  expect(unknown).toMatchObject({ exit: 2, stdout: "" });
  expect(unknown.stderr).toMatch(/there is no profile "other"/);
  // An address for documentation, which no machine has.
  const foreign = await vms(["proxy", "made", "--bind", "192.0.2.1"], environment(path));
  expect(foreign).toMatchObject({ exit: 2, stdout: "" });
  expect(foreign.stderr).toMatch(/this machine has no address 192\.0\.2\.1/);
});

test("--bind to another address warns, and still requires the token", async () => {
  const url = await served(createAltaServer());
  const path = await homeWith({ vendor: "alta", username, url });
  const open = await vms(["proxy", "made", "--bind", "0.0.0.0", "--no-token"], environment(path));
  expect(open).toMatchObject({ exit: 2, stdout: "" });
  expect(open.stderr).toMatch(/would give the session to everyone/);

  const { stdout, stderr } = await started(["--bind", "0.0.0.0"], path);
  expect(stderr()).toMatch(/warning: --bind 0\.0\.0\.0: this is plain HTTP/);
  expect(stderr()).toMatch(/Browsers are not served/);
  expect(stdout).not.toMatch(/^Browser/m);
  const { port } = new URL(/Base URL:\n +(\S+)/.exec(stdout)?.[1] ?? "");
  const header = /Header:\n +(Authorization: Bearer \S+)/.exec(stdout)?.[1] ?? "";
  const called = (host: string) => curl(["-H", header, "-H", `Host: ${host}`, `http://127.0.0.1:${port}/api/v1/me`]);
  // An IP address belongs to this machine or to port forwarding. A name can belong to any web page.
  expect(await called(`10.1.2.3:${port}`)).toMatchObject({ status: 200 });
  expect(await called(`[fd00::1]:${port}`)).toMatchObject({ status: 200 });
  expect(await called(`evil.example:${port}`)).toMatchObject({ status: 403 });
  expect(await called("10.1.2.3")).toMatchObject({ status: 403 });
  expect(await curl([`http://127.0.0.1:${port}/api/v1/me`])).toMatchObject({ status: 401 });
});

test.each(["", " ", "[]", "127.0.0.1:80", "http://x/", "a/b", "u@127.0.0.1", "300.1"])(
  "--bind %j is rejected",
  async (bind) => {
    const path = await homeWith({ vendor: "alta", username, url: "http://127.0.0.1:9" });
    const run = await vms(["proxy", "made", "--bind", bind], environment(path));
    expect(run).toMatchObject({ exit: 2, stdout: "" });
    expect(run.stderr).toMatch(/--bind takes an address of this machine/);
  },
);

test("--bind is read like an address in a URL", () => {
  for (const [given, read] of [
    ["[::1]", "::1"],
    ["0:0:0:0:0:0:0:1", "::1"],
    ["127.1", "127.0.0.1"],
    ["0", "0.0.0.0"],
    ["::0", "::"],
    ["LocalHost", "localhost"],
    ["fe80::1%eth0", "fe80::1%eth0"],
  ] as const) {
    expect([given, readBind(given)]).toEqual([given, read]);
  }
  for (const own of ["127.1", "127.9.9.9", "[::1]"]) expect(isLoopback(readBind(own) ?? "")).toBe(true);
  for (const all of ["0", "[::]", "0.0"]) expect(isWildcard(readBind(all) ?? "")).toBe(true);
});

test("--help shows examples", async () => {
  const run = await vms(["proxy", "--help"], environment(await home()));
  expect(run).toMatchObject({ exit: 0, stderr: "" });
  for (const word of ["--port", "--bind", "--no-token", "--json", "Examples:", "vms_token"]) {
    expect(run.stdout).toContain(word);
  }
});
