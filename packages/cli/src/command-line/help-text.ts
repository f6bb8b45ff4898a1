import type { Output } from "../system/system.ts";
import type { Terminal } from "./terminal.ts";
import { wrap } from "./wrap.ts";

/** The longest line of a help on a wide terminal. */
const WIDEST = 100;

/**
 * The text below the options in a command's help. `vms <command> --help` shows its first paragraph and its examples, and
 * `vms help <command>` shows all of it.
 * @param name the command: `"login"`, `"profile use"`, or `""` for `vms` itself.
 * @param text paragraphs, of which the last contains the examples. Indented lines are not wrapped.
 */
export function helpText(terminal: Terminal, name: string, text: string): string {
  const paragraphs = text.trim().split(/\n\n+/);
  const examples = paragraphs.pop() ?? "";
  const shown = isLongHelp(terminal) ? paragraphs : paragraphs.slice(0, 1);
  const more = shown.length < paragraphs.length ? [`More: vms help ${name}`] : [];
  const width = Math.min(helpWidth(terminal.system.stdout), WIDEST);
  return `\n${[...shown, examples, ...more].map((one) => wrapLines(one, width)).join("\n\n")}\n`;
}

/** Whether the command line asks for all details: `vms help …`. */
export function isLongHelp({ system }: Terminal): boolean {
  return system.args.find((word) => !word.startsWith("-")) === "help";
}

/** The width of a terminal; elsewhere that of a common one. */
export function helpWidth({ isTTY, columns = 80 }: Output): number {
  return isTTY === true ? columns : 80;
}

function wrapLines(paragraph: string, width: number): string {
  const lines: string[] = [];
  for (const line of paragraph.split("\n")) {
    const before = lines.at(-1);
    if (line.startsWith(" ") || before === undefined || before.startsWith(" ")) lines.push(line);
    else lines[lines.length - 1] = `${before} ${line}`;
  }
  return lines.map((line) => (line.startsWith(" ") ? line : wrap(line, width))).join("\n");
}
