import { createAltaSession } from "@vms/alta";
import { sessionPool } from "@vms/core";
import { collectHeap } from "./collect-heap.ts";
import { spreadOf } from "./statistics.ts";

// Measures a pool of 10,000 keys without a network: its heap per key, and the CPU time of `get` relative to a Map's.
// Run: node --expose-gc tooling/bench/src/pool-child.ts
const KEYS = 10_000;
const ROUNDS = 40;
const keys = Array.from({ length: KEYS }, (_, n) => `customer-${n}`);
const answer: typeof fetch = async (input) => {
  const isLogin = String(input).endsWith("/dologin");
  const cookie = isLogin ? { "set-cookie": "va=made-up; Path=/", date: new Date().toUTCString() } : {};
  return new Response("{}", { headers: { "content-type": "application/json", ...cookie } });
};
const loginLimiter = { run: <T>(login: () => Promise<T>) => login() };
const openPool = () =>
  sessionPool(
    (key, shared) =>
      createAltaSession({
        baseUrl: "https://bench.alta.avigilon.com",
        credentials: { username: key, password: "made-up-password" },
        fetch: answer,
        ...shared,
      }),
    { max: KEYS, loginLimiter },
  );

// A first pool, so that shared parts do not count.
for (let n = 0; n < 300; n++) await openPool().get(`first-${n}`).login();

const before = await collectHeap();
const pool = openPool();
for (const key of keys) pool.get(key);
const opened = (await collectHeap()) - before;
for (let n = 0; n < KEYS; n += 100) await Promise.all(keys.slice(n, n + 100).map((key) => pool.get(key).login()));
const signedIn = (await collectHeap()) - before;
const heapPerKey = { opened: Math.round(opened / KEYS), signedIn: Math.round(signedIn / KEYS) };

const map = new Map(keys.map((key) => [key, pool.get(key)]));
const added: number[] = [];
let found = 0;
for (let round = -5; round < ROUNDS; round++) {
  const [inPool, inMap] = [timeOf((key) => pool.get(key)), timeOf((key) => map.get(key))];
  if (round >= 0) added.push(inPool - inMap);
}
const { median, low, high } = spreadOf(added);
console.log(JSON.stringify({ keys: KEYS, heapPerKey, getAdds: { median, low, high }, found }));

/** The CPU time of a lookup of a random key, in µs. */
function timeOf(get: (key: string) => unknown): number {
  const start = process.cpuUsage();
  for (let n = 0; n < KEYS; n++) if (get(keys[(n * 7_919) % KEYS] ?? "") !== undefined) found++;
  const { user, system } = process.cpuUsage(start);
  return (user + system) / KEYS;
}
