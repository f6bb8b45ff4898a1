// Measures how long the built `vms` takes to start, to make a call with a stored session, compared with Node and curl,
// and to show the status of many profiles. Runs all in turns in new processes and prints the medians. Build first, and
// use an idle machine.
// Goals: `vms --version` within 1.5 × Node's start; `vms api` within 3.0 × (curl + Node's start); `vms status` of 50
// profiles within 1.5 × that of one. Measured with Node 24 on two cores: 1.2, 2.5 and 1.2.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createAltaServer } from "@vms/simulator";
import { serve } from "@vms/simulator/node";

const ROUNDS = 40;
const WARM_UP = 5;
const PROFILES = 50;
const BIN = join(import.meta.dirname, "../dist/bin.cjs");

const server = createAltaServer();
const { baseUrl, close } = await serve(server);
const home = await mkdtemp(join(tmpdir(), "vms-bench-"));
const { username, password } = server.account;
const names = Array.from({ length: PROFILES }, (_, index) => (index === 0 ? "p" : `p${index}`));
const profiles = names.map((name, index) => {
  const user = index === 0 ? username : `user-${index}@acme.example`;
  server.addAccount({ username: user, password });
  return [name, { vendor: "alta", username: user, url: baseUrl }] as const;
});
await writeFile(join(home, "config.json"), JSON.stringify({ profiles: Object.fromEntries(profiles) }), { mode: 0o600 });
const { PATH = "" } = process.env;
// No keyring, because opening one is slow.
const env = { PATH, HOME: home, VMS_HOME: home, DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent" };

async function run([program = "", ...args]: readonly string[], more: Record<string, string> = {}): Promise<number> {
  const started = performance.now();
  const child = spawn(program, args, { env: { ...env, ...more }, stdio: "ignore" });
  const [exit] = (await once(child, "close")) as [number | null];
  if (exit !== 0) throw new Error(`${[program, ...args].join(" ")} ended with ${exit}`);
  return performance.now() - started;
}

const node = process.execPath;
const url = `${baseUrl}/${server.firstCall}`;
for (const name of names) await run([node, BIN, "api", name, server.firstCall], { VMS_ALTA_PASSWORD: password });
// curl gets its cookie from a file, as vms reads its session from one.
const jar = join(home, "jar.txt");
await run(["/bin/sh", "-c", '"$0" "$1" export p --format cookies.txt > "$2"', node, BIN, jar]);

const commands: Readonly<Record<string, readonly string[]>> = {
  "node -e 0": [node, "-e", "0"],
  curl: ["curl", "--silent", "--fail", "-b", jar, url],
  "node -e 'fetch(…)'": [node, "-e", `fetch(${JSON.stringify(baseUrl)}).then((answer) => answer.text())`],
  "vms --version": [node, BIN, "--version"],
  "vms --help": [node, BIN, "--help"],
  "vms api": [node, BIN, "api", "p", server.firstCall],
  "vms api --raw": [node, BIN, "api", "p", server.firstCall, "--raw"],
  "vms status p": [node, BIN, "status", "p"],
  "vms status": [node, BIN, "status"],
};
const times = new Map(Object.keys(commands).map((name) => [name, [] as number[]]));
try {
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    for (const [name, command] of Object.entries(commands)) {
      const time = await run(command);
      if (round >= 0) times.get(name)?.push(time);
    }
  }
} finally {
  await close();
  await rm(home, { recursive: true });
}

const at = (name: string, part: number) => {
  const sorted = [...(times.get(name) ?? [])].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN;
};
const lines = [...times.keys()].map((name) => {
  const [median, least] = [at(name, 0.5), at(name, 0)].map((ms) => ms.toFixed(1).padStart(9));
  return `${name.padEnd(20)}${median}${least}`;
});
const ratio = (name: string, part: number, ...others: string[]) =>
  at(name, part) / others.reduce((sum, other) => sum + at(other, part), 0);
const shown = (goal: number, name: string, ...others: string[]) => {
  const [median, least] = [ratio(name, 0.5, ...others), ratio(name, 0, ...others)].map((value) => value.toFixed(2));
  const label = `${name} / (${others.join(" + ")})`.padEnd(44);
  return `${label}${median}   (of the least: ${least})   goal ${goal.toFixed(1)}`;
};
process.stdout.write(
  [
    `${ROUNDS} rounds, ms${" ".repeat(10)}median    least`,
    ...lines,
    "",
    shown(1.5, "vms --version", "node -e 0"),
    shown(3, "vms api", "curl", "node -e 0"),
    shown(1.5, "vms status", "vms status p"),
    "",
  ].join("\n"),
);
