import { behind } from "../behind.ts";
import type { Starts } from "../imports.ts";
import type { Size } from "../sizes.ts";
import { kilobytes, table } from "../table.ts";

export function sizesPart(sizes: Readonly<Record<string, Size>>): string {
  const rows = Object.entries(sizes).map(([name, { packages, bytes, minified, gzipped }]) => [
    `\`${name}\``,
    String(packages),
    kilobytes(bytes),
    kilobytes(minified, 1),
    kilobytes(gzipped, 1),
  ]);
  const ratio = (what: keyof Size) => (one: string, other: string) =>
    (sizes[one]?.[what] ?? Number.NaN) / (sizes[other]?.[what] ?? Number.NaN);
  return `## The size

What \`npm install\` puts into an empty folder, ours from packed tarballs; and the program bundled for Node by esbuild, minified,
and gzipped. In KB.

${table(["program", "packages", "on the disk", "bundled", "gzipped"], rows)}

On the disk. ${behind("disk", ratio("bytes"))}

Gzipped. ${behind("bundle", ratio("gzipped"))}`;
}

export function startsPart({ rounds, contenders }: Starts): string {
  const rows = Object.entries(contenders).map(([name, { imported, answered }]) => [
    `\`${name}\``,
    ...[imported, answered].flatMap(({ median, low, high }) => [
      median.toFixed(0),
      `${low.toFixed(0)} to ${high.toFixed(0)}`,
    ]),
  ]);
  const ratio = (what: "imported" | "answered") => (one: string, other: string) =>
    (contenders[one]?.[what].median ?? Number.NaN) / (contenders[other]?.[what].median ?? Number.NaN);
  return `## The start

A new process loads the program from that folder, signs in and makes one call. ms after Node is ready: until the program is
loaded, and until the first answer, as much is loaded only when it is first used. Medians of ${rounds} rounds in which all take turns,
with 10 % and 90 %.

${table(["program", "loaded", "10 to 90 %", "first answer", "10 to 90 %"], rows)}

Loaded. ${behind("imported", ratio("imported"), 0.05)}

First answer. ${behind("answered", ratio("answered"), 0.05)}`;
}
