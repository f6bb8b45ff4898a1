import { readFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";

/** The machine, versions and time of a run. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly node: string;
  /** The version of undici inside Node's `fetch`. */
  readonly undici: string;
  /** The date, `2026-01-31`. */
  readonly date: string;
  /** The load average before and at the end of the run, which shows disturbances. */
  readonly load: number;
  readonly loadAtEnd?: number;
  /** The versions of the compared packages, by name. */
  readonly versions: Readonly<Record<string, string>>;
}

export function thisMachine(packages: readonly string[]): Machine {
  return {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    node: process.version,
    undici: process.versions.undici ?? "unknown",
    date: new Date().toISOString().slice(0, 10),
    load: loadNow(),
    versions: Object.fromEntries([...new Set(packages)].map((name) => [name, versionOf(name)])),
  };
}

export function loadNow(): number {
  return loadavg()[0] ?? Number.NaN;
}

/** The installed version of a package. */
export function versionOf(name: string): string {
  return JSON.parse(readFileSync(join(import.meta.dirname, "../node_modules", name, "package.json"), "utf8")).version;
}
