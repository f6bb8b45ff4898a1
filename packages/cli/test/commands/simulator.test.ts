import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import process from "node:process";
import { expect, onTestFinished, test } from "vitest";
import { vendorNames } from "../../src/profiles/vendors.ts";
import { hasTerminals, vmsInTerminal } from "../support/run-in-terminal.ts";
import { environment, home, startVms, vms, vmsCommand } from "../support/run-vms.ts";

/** Starts `vms simulator` in this process, and waits until it serves. */
async function simulator(path: string, args: readonly string[] = []) {
  const { stdout, prints, signal, ended } = startVms(["simulator", ...args], environment(path));
  await prints(args.includes("--json") ? /\}\n$/ : /\n\n$/);
  return {
    stdout: stdout(),
    end(name: NodeJS.Signals) {
      signal(name);
      return ended;
    },
  };
}

/** The same in its own process, for signals of the operating system. */
async function simulatorProcess(path: string) {
  const [program, ...first] = vmsCommand;
  const child = spawn(program, [...first, "simulator"], {
    env: environment(path),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = once(child, "exit") as Promise<[number | null]>;
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await exited;
  });
  let stdout = "";
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk;
  });
  await expect.poll(() => stdout, { timeout: 20_000 }).toMatch(/\n\n$/);
  return {
    async end(signal: NodeJS.Signals) {
      child.kill(signal);
      return (await exited)[0];
    },
  };
}

type File = Record<string, { readonly baseUrl: string; readonly username: string; readonly password: string }>;

const fileOf = async (path: string) => JSON.parse(await readFile(join(path, "simulator.json"), "utf8")) as File;

test("serves all vendors, prints how to sign in, and writes a file that only this user can read", async () => {
  const path = await home();
  const { stdout } = await simulator(path);
  const file = await fileOf(path);
  expect(Object.keys(file)).toEqual(["pid", ...vendorNames]);
  for (const name of vendorNames) {
    const { baseUrl, username, password } = file[name]!;
    expect(stdout).toMatch(new RegExp(`^${name} +${baseUrl}$`, "m"));
    expect(stdout).toMatch(new RegExp(`^${name} +${username} +${password}$`, "m"));
    expect((await fetch(baseUrl)).status).toBeLessThan(500);
  }
  expect(stdout).toContain("vms login alta --simulator");
  if (process.platform !== "win32") expect((await stat(join(path, "simulator.json"))).mode & 0o777).toBe(0o600);
});

test("what it prints fits a screen of 80 columns and 24 lines, with its command line", async () => {
  const { stdout } = await simulator(await home());
  const lines = stdout.split("\n");
  expect(lines.length).toBeLessThanOrEqual(23);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
});

test("another command finds it", async () => {
  const path = await home();
  await simulator(path);
  const login = await vms(["login", "alta", "--simulator"], environment(path));
  expect(login).toMatchObject({ exit: 0 });
  const doctor = await vms(["doctor", "alta", "--json"], environment(path));
  expect(doctor.exit).toBe(0);
  expect(JSON.parse(doctor.stdout)).toMatchObject({ ok: true });
});

test("the examples of vms api --help that name a vendor work with it", async () => {
  const path = await home();
  await simulator(path);
  const env = environment(path);
  const { stdout: help } = await vms(["api", "--help"], env);
  const examples = [...help.matchAll(/^ {2}vms (api (alta|findface) .+)$/gm)];
  expect(examples.length).toBeGreaterThan(2);
  for (const [, line = "", vendor = ""] of examples) {
    await vms(["login", vendor, "--simulator"], env);
    const { exit } = await vms(line.replaceAll("'", "").split(" "), env);
    expect([line, exit]).toEqual([line, 0]);
  }
});

test("--json prints one line with URLs and credentials", async () => {
  const path = await home();
  const { stdout } = await simulator(path, ["--json"]);
  expect(stdout.trim().split("\n")).toHaveLength(1);
  const { pid: _, ...file } = await fileOf(path);
  expect(JSON.parse(stdout)).toEqual(file);
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const)("%s ends it cleanly with %i, and removes its file", async (signal, status) => {
  const path = await home();
  const running = await simulatorProcess(path);
  expect(await running.end(signal)).toBe(status);
  expect(await readdir(path)).not.toContain("simulator.json");
});

test("a second simulator reports the first one, and does not change its file", async () => {
  const path = await home();
  await simulator(path);
  const before = await fileOf(path);
  const second = await vms(["simulator"], environment(path));
  expect(second).toEqual({
    exit: 2,
    stdout: "",
    stderr: `vms: a simulator is already running (process ${process.pid}).\nUse it: vms login <vendor> --simulator. Or stop it, and try again.\n`,
  });
  expect(await fileOf(path)).toEqual(before);
});

test("the file of a killed simulator is ignored", async () => {
  const path = await home();
  const killed = await simulatorProcess(path);
  await killed.end("SIGKILL");
  const left = await fileOf(path);
  const next = await simulator(path);
  expect(await fileOf(path)).not.toEqual(left);
  await next.end("SIGTERM");
  expect(await readdir(path)).not.toContain("simulator.json");
});

test("a malformed file, or a file whose process is now another program, is ignored", async () => {
  const path = await home();
  const file = join(path, "simulator.json");
  for (const text of [
    JSON.stringify({ pid: process.pid, alta: { baseUrl: `http://127.0.0.1:${await freePort()}` } }),
    '{"pid":',
    "null",
    '{"pid":"1"}',
  ]) {
    await writeFile(file, text);
    await chmod(file, 0o600);
    const running = await simulator(path);
    expect(await running.end("SIGTERM")).toBe(143);
  }
});

test("does not remove a file that another simulator has written", async () => {
  const path = await home();
  const running = await simulatorProcess(path);
  const other = JSON.stringify({ ...(await fileOf(path)), pid: process.pid });
  await writeFile(join(path, "simulator.json"), other);
  expect(await running.end("SIGTERM")).toBe(143);
  expect(await readFile(join(path, "simulator.json"), "utf8")).toBe(other);
});

test("--port is the first of several ports, and a port in use is reported without leaving anything behind", async () => {
  const path = await home();
  const first = await freeRow();
  const running = await simulator(path, ["--port", String(first), "--json"]);
  const file = JSON.parse(running.stdout) as File;
  expect(vendorNames.map((name) => Number(new URL(file[name]!.baseUrl).port))).toEqual(
    vendorNames.map((_, n) => first + n),
  );
  const other = await home();
  const taken = await vms(["simulator", "--port", String(first + 1 - vendorNames.length)], environment(other));
  expect(taken).toEqual({
    exit: 2,
    stdout: "",
    stderr: `vms: port ${first} is in use by another program.\nChoose another --port.\n`,
  });
  expect(await readdir(other)).not.toContain("simulator.json");
  for (const port of ["0", String(65_537 - vendorNames.length), "x"]) {
    expect(await vms(["simulator", "--port", port], environment(other))).toMatchObject({ exit: 2, stdout: "" });
  }
});

async function taking(port: number): Promise<Server | undefined> {
  const server = createServer();
  const got = new Promise<Server | undefined>((resolve) => {
    server.once("error", () => resolve(undefined));
    server.once("listening", () => resolve(server));
  });
  server.listen(port, "127.0.0.1");
  return got;
}

async function freePort(): Promise<number> {
  const server = await taking(0);
  const { port } = server!.address() as { port: number };
  server!.close();
  await once(server!, "close");
  return port;
}

/** A free port with enough free ones around it for a row before and after it, below the ports that systems assign. */
async function freeRow(): Promise<number> {
  for (let tries = 0; tries < 50; tries++) {
    const first = 20_000 + 10 * Math.floor(Math.random() * 1_000);
    const around = [...vendorNames.keys()].flatMap((n) => (n === 0 ? [0] : [-n, n]));
    const row = await Promise.all(around.map((n) => taking(first + n)));
    await Promise.all(row.map((server) => server && new Promise((resolve) => server.close(resolve))));
    if (row.every((server) => server !== undefined)) return first;
  }
  throw new Error("there are no free ports in a row");
}

test("each second factor has a user, whose code the simulator prints and vms login asks for", async () => {
  const path = await home();
  const { stdout, stderr, prints } = startVms(["simulator"], environment(path));
  await prints(/\n\n$/);
  for (const [vendor, username, printed] of [
    ["alta", "app@acme.example", /the app of app@acme\.example shows (\d{6})\n/],
    ["eagleeye", "sms@acme.example", /SMS to \+1 555 0100: (\w+)\n/],
    ["eagleeye", "email@acme.example", /e-mail to email@acme\.example: (\w+)\n/],
  ] as const) {
    expect(stdout()).toMatch(new RegExp(`^${vendor} +${username} +\\S+ +(app: |SMS|e-mail)`, "m"));
    const [profile = ""] = username.split("@");
    const args = ["login", vendor, "--simulator", "--username", username, "--profile", profile];
    if (!hasTerminals) continue;
    const terminal = vmsInTerminal(args, environment(path));
    await terminal.shows(vendor === "alta" ? "Code from your authenticator app:" : "Code (press Enter for a new one):");
    const code = printed.exec(stderr())?.[1];
    expect(code).toBeDefined();
    terminal.enter(code);
    await terminal.shows(`as ${username}`);
    expect(await terminal.ended()).toBe(0);
  }
}, 60_000);

test("an app's secret from the JSON provides codes without a terminal", async () => {
  const path = await home();
  const { stdout } = await simulator(path, ["--json"]);
  const { alta } = JSON.parse(stdout) as { alta: { secondFactors: [{ username: string; totpSecret: string }] } };
  const [{ username, totpSecret }] = alta.secondFactors;
  const args = ["login", "alta", "--simulator", "--username", username];
  expect((await vms(args, environment(path, { VMS_ALTA_TOTP: totpSecret }))).exit).toBe(0);
  const nobody = await vms(["login", "alta", "--simulator", "-u", "nobody"], environment(path));
  expect(nobody).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining(`Users: integration@acme.example, ${username}.`),
  });
});
