import { styled } from "../../system/colours.ts";
import type { System } from "../../system/system.ts";
import type { Step } from "./step.ts";

const MARKS = {
  ok: ["green", "ok"],
  note: ["cyan", "note"],
  warning: ["yellow", "warn"],
  failed: ["red", "FAIL"],
} as const;

/** The column at which texts start, and the width of a line of text. */
const INDENT = 22;
const WIDTH = 98;

/** Formats a step for people, with its hint below. */
export function formatStep({ stdout, env }: System, { name, state, ms, text, hint }: Step): string {
  const [format, mark] = MARKS[state];
  const painted = styled(format, mark.padEnd(4), stdout, env);
  const took = name === "proxy" ? "" : `${ms} ms`;
  const lines = [...wrapped(text), ...(hint === undefined ? [] : wrapped(hint))];
  return `${painted}  ${name.padEnd(5)} ${took.padStart(8)}  ${lines.join(`\n${" ".repeat(INDENT)}`)}\n`;
}

function wrapped(text: string): string[] {
  const lines: string[] = [];
  // A command at the end stays on one line, so that it can be copied.
  const [, before = text, command] = /^(.*:)\s(vms [^\n]+)$/s.exec(text) ?? [];
  for (const word of [...before.split(/[ \n]+/), ...(command === undefined ? [] : [command])]) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
