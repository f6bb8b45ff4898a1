import { explain } from "./explain.ts";
import { guaranteeInContext } from "./in-context.ts";
import type { Step } from "./step.ts";

/** A line of the list: equal steps that follow each other at the same time are one line. */
export interface Line {
  readonly at: number;
  readonly who: string;
  readonly text: string;
  /** The guarantee that the step shows. */
  readonly guarantee: number | undefined;
  readonly steps: readonly Step[];
}

/** The steps of a run in words. */
export function groupsOf(steps: readonly Step[]): Line[] {
  const lines: Line[] = [];
  for (const [index, step] of steps.entries()) {
    const { who, text, guarantee: usual } = explain(step);
    const guarantee = guaranteeInContext(steps, index) ?? usual;
    const last = lines.at(-1);
    if (last !== undefined && last.at === step.at && last.who === who && last.text === text) {
      lines.splice(-1, 1, { ...last, steps: [...last.steps, step] });
    } else lines.push({ at: step.at, who, text, guarantee, steps: [step] });
  }
  return lines;
}

/** A line as text. */
export function textOf({ at, who, text, steps }: Line): string {
  return `${timeOf(at)} ${who}: ${text}${steps.length > 1 ? ` (${steps.length} times)` : ""}`;
}

/** The steps of a run as lines of text. */
export function linesOf(steps: readonly Step[]): string[] {
  return groupsOf(steps).map(textOf);
}

/** A time after the start: `1:02.003`. */
export function timeOf(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const seconds = ((ms % 60_000) / 1000).toFixed(3).padStart(6, "0");
  return `${minutes}:${seconds}`;
}
