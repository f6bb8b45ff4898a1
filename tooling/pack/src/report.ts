import type { Cold } from "./cold-import.ts";
import { bundleGoal, bundleLimit, coldImportGoal, limits, vendors } from "./limits.ts";
import type { Size } from "./sizes.ts";
import { parts } from "./weights.ts";

/** The data of `docs/budgets.md`. */
export interface Figures {
  readonly sizes: readonly Size[];
  /** By package, including ky. */
  readonly coldImports: Readonly<Record<string, Cold>>;
  /** By part of a vendor's bundle, in bytes. */
  readonly weights: Readonly<Record<string, number>>;
}

const unknown: Cold = { wall: Number.NaN, cpu: Number.NaN };

/** Renders `docs/budgets.md`. Measured values are only in the last column of each table. */
export function render({ sizes, coldImports, weights }: Figures): string {
  const size = new Map(sizes.map((one) => [one.name, one]));
  const installed = Object.entries(limits).map(([name, { brings, megabytes }]) => {
    const others = brings
      .filter((other) => other !== name)
      .toSorted()
      .map((other) => `\`${other}\``);
    return [`\`${name}\``, others.join(", "), `${megabytes} MB`, kilobytes(size.get(name)?.bytes)];
  });
  const bundles = Object.keys(vendors).map((name) => [`\`${name}\``, kilobytes(size.get(name)?.gzip, 1)]);
  const { ky = unknown } = coldImports;
  const imports = ["ky", ...Object.keys(vendors)].map((name) => {
    const { wall, cpu } = coldImports[name] ?? unknown;
    const times = (part: number, whole: number) => `${(part / whole).toFixed(2)} × ky, ${part.toFixed(0)} ms`;
    const measured = `${times(wall, ky.wall)}; CPU ${times(cpu, ky.cpu)}`;
    return [`\`${name}\``, Number.isNaN(wall) ? "?" : measured];
  });
  return `# What the packages cost

\`pnpm --filter @vms-tooling/pack run budgets\` generates this page from the packed packages. Do not edit it: the limits are in
\`tooling/pack/src/limits.ts\`. Tests check every package against its dependencies and limits, and this page against both.

## On disk

The size of \`npm install\` for a single package, without files that are specific to one platform.

${table(["package", "installs", "limit", "measured"], installed)}

## In a bundle

The gzipped size of a program that uses one vendor, bundled and minified by esbuild, including ky. The limit is
${kilobytes(bundleLimit)}, and the goal is ${kilobytes(bundleGoal)}.

${table(["package", "measured"], bundles)}

The parts of one of these bundles. A part counts with its share of the minified code, applied to the gzipped size. Folders are those of the core's
source.

${table(
  ["part", "measured"],
  parts.map((part) => [part, kilobytes(weights[part], 1)]),
)}

## At startup

The time and CPU time of the first import in a new process: the median of 15. The goal is ${coldImportGoal} times the CPU time of importing ky. Times depend
on the machine and its load, so no test checks them.

${table(["import", "measured"], imports)}
`;
}

/** The text without measured values, which must not differ between runs. */
export function withoutMeasures(text: string): string {
  return text.replaceAll(/\|[^|\n]*\|$/gm, "|");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** The text with the measured values of an earlier page. New rows have none. */
export function withMeasuresOf(page: string, text: string): string {
  const sections = (of: string) => of.split(/^(?=## )/m);
  const measured = new Map(
    sections(page).flatMap((section, at) =>
      section.split("\n").map((line) => [`${at} ${withoutMeasures(line)}`, line]),
    ),
  );
  const keep = (line: string, at: number) => measured.get(`${at} ${withoutMeasures(line)}`) ?? line;
  return sections(text)
    .map((section, at) =>
      section
        .split("\n")
        .map((line) => keep(line, at))
        .join("\n"),
    )
    .join("");
}

function kilobytes(bytes = Number.NaN, digits = 0): string {
  return Number.isNaN(bytes) ? "?" : `${(bytes / 1024).toFixed(digits)} KB`;
}
