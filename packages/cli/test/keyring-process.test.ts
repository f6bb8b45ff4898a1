import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { createAltaServer } from "@vms/simulator";
import { describe, expect, onTestFinished, test } from "vitest";
import { environment, home, vms, vmsCommand, vmsProcess } from "./support/run-vms.ts";
import { leftoversIn, profilesIn, served } from "./support/simulated-vendors.ts";

const account = { username: "night@acme.example", password: "quiet-harbour-31" };

/** A user who can sign in to a simulated vendor. */
async function person(bus: string) {
  const dir = await home();
  const url = await served(createAltaServer({ account }));
  const env = environment(dir, {
    VMS_ALTA_URL: url,
    VMS_ALTA_USERNAME: account.username,
    VMS_ALTA_PASSWORD: account.password,
    DBUS_SESSION_BUS_ADDRESS: bus,
  });
  return { dir, env };
}

/** A session bus that accepts connections and never answers. */
async function silentBus() {
  const path = join(await home(), "bus");
  const connections: Socket[] = [];
  const server = createServer((socket) => connections.push(socket.on("error", () => {}).resume()));
  server.listen(path);
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return { address: `unix:path=${path}`, server, connections };
}

function start(args: readonly string[], env: Readonly<Record<string, string>>) {
  const [program, ...first] = vmsCommand;
  const child = spawn(program, [...first, ...args], { env, stdio: "ignore" });
  onTestFinished(() => void child.kill("SIGKILL"));
  return { child, exited: once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]> };
}

describe.skipIf(process.platform !== "linux")("a session bus that is silent", () => {
  test("is asked once per run, and the key is then kept in a file", async () => {
    const { address, connections } = await silentBus();
    const { dir, env } = await person(address);
    const { exit, stderr } = await vmsProcess(["login", "alta"], env);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: expect.stringContaining("Signed in") });
    expect(connections).toHaveLength(1);
    expect(await readdir(dir)).toContain("session-key");
    expect(JSON.parse(await readFile(join(dir, "config.json"), "utf8"))).toMatchObject({ key: "file" });
    expect((await vmsProcess(["status"], env)).exit).toBe(0);
    expect(connections).toHaveLength(1);
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("does not stop %s from ending vms and the process of the keyring", async (signal, status) => {
    const { address, server } = await silentBus();
    const { dir, env } = await person(address);
    const { child, exited } = start(["login", "alta"], env);
    const [connection] = (await once(server, "connection")) as [Socket];
    const closed = once(connection, "close");
    child.kill(signal);
    expect(await exited).toEqual([status, null]);
    await closed;
    expect(await leftoversIn(dir)).toEqual([]);
    expect(await profilesIn(dir)).toEqual({});
  });

  test("leaves no process of the keyring after vms is killed", async () => {
    const { address, server } = await silentBus();
    const { env } = await person(address);
    const { child, exited } = start(["login", "alta"], env);
    const [connection] = (await once(server, "connection")) as [Socket];
    const closed = once(connection, "close");
    child.kill("SIGKILL");
    expect(await exited).toEqual([null, "SIGKILL"]);
    await closed;
  });

  test("is not asked by a run that needs no keyring", async () => {
    const { address, connections } = await silentBus();
    const { env } = await person(address);
    const own = { ...env, VMS_SESSION_KEY: Buffer.alloc(32, 7).toString("base64") };
    expect((await vmsProcess(["login", "alta"], own)).exit).toBe(0);
    expect((await vmsProcess(["status"], own)).exit).toBe(0);
    expect(connections).toEqual([]);
  });
});

test.runIf(existsSync("/usr/bin/dbus-daemon"))("a session bus that is frozen does not freeze vms", async () => {
  const bus = spawn("/usr/bin/dbus-daemon", ["--session", "--nofork", "--nosyslog", "--print-address"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  onTestFinished(() => void bus.kill("SIGKILL"));
  const [address] = (await once(createInterface(bus.stdout), "line")) as [string];
  const { env } = await person(address);
  bus.kill("SIGSTOP");
  expect((await vmsProcess(["login", "alta", "--save-credentials"], env)).exit).toBe(1);
  expect((await vmsProcess(["login", "alta"], env)).exit).toBe(0);
  expect((await vms(["status"], env)).exit).toBe(0);
});
