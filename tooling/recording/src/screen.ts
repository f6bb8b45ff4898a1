import xterm from "@xterm/headless";
import { COLUMNS } from "./steps.ts";

/** A part of a line with the same style. */
interface Run {
  readonly column: number;
  readonly text: string;
  /** One of the terminal's sixteen colours; `undefined` for the default. */
  readonly color: number | undefined;
  readonly bold: boolean;
  readonly dim: boolean;
}

/** A line of the terminal. */
export type Line = readonly Run[];

/** Interprets terminal output and keeps all lines. */
export interface Screen {
  write(data: string): Promise<void>;
  /** The lines up to the cursor's. */
  lines(): Line[];
  /** Whether the cursor is behind a prompt. */
  readonly isAtPrompt: boolean;
}

type Buffer = InstanceType<typeof xterm.Terminal>["buffer"]["active"];

export const PROMPT = "$ ";

export function openScreen(): Screen {
  const terminal = new xterm.Terminal({ cols: COLUMNS, rows: 24, scrollback: 1_000, allowProposedApi: true });
  const cursorLine = () => terminal.buffer.active.baseY + terminal.buffer.active.cursorY;
  return {
    write: (data) => new Promise((resolve) => terminal.write(data, resolve)),
    lines: () => Array.from({ length: cursorLine() + 1 }, (_, line) => runsOf(terminal.buffer.active, line)),
    get isAtPrompt() {
      const buffer = terminal.buffer.active;
      const line = buffer.getLine(cursorLine())?.translateToString(true, 0, COLUMNS).trim();
      return line === PROMPT.trim() && buffer.cursorX === PROMPT.length;
    },
  };
}

function runsOf(buffer: Buffer, index: number): Line {
  const line = buffer.getLine(index);
  const runs: Run[] = [];
  for (let column = 0; column < COLUMNS; column++) {
    const cell = line?.getCell(column);
    if (cell === undefined) continue;
    const look = {
      color: cell.isFgPalette() ? cell.getFgColor() : undefined,
      bold: cell.isBold() !== 0,
      dim: cell.isDim() !== 0,
    };
    const text = cell.getChars() || " ";
    const last = runs.at(-1);
    const isSame = last?.color === look.color && last?.bold === look.bold && last?.dim === look.dim;
    if (last !== undefined && isSame) runs[runs.length - 1] = { ...last, text: last.text + text };
    else runs.push({ column, text, ...look });
  }
  return runs.map((run) => ({ ...run, text: run.text.trimEnd() })).filter(({ text }) => text !== "");
}

/** The text of a line, without its colours. */
export function textOf(line: Line): string {
  return line.reduce((text, run) => text.padEnd(run.column) + run.text, "");
}
