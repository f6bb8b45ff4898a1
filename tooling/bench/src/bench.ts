import { fork } from "node:child_process";
import { once } from "node:events";
import { cpus } from "node:os";
import { type CredentialsSource, createSession, type Flow, type Session } from "@vms/core";
import { sessionInterceptor } from "@vms/core/node";
import ky from "ky";
import { Agent, request } from "undici";

// CPU per call on loopback, in one run, interleaved: each round runs every case once, so that a drift of the
// machine hits all alike. A bare fetch stands twice in each round: the distance of the two is the noise.
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 160);
const CALLS = 100;
const AT_ONCE = Number(process.env.BENCH_AT_ONCE ?? 10);

const server = fork(new URL("./server.ts", import.meta.url), { stdio: "inherit" });
const [port] = (await once(server, "message")) as [number];
const base = `http://127.0.0.1:${port}/`;

function bench(credentials: CredentialsSource = { username: "bench", password: "made-up" }): Session<null> {
  const flow: Flow<string, null> = {
    vendor: "bench",
    baseUrl: new URL(base),
    async login(context) {
      const answer = await context.send("login");
      return { data: answer.headers.get("x-token") ?? "", user: null };
    },
    authorize: (record) => ({ headers: { authorization: `Bearer ${record.data}` } }),
    parse: String,
  };
  return createSession(flow, { credentials });
}

const session = bench();
const { headers } = await session.authorization();
const bare = async () => (await fetch(`${base}zones`, { headers })).text();
// What a session sends byte by byte: with a user agent of its own, and redirects left to whoever asked.
const named = { "user-agent": "vms-bench", ...headers };
const bareKy = ky.create({ baseUrl: base, headers });
const plain = new Agent();
const intercepted = new Agent().compose(sessionInterceptor(session));
const cases: Record<string, () => Promise<unknown>> = {
  "bare fetch": bare,
  "session.fetch": async () => (await session.fetch("zones")).text(),
  "bare fetch again": bare,
  "bare, same request": async () => (await fetch(`${base}zones`, { headers: named, redirect: "manual" })).text(),
  "bare ky": () => bareKy.get("zones").text(),
  "session.http": () => session.http.get("zones").text(),
  "bare undici.request": async () => (await request(`${base}zones`, { headers, dispatcher: plain })).body.text(),
  "with sessionInterceptor": async () => (await request(`${base}zones`, { dispatcher: intercepted })).body.text(),
};

const samples = new Map<string, number[]>(Object.keys(cases).map((name) => [name, []]));
for (let round = -5; round < ROUNDS; round++) {
  for (const [name, call] of shuffled(Object.entries(cases))) {
    const before = process.cpuUsage();
    // Some calls at once, as a server has them: one at a time, most of what is measured is waking up.
    for (let n = 0; n < CALLS; n += AT_ONCE) await Promise.all(Array.from({ length: AT_ONCE }, call));
    const { user, system } = process.cpuUsage(before);
    if (round >= 0) samples.get(name)?.push((user + system) / CALLS);
  }
}

const quantile = (values: readonly number[], q: number) =>
  [...values].sort((a, b) => a - b)[Math.floor(q * (values.length - 1))] ?? Number.NaN;
// The ratio is taken round by round, then its median: what slows a whole round cancels out.
const ratio = (a: string, b: string) =>
  quantile(
    (samples.get(a) ?? []).map((value, n) => value / (samples.get(b)?.[n] ?? Number.NaN)),
    0.5,
  );

console.log(
  `${cpus()[0]?.model}, ${cpus().length} cores, Node ${process.version}; ${ROUNDS} rounds of ${CALLS} calls each, ${AT_ONCE} at once\n`,
);
console.log("CPU per call (µs)          median     10 %     90 %");
for (const [name, values] of samples) {
  const row = [0.5, 0.1, 0.9].map((q) => quantile(values, q).toFixed(1).padStart(9)).join("");
  console.log(name.padEnd(24) + row);
}
console.log(`
bare fetch again / bare fetch   ${ratio("bare fetch again", "bare fetch").toFixed(3)}   (the noise)
session.fetch / bare fetch      ${ratio("session.fetch", "bare fetch").toFixed(3)}   (goal: at most 1.05)
session.fetch / same request    ${ratio("session.fetch", "bare, same request").toFixed(3)}
session.http / bare ky          ${ratio("session.http", "bare ky").toFixed(3)}   (goal: at most 1.05)
sessionInterceptor / undici.request  ${ratio("with sessionInterceptor", "bare undici.request").toFixed(3)}   (goal: at most 1.10)
sessionInterceptor / bare fetch      ${ratio("with sessionInterceptor", "bare fetch").toFixed(3)}   (goal: below 0.50)`);

const loginsBefore = Number(await (await fetch(`${base}logins`)).text());
const herd = bench();
const started = performance.now();
await Promise.all(Array.from({ length: 10_000 }, () => herd.login()));
const took = performance.now() - started;
const logins = Number(await (await fetch(`${base}logins`)).text()) - loginsBefore;
console.log(`\n10,000 callers at once on a fresh session: ${logins} login, ${took.toFixed(0)} ms`);
await Promise.all([plain.close(), intercepted.close()]);
server.disconnect();

function shuffled<T>(list: readonly T[]): T[] {
  return list
    .map((value) => ({ value, key: Math.random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value);
}
