import { contenders } from "./contenders.ts";
import { callsPart } from "./parts/calls.ts";
import { crowdsPart, memoryPart } from "./parts/crowds.ts";
import { herdPart } from "./parts/herd.ts";
import { sizesPart, startsPart } from "./parts/sizes.ts";
import type { Results } from "./results.ts";
import { table } from "./table.ts";

/** The text of `docs/benchmarks.md`. */
export function render(results: Results): string {
  const { machine, calls, herd, sizes, starts, memory, crowds } = results;
  const parts = [
    head(machine),
    calls && callsPart(calls),
    herd && herdPart(herd),
    sizes && sizesPart(sizes),
    starts && startsPart(starts),
    memory && memoryPart(memory),
    crowds && crowdsPart(crowds),
  ];
  return `${parts.filter((part) => part !== undefined).join("\n\n")}\n`;
}

function head({ cpu, cores, node, undici, date, load, loadAtEnd = load, versions }: Results["machine"]): string {
  const rows = contenders.map(({ name, module, packages, how }) => {
    const of = packages.map((one) => (one.startsWith("@vms/") ? `${one}` : `${one} ${versions[one]}`));
    return [`[\`${name}\`](../tooling/bench/src/clients/${module}.ts)`, of.join(", "), how];
  });
  return `# Benchmarks

Made by \`npm run bench\`, in one run of some minutes. Do not edit this page: its sentences are in \`tooling/bench/src\`, and those
which say why something takes more are in \`reasons.ts\` there. \`npm run bench -- --quick\` tries it with few rounds, and
\`npm run bench -- --only calls,memory,crowds,sizes,starts,herd\` runs some parts; neither is written down.

The machine: ${cpu}, ${cores} cores, Node ${node} (its \`fetch\` is undici ${undici}); load average ${load.toFixed(1)} at the start, ${loadAtEnd.toFixed(1)} at the end. The day: ${date}.

## What is compared

Each is set up as its own documentation has it, in its newest version, save for undici: \`sessionInterceptor\` is for version 7. All
of them talk to the same server, which has a login and one call, and runs in a process of its own. Each program is linked: it is
what is timed, bundled and started.

${table(["program", "packages", "set up"], rows).replace("---: | ---:", "--- | ---")}`;
}
