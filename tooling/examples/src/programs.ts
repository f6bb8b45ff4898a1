import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./pages.ts";

/**
 * A program of a page: a block ```` ```ts ````, continued by the blocks ```` ```ts add ```` after it.
 * A block ```` ```text ```` directly after it, or after the command that runs it, shows its output.
 */
export interface Program {
  readonly page: string;
  /** The line number of its first block. */
  readonly line: number;
  /** The heading above its first block. */
  readonly section: string;
  /** The name in the first line of the code (`// name.ts`), else one made of the line. Programs of a page can import each other. */
  readonly file: string;
  readonly code: string;
  /** The output that the page shows; empty if it shows none. */
  readonly output: string;
}

const FENCE = /^```(\w*)(?: (\w+))?\n([\s\S]*?)^```$/gm;
const NAME = /^\/\/ ([\w./-]+\.[a-z]+)\n/;

/** The TypeScript programs of a page, in order. */
export function programsOf(page: string): Program[] {
  const text = readFileSync(join(ROOT, page), "utf8");
  const programs: Program[] = [];
  let isOpen = false; // whether the block before belongs to a program, so that `text` is its output
  for (const { 1: language = "", 2: more, 3: code = "", index } of text.matchAll(FENCE)) {
    const last = programs.at(-1);
    if (language === "ts" && more === undefined) programs.push(programAt(page, text.slice(0, index), code));
    else if (last !== undefined && language === "ts")
      programs.splice(-1, 1, { ...last, code: `${last.code}\n${code}` });
    else if (last !== undefined && language === "text" && isOpen) {
      programs.splice(-1, 1, { ...last, output: last.output + code });
    }
    isOpen = language === "ts" || (isOpen && language === "sh");
  }
  return programs;
}

function programAt(page: string, before: string, code: string): Program {
  const line = before.split("\n").length;
  const section = [...before.matchAll(/^#+ (.+)$/gm)].at(-1)?.[1] ?? "";
  return { page, line, section, file: NAME.exec(code)?.[1] ?? `line-${line}.ts`, code, output: "" };
}
