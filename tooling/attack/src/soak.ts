import type { Session } from "@vms/core";
import { measureHeap } from "./soak/heap.ts";
import { kinds } from "./soak/kinds.ts";
import { soak } from "./soak/soak.ts";

// Runs 10,000 sessions of all vendors for 30 virtual days. VMS_SOAK_SESSIONS, VMS_SOAK_DAYS and VMS_SOAK_SEED change that.
const sessions = Number(process.env.VMS_SOAK_SESSIONS || 10_000);
const days = Number(process.env.VMS_SOAK_DAYS || 30);
const seed = Number(process.env.VMS_SOAK_SEED || 1);
const started = performance.now();
// Open both streams now, so that neither counts as a leaked handle.
for (const stream of [process.stdout, process.stderr]) stream.write("");
const before = process.getActiveResourcesInfo();

// First, while memory is otherwise empty.
if (globalThis.gc === undefined) console.log("heap: not measured; run with --expose-gc");
else {
  const heap = await measureHeap(kinds, 1_000, globalThis.gc);
  console.log("bytes of heap that one idle session holds");
  console.table(
    heap.map(({ kind, created, signedIn, used }) => ({
      kind,
      created: Math.round(created),
      "signed in": Math.round(signedIn),
      "after 10 renewals and calls": Math.round(used),
    })),
  );
}

const kept: Session[] = [];
const results = await soak({ sessions, days, seed }, kept);
console.log(`${kept.length} sessions, ${days} virtual days, VMS_SOAK_SEED=${seed}`);
console.table(results.map(({ surprises, ...counts }) => ({ ...counts, surprises: surprises.length })));
const wrong = results.filter(
  ({ logins, predicted, asked, askedRight, surprises }) =>
    logins !== predicted || asked !== askedRight || surprises.length > 0,
);
for (const { kind, surprises } of wrong) console.log(`${kind}: not as predicted`, [...new Set(surprises)]);

const handles = process.getActiveResourcesInfo();
console.log(
  `handles and timers left open: ${handles.length - before.length} ${handles.slice(before.length).join(" ")}`,
);
console.log(`${((performance.now() - started) / 1000).toFixed(0)} s`);
process.exitCode = wrong.length === 0 && handles.length <= before.length ? 0 : 1;
