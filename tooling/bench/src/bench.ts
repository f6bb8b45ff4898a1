import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measureCalls } from "./calls.ts";
import { measureConcurrentCalls } from "./concurrent-calls.ts";
import { contenders } from "./contenders.ts";
import { loadNow, thisMachine } from "./machine.ts";
import { measureManySessions } from "./many-sessions.ts";
import { measureMemory } from "./memory.ts";
import { measureProxy } from "./proxy/measure.ts";
import { type Results, render } from "./report.ts";
import { installAll } from "./sizes.ts";
import { measureStarts } from "./starts.ts";
import { startVendor } from "./vendor.ts";
import { measureWarmStarts } from "./warm-starts.ts";

// `--quick` runs fewer rounds, and `--only calls,sizes` runs some parts. Only a full run writes the page.
const { quick = false, only } = parseArgs({
  options: { quick: { type: "boolean" }, only: { type: "string" } },
}).values;
const wanted = only?.split(",");
const wants = (part: string) => wanted === undefined || wanted.includes(part);
const rounds = quick
  ? {
      calls: 5,
      callers: 200,
      concurrentCalls: 1,
      starts: 3,
      warmStarts: 3,
      clients: 500,
      sessions: [1, 100, 10_000],
      manySessions: 1,
      proxy: 3,
      streams: 1,
    }
  : {
      calls: 50,
      callers: 1000,
      concurrentCalls: 2,
      starts: 12,
      warmStarts: 20,
      clients: 1000,
      sessions: [1, 100, 10_000, 100_000],
      manySessions: 3,
      proxy: 15,
      streams: 5,
    };

/** The vendor's latency in the warm starts, in ms. */
const AWAY = 50;

const started = performance.now();
const done = (what: string) => console.error(`${Math.round((performance.now() - started) / 1000)} s: ${what}`);
const scratch = mkdtempSync(join(tmpdir(), "vms-bench-"));
const machine = thisMachine(contenders.flatMap(({ packages }) => packages));
const measured: { -readonly [Part in keyof Results]?: Results[Part] } = {};
try {
  await using vendor = await startVendor();
  if (wants("calls")) measured.calls = await measureCalls(vendor, rounds.calls);
  done("calls");
  if (wants("memory")) measured.memory = await measureMemory(vendor, rounds.clients);
  if (wants("many-sessions")) measured.manySessions = await measureManySessions(rounds.sessions, rounds.manySessions);
  done("sessions in memory");
  if (wants("sizes") || wants("starts")) {
    const installed = await installAll(scratch);
    measured.sizes = Object.fromEntries(installed.map(({ contender, size }) => [contender.name, size]));
    done("sizes");
    if (wants("starts")) measured.starts = await measureStarts(vendor, installed, rounds.starts);
    done("starts");
  }
  if (wants("warm-starts")) measured.warmStarts = await measureWarmStarts(vendor, rounds.warmStarts, AWAY);
  done("warm starts");
  if (wants("concurrent-calls")) {
    measured.concurrentCalls = await measureConcurrentCalls(vendor, rounds.callers, rounds.concurrentCalls);
  }
  done("concurrent calls");
  if (wants("proxy")) measured.proxy = await measureProxy(rounds.proxy, rounds.streams);
  done("proxy");
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

const page = render({ machine: { ...machine, loadAtEnd: loadNow() }, ...measured });
console.log(page);
if (!quick && wanted === undefined) {
  writeFileSync(join(import.meta.dirname, "../../../docs/benchmarks.md"), page);
}
