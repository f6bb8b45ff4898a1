import { type Calls, callsSection } from "./calls.ts";
import { type ConcurrentCalls, concurrentCallsSection } from "./concurrent-calls.ts";
import { contenders } from "./contenders.ts";
import type { Machine } from "./machine.ts";
import { type ManySessions, manySessionsSection } from "./many-sessions.ts";
import { table } from "./markdown.ts";
import { type Memory, memorySection } from "./memory.ts";
import type { Proxied } from "./proxy/measure.ts";
import { proxySection } from "./proxy/section.ts";
import { type Size, sizesSection } from "./sizes.ts";
import { type Starts, startsSection } from "./starts.ts";
import { type WarmStarts, warmStartsSection } from "./warm-starts.ts";

/** The measurements of one run. A part that was not requested is absent. */
export interface Results {
  readonly machine: Machine;
  readonly calls?: Calls;
  readonly concurrentCalls?: ConcurrentCalls;
  /** By the name of a contender. */
  readonly sizes?: Readonly<Record<string, Size>>;
  readonly starts?: Starts;
  readonly warmStarts?: WarmStarts;
  readonly memory?: Memory;
  readonly manySessions?: readonly ManySessions[];
  readonly proxy?: Proxied;
}

/** The text of `docs/benchmarks.md`. */
export function render(results: Results): string {
  const { machine, calls, concurrentCalls, sizes, starts, warmStarts, memory, manySessions, proxy } = results;
  const parts = [
    head(machine),
    calls && callsSection(calls),
    concurrentCalls && concurrentCallsSection(concurrentCalls),
    sizes && sizesSection(sizes),
    starts && startsSection(starts),
    warmStarts && warmStartsSection(warmStarts),
    memory && memorySection(memory),
    manySessions && manySessionsSection(manySessions),
    proxy && proxySection(proxy),
  ];
  return `${parts.filter((part) => part !== undefined).join("\n\n")}\n`;
}

function head({ cpu, cores, node, undici, date, load, loadAtEnd = load, versions }: Results["machine"]): string {
  const rows = contenders.map(({ name, module, packages, how }) => {
    const of = packages.map((one) => (one.startsWith("@vms/") ? `${one}` : `${one} ${versions[one]}`));
    return [`[\`${name}\`](../tooling/bench/src/clients/${module}.ts)`, of.join(", "), how];
  });
  return `# Benchmarks

Made by \`npm run bench\`, in one run of a few minutes. Do not edit this page: its sentences are in \`tooling/bench/src\`.
\`npm run bench -- --quick\` makes few rounds, and \`npm run bench -- --only calls,memory,many-sessions,sizes,starts,warm-starts,concurrent-calls,proxy\`
runs some parts; both print the page and do not write it.

The machine: ${cpu}, ${cores} cores, Node ${node} (its \`fetch\` is undici ${undici}); load average ${load.toFixed(1)} at the start, ${loadAtEnd.toFixed(1)} at the end. The day: ${date}.

## What is compared

Each program is set up as in its documentation, in its newest version. All of them use the same server, which has a login and
one call, and runs in its own process. The linked programs are the ones that are timed, bundled and started.

${table(["program", "packages", "set up"], rows).replace("---: | ---:", "--- | ---")}`;
}
