import { stripVTControlCharacters } from "node:util";
import type { Output } from "../system/system.ts";

/**
 * Breaks the lines of a text at spaces, so that each has at most `width` columns. A longer word gets its own line.
 * Continued lines keep the indentation. A command at the end of a line is not broken if it fits, so that it can be
 * copied. Styles take no space.
 */
export function wrap(text: string, width: number): string {
  return text
    .split("\n")
    .map((line) => wrapLine(line, width))
    .join("\n");
}

/** Wraps a text for a stream. Only a terminal has a width. */
export function wrapFor({ isTTY, columns }: Output, text: string): string {
  return isTTY === true ? wrap(text, columns || 80) : text;
}

function wrapLine(text: string, width: number): string {
  if (widestOf(text) <= width) return text;
  const indent = /^ */.exec(text)?.[0] ?? "";
  const lines: string[] = [];
  let line = indent;
  for (const [, space = "", word = ""] of text.slice(indent.length).matchAll(wordsFor(text, width - indent.length))) {
    if (line.length > indent.length && widestOf(line + space + word) > width) {
      lines.push(line);
      line = indent + word;
    } else line += space + word;
  }
  return [...lines, line].join("\n");
}

/** Spaces and the word after them. */
const WORDS = /( *)(vms [^ ]+|[^ ]+)/g;
/** The same, except that a command after a colon is one word. */
const WORDS_AND_COMMAND = /( *)((?<=: )vms .+$|vms [^ ]+|[^ ]+)/g;

function wordsFor(text: string, room: number): RegExp {
  const [command = ""] = /(?<=: )vms .+$/.exec(text) ?? [];
  return widestOf(command) <= room ? WORDS_AND_COMMAND : WORDS;
}

/**
 * How many columns a text takes at most. It does not load the tables of Unicode, because every command writes messages:
 * characters beyond European scripts and punctuation count as wide.
 */
function widestOf(text: string): number {
  let columns = 0;
  for (const character of stripVTControlCharacters(text)) columns += /[\0-\u04ff\u2000-\u22ff]/.test(character) ? 1 : 2;
  return columns;
}
