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

/** The measurements of a run. Parts that were not requested are absent. */
export interface Results {
  readonly machine: Machine;
  readonly calls?: Calls;
  readonly concurrentCalls?: ConcurrentCalls;
  /** By contender. */
  readonly sizes?: Readonly<Record<string, Size>>;
  readonly starts?: Starts;
  readonly warmStarts?: WarmStarts;
  readonly memory?: Memory;
  readonly manySessions?: readonly ManySessions[];
  readonly proxy?: Proxied;
}

/** Renders `docs/benchmarks.md`. */
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

\`npm run bench\` generates this page in a few minutes. Do not edit it: its text is in \`tooling/bench/src\`. Two options print the page instead of
writing it: \`--quick\` runs fewer rounds, and \`--only\` runs some parts
(\`npm run bench -- --only calls,memory,many-sessions,sizes,starts,warm-starts,concurrent-calls,proxy\`).

Measured on ${date} on ${cpu} with ${cores} cores and Node ${node}, whose \`fetch\` is undici ${undici}. The load average was ${load.toFixed(1)} at the start and ${loadAtEnd.toFixed(1)} at the end.

## What is compared

Each program uses the latest version of its packages, set up as their documentation says. The server has a login and one call, and runs in its
own process. The linked programs are the ones that the tables below measure.

${table(["program", "packages", "set up"], rows).replace("---: | ---:", "--- | ---")}`;
}
