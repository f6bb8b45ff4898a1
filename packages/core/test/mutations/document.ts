import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mutations } from "./list.ts";
import { CORE, type Mutation } from "./mutation.ts";
import type { Outcome } from "./try-mutation.ts";

const DOCUMENT = join(CORE, "../../docs/mutations.md");
const START = "<!-- `npm run attack:mutations` writes what follows. -->";
const END = "<!-- `npm run attack:mutations` keeps what follows. -->";

/** Returns the rows of the table in `docs/mutations.md` by `removed`. */
export function readRows(): Map<string, string> {
  const rows = readDocument().written.match(/^\| (?!removed |---).*$/gm) ?? [];
  return new Map(rows.map((row) => [row.split(" | ")[0]?.slice(2) ?? "", row]));
}

/** Writes the row of a mutation into `docs/mutations.md`. The rows of the other mutations stay. */
export function writeRow(outcome: Outcome): void {
  const rows = readRows().set(outcome.mutation?.removed ?? "", rowOf(outcome));
  const { before, after } = readDocument();
  const table = ["| removed | guarantees | histories |", "| --- | --- | --- |"];
  table.push(...mutations.flatMap(({ removed }) => rows.get(removed) ?? []));
  writeFileSync(DOCUMENT, `${before}${START}\n\n${table.join("\n")}\n\n${survivors()}\n\n${END}${after}`);
}

/** Returns the row of a mutation that was tried. */
export function rowOf({ mutation, guarantees, histories }: Outcome): string {
  return `| ${mutation?.removed} | ${listed(guarantees)} | ${listed(histories)} |`;
}

/** Returns the list of mutations that survive. */
export function survivors(): string {
  const items = mutations.filter((mutation): mutation is Required<Mutation> => mutation.survives !== undefined);
  const lines = items.map(({ removed, survives }) => `- ${removed}: ${survives}`);
  return lines.length === 0 ? "No mutation survives." : `Mutations that survive:\n\n${lines.join("\n")}`;
}

function readDocument() {
  const [before = "", rest = ""] = readFileSync(DOCUMENT, "utf8").split(START);
  const [written = "", after = "\n"] = rest.split(END);
  return { before, written, after };
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? "no" : names.join(", ");
}
