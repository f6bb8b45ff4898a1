import type { Command } from "commander";
import type { Terminal } from "../../command-line/terminal.ts";
import { readConfig } from "../../profiles/config.ts";
import { vendorNames, vendors } from "../../profiles/vendors.ts";
import type { System } from "../../system/system.ts";
import { splitLine } from "./split-line.ts";
import { type Candidate, type NameKind, suggest } from "./suggest.ts";

/** bash also ends a word at these characters, and replaces only what follows them. */
const BREAKS = /^.*[@=:]/;

/** Runs `vms __complete`, which the shell scripts call. The last word is the one being typed. */
export async function complete(
  program: Command,
  given: readonly string[],
  line: boolean,
  terminal: Terminal,
): Promise<void> {
  const words = line ? splitLine(given[0] ?? "").slice(1) : given;
  const current = words.at(-1) ?? "";
  const { candidates, shell } = await suggest(program, words, (kind) => namesOf(terminal.system, kind));
  const typed = line ? (BREAKS.exec(current)?.[0].length ?? 0) : 0;
  const fitting = candidates.filter(({ value }) => value.startsWith(current));
  const lines = fitting.map(({ value, description }) => `${value.slice(typed)}\t${description}`);
  const all = shell === undefined ? lines : [...lines, `:${shell}`];
  await terminal.out(all.map((one) => `${one}\n`).join(""));
}

async function namesOf(system: System, kind: NameKind): Promise<readonly Candidate[]> {
  if (kind === "vendor") return vendorNames.map((value) => ({ value, description: vendors[value].title }));
  // A broken configuration is reported by the other commands.
  const { profiles } = await readConfig(system).catch(() => ({ profiles: {} }));
  return Object.entries(profiles)
    .filter(([value]) => /^[\w.@-]+$/.test(value))
    .map(([value, { vendor, username }]) => ({
      value,
      description: `${vendors[vendor].title}, ${username}`.replace(/\s+/g, " "),
    }));
}
