import { createBenchSession } from "./clients/session.ts";
import { collectedHeap } from "./collected.ts";
import { spreadOf } from "./numbers.ts";
import type { Crowd, CrowdOrders } from "./sessions.ts";

// So many sessions in one process, over a fetch that answers by itself: what is left is what a session costs.
const { sessions: count }: CrowdOrders = JSON.parse(process.argv[2] ?? "");
const BLOCKS = 40;
const CALLS = 1000;
const base = "https://bench.example/";
const headers = { "x-token": "made.up.0" };
let answering: typeof fetch = async () => new Response("[]", { headers });
const send: typeof fetch = (input, init) => answering(input, init);

// Some are used first, so that what all share does not count.
const first = createBenchSession(base, send);
for (let n = 0; n < 300; n++) await (await createBenchSession(base, send).fetch("zones")).text();

const before = await collectedHeap();
const all = Array.from({ length: count }, () => createBenchSession(base, send));
const made = await collectedHeap();
const AT_ONCE = 100;
for (let n = 0; n < count; n += AT_ONCE) await Promise.all(all.slice(n, n + AT_ONCE).map((session) => session.login()));
const signedIn = await collectedHeap();

// One answer for all from here on, as making one costs more than what a session does.
const answer = Promise.resolve(new Response("[]"));
answering = () => answer;
// Not one session after the other, so that no cache has the next one ready. What only picks one is taken off.
const any = () => all[Math.floor(Math.random() * count)] ?? first;
const call = () => any().fetch("zones");
const pick = () => any() && answering("zones");
const added: number[] = [];
for (let block = -5; block < BLOCKS; block++) {
  const [inSession, without] = [await cpuOf(call), await cpuOf(pick)];
  if (block >= 0) added.push(inSession - without);
}
const crowd: Crowd = {
  sessions: count,
  idle: (made - before) / count,
  signedIn: (signedIn - before) / count,
  added: spreadOf(added).median,
};
console.log(JSON.stringify(crowd));

async function cpuOf(call: () => Promise<Response>): Promise<number> {
  const start = process.cpuUsage();
  for (let n = 0; n < CALLS; n++) await call();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / CALLS;
}
