import { must } from "./run.ts";

/** What an import takes, in ms. */
export interface Cold {
  readonly wall: number;
  /** The CPU time, which depends less on the machine's load. */
  readonly cpu: number;
}

const program = (name: string) => `
  const before = process.cpuUsage();
  const started = performance.now();
  await import("${name}");
  const wall = performance.now() - started;
  const { user, system } = process.cpuUsage(before);
  console.log(JSON.stringify({ wall, cpu: (user + system) / 1000 }));`;

/**
 * Measures the first import of each package, each time in a new process. Rounds are interleaved, so that a disturbance
 * affects all of them.
 * @returns the medians, by name.
 */
export async function coldImports(
  project: string,
  names: readonly string[],
  rounds = 15,
): Promise<Record<string, Cold>> {
  const seen: Record<string, Cold[]> = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const printed = await must(process.execPath, ["--input-type=module", "-e", program(name)], { cwd: project });
      seen[name]?.push(JSON.parse(printed));
    }
  }
  return Object.fromEntries(
    Object.entries(seen).map(([name, all]) => [
      name,
      { wall: median(all.map(({ wall }) => wall)), cpu: median(all.map(({ cpu }) => cpu)) },
    ]),
  );
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
