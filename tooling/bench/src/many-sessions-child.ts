import { createBenchSession } from "./clients/session.ts";
import { collectHeap } from "./collect-heap.ts";
import type { ManySessions, ManySessionsOrders } from "./many-sessions.ts";
import { spreadOf } from "./statistics.ts";

// Many sessions in one process, over a fetch without a network, so that only the cost of a session remains.
const { sessions: count }: ManySessionsOrders = JSON.parse(process.argv[2] ?? "");
const BLOCKS = 40;
const CALLS = 1000;
const base = "https://bench.example/";
const headers = { "x-token": "made.up.0" };
let answering: typeof fetch = async () => new Response("[]", { headers });
const send: typeof fetch = (input, init) => answering(input, init);

// Some sessions are used first, so that shared parts do not count.
const first = createBenchSession(base, send);
for (let n = 0; n < 300; n++) await (await createBenchSession(base, send).fetch("zones")).text();

const before = await collectHeap();
const all = Array.from({ length: count }, () => createBenchSession(base, send));
const made = await collectHeap();
const AT_ONCE = 100;
for (let n = 0; n < count; n += AT_ONCE) await Promise.all(all.slice(n, n + AT_ONCE).map((session) => session.login()));
const signedIn = await collectHeap();

// A shared response from here on, because creating one costs more than the session.
const answer = Promise.resolve(new Response("[]"));
answering = () => answer;
// Random sessions, so that no cache holds the next one. The cost of picking one is subtracted.
const any = () => all[Math.floor(Math.random() * count)] ?? first;
const call = () => any().fetch("zones");
const pick = () => any() && answering("zones");
const added: number[] = [];
for (let block = -5; block < BLOCKS; block++) {
  const [inSession, without] = [await cpuOf(call), await cpuOf(pick)];
  if (block >= 0) added.push(inSession - without);
}
const result: ManySessions = {
  sessions: count,
  idle: (made - before) / count,
  signedIn: (signedIn - before) / count,
  added: spreadOf(added).median,
};
console.log(JSON.stringify(result));

async function cpuOf(call: () => Promise<Response>): Promise<number> {
  const start = process.cpuUsage();
  for (let n = 0; n < CALLS; n++) await call();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / CALLS;
}
