// Compares `vms proxy` with a minimal reverse proxy in Node (createServer, http.request, pipe, keep-alive agent). The
// upstream, the proxies and the load are separate processes on one machine, in interleaved rounds. Prints the medians,
// and the median ratio of the rounds. Direct requests show the cost of a proxy.
// Run: node packages/cli/bench/proxy.ts [rounds, default 15]
import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http, { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Agent, request } from "undici";

const BIG = 10 * 2 ** 20;
const self = fileURLToPath(import.meta.url);
const role = process.argv[2];
if (role === "upstream") upstream();
else if (role === "bare") bare(Number(process.argv[3]));
else await compare(Number(role ?? 15));

function serve(server: http.Server): void {
  server.keepAliveTimeout = 600_000;
  server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
  process.on("disconnect", () => process.exit(0));
}

function upstream(): void {
  const small = JSON.stringify([{ id: 1, name: "Loading dock", armed: true, deviceIds: [101, 102] }]);
  const big = Buffer.alloc(BIG, "x");
  serve(
    createServer((request, response) => {
      if (request.url === "/api/v1/dologin") response.setHeader("set-cookie", "va=made-up; Path=/; HttpOnly");
      request.resume().on("end", () => {
        if (request.url === "/big") return response.setHeader("content-length", BIG).end(big);
        return response.setHeader("content-type", "application/json").end(small);
      });
    }),
  );
}

function bare(port: number): void {
  const agent = new http.Agent({ keepAlive: true });
  serve(
    createServer((incoming, outgoing) => {
      const { method, url: path, headers } = incoming;
      const onward = http.request({ agent, host: "127.0.0.1", port, method, path, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.statusMessage, answer.headers);
        answer.pipe(outgoing);
      });
      incoming.pipe(onward);
    }),
  );
}

async function started(...args: string[]): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(self, args, { stdio: "inherit" });
  const [port] = (await once(child, "message")) as [number];
  return { child, port };
}

async function compare(rounds: number): Promise<void> {
  const vendor = await started("upstream");
  const plain = await started("bare", String(vendor.port));
  const home = mkdtempSync(join(tmpdir(), "vms-bench-"));
  const profile = { vendor: "alta", username: "bench", url: `http://127.0.0.1:${vendor.port}` };
  writeFileSync(join(home, "config.json"), JSON.stringify({ profiles: { bench: profile } }), { mode: 0o600 });
  const bin = fileURLToPath(new URL("../src/bin.ts", import.meta.url));
  const { PATH = "" } = process.env;
  const env = {
    PATH,
    HOME: home,
    VMS_HOME: home,
    VMS_ALTA_PASSWORD: "made-up",
    DBUS_SESSION_BUS_ADDRESS: "unix:path=/-",
  };
  const ours = spawn(process.execPath, [bin, "proxy", "bench", "--json"], { env, stdio: ["ignore", "pipe", "ignore"] });
  const [line] = (await once(createInterface(ours.stdout), "line")) as [string];
  const { url, token } = JSON.parse(line) as { url: string; token: string };

  const agent = new Agent();
  const headers = { authorization: `Bearer ${token}` };
  const ways: Record<string, { base: string; pid: number | undefined }> = {
    "no proxy": { base: `http://127.0.0.1:${vendor.port}`, pid: undefined },
    "bare Node": { base: `http://127.0.0.1:${plain.port}`, pid: plain.child.pid },
    "vms proxy": { base: url, pid: ours.pid },
  };
  const body = Buffer.alloc(BIG, "y");
  const get = (path: string) => async (base: string) => {
    const answer = await request(base + path, { dispatcher: agent, headers });
    if (answer.statusCode !== 200) throw new Error(`${base}${path}: ${answer.statusCode}`);
    await answer.body.dump({ limit: Number.POSITIVE_INFINITY });
  };
  const put = async (base: string) => {
    const answer = await request(`${base}/put`, { dispatcher: agent, headers, method: "PUT", body });
    if (answer.statusCode !== 200) throw new Error(`${base}/put: ${answer.statusCode}`);
    await answer.body.dump();
  };
  const loads: { name: string; calls: number; atOnce: number; call: (base: string) => Promise<void> }[] = [
    { name: "small answers, 32 at once", calls: 3_000, atOnce: 32, call: get("/small") },
    { name: "small answers, one at a time", calls: 500, atOnce: 1, call: get("/small") },
    { name: "10 MB down, 4 at once", calls: 24, atOnce: 4, call: get("/big") },
    { name: "10 MB up, 4 at once", calls: 24, atOnce: 4, call: put },
  ];

  print(`${cpus()[0]?.model}, ${cpus().length} cores, Node ${process.version}, ${rounds} rounds\n`);
  for (const { name, calls, atOnce, call } of loads) {
    const samples = new Map(Object.keys(ways).map((way) => [way, { rate: [] as number[], cpu: [] as number[] }]));
    for (let round = -2; round < rounds; round++) {
      for (const [way, { base, pid }] of shuffled(Object.entries(ways))) {
        const before = cpuOf(pid);
        const began = performance.now();
        let left = calls;
        const worker = async () => {
          while (left-- > 0) await call(base);
        };
        await Promise.all(Array.from({ length: atOnce }, worker));
        const took = performance.now() - began;
        if (round < 0) continue;
        samples.get(way)?.rate.push((calls * 1_000) / took);
        samples.get(way)?.cpu.push((cpuOf(pid) - before) / calls);
      }
    }
    print(name);
    for (const [way, { rate, cpu }] of samples) {
      const middle = median(rate);
      const latency = atOnce === 1 ? `  ${((1_000 / middle) * 1_000).toFixed(0).padStart(5)} µs each` : "";
      const used = way === "no proxy" ? "" : `  ${median(cpu).toFixed(2).padStart(7)} ms CPU of the proxy each`;
      print(`  ${way.padEnd(10)} ${middle.toFixed(0).padStart(7)} /s${latency}${used}`);
    }
    const [mine, theirs] = [samples.get("vms proxy")?.rate ?? [], samples.get("bare Node")?.rate ?? []];
    const ratio = median(mine.map((value, n) => value / (theirs[n] ?? Number.NaN)));
    print(`  vms proxy / bare Node: ${ratio.toFixed(2)}   (goal: at least 0.80)\n`);
  }
  print(`peak memory of vms proxy: ${/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${ours.pid}/status`, "utf8"))?.[1]} kB`);
  await agent.close();
  ours.kill("SIGINT");
  await once(ours, "exit");
  plain.child.disconnect();
  vendor.child.disconnect();
  rmSync(home, { recursive: true, force: true });
}

/** CPU time of a process so far, in ms; 0 if the system does not tell. */
function cpuOf(pid: number | undefined): number {
  if (pid === undefined || process.platform !== "linux") return 0;
  const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function shuffled<T>(list: readonly T[]): T[] {
  return list
    .map((value) => ({ value, key: Math.random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
