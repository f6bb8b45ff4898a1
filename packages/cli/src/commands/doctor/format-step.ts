import { tableWidth } from "../../command-line/table.ts";
import { wrap } from "../../command-line/wrap.ts";
import { styled } from "../../system/colours.ts";
import type { System } from "../../system/system.ts";
import type { Step } from "./step.ts";

const MARKS = {
  ok: ["green", "ok"],
  note: ["cyan", "note"],
  warning: ["yellow", "warn"],
  failed: ["red", "FAIL"],
} as const;

/** The column at which texts start, and the widest line of text. */
const INDENT = 22;
const WIDEST = 98;

/** Formats a step for people, with its hint below. */
export function formatStep({ stdout, env }: System, { name, state, ms, text, hint }: Step): string {
  const [format, mark] = MARKS[state];
  const painted = styled(format, mark.padEnd(4), stdout, env);
  const took = name === "proxy" ? "" : `${ms} ms`;
  const width = Math.min(WIDEST, (tableWidth(stdout) ?? Number.POSITIVE_INFINITY) - INDENT);
  const texts = hint === undefined ? [text] : [text, hint];
  const lines = texts.flatMap((one) => wrap(one.replaceAll("\n", " "), width).split("\n"));
  return `${painted}  ${name.padEnd(5)} ${took.padStart(8)}  ${lines.join(`\n${" ".repeat(INDENT)}`)}\n`;
}
