import type { Output } from "../system/system.ts";
import { breakText, padTo, truncateMiddle, widthOf } from "./fit-text.ts";

const GAP = "  ";
/** Values are not truncated to fewer columns of the terminal than this. */
const LEAST = 10;

/** What a table may do to fit a terminal. */
export interface TableLimit {
  /** The terminal's width, in columns. */
  readonly width: number;
  /** The indexes of the table's columns whose values may be truncated. Their cells have no styles. */
  readonly truncated: readonly number[];
  /** The indexes of columns that may be left out, the least important first. Default: none. */
  readonly optional?: readonly number[];
}

/** The width that a table on a stream may have. `undefined` if the stream is no terminal, because nothing is lost there. */
export function tableWidth({ isTTY, columns }: Output): number | undefined {
  return isTTY === true ? columns || 80 : undefined;
}

/**
 * Formats a table like `gh` and `kubectl`: two spaces between columns, no lines. Cells may be styled.
 * @param limit how the table fits a terminal. Values are truncated in the middle if they stay distinguishable. Then
 * optional columns are left out. If the table is still too wide, each row becomes a block with a line per column.
 * Default: nothing is truncated or left out.
 */
export function formatTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  limit: TableLimit = { width: Number.POSITIVE_INFINITY, truncated: [] },
): string {
  const { optional = [] } = limit;
  for (let left = 0; left <= optional.length; left++) {
    const table = fittingTable(head, rows, limit, optional.slice(0, left));
    if (table !== undefined) return table;
  }
  return blocks(head, rows, limit.width);
}

/** The table without some columns. `undefined` if it does not fit. */
function fittingTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { width, truncated }: TableLimit,
  omitted: readonly number[],
): string | undefined {
  const kept = [...head.keys()].filter((column) => !omitted.includes(column));
  const pick = (row: readonly string[]) => kept.map((column) => row[column] ?? "");
  const limit = { width, truncated: truncated.map((column) => kept.indexOf(column)).filter((column) => column >= 0) };
  const [keptHead, keptRows] = [pick(head), rows.map(pick)];
  const widths = fitted(widthsOf([keptHead, ...keptRows]), keptHead, limit);
  const cut = widths && truncateCells(keptRows, widths, limit);
  if (widths === undefined || cut === undefined) return undefined;
  return asText([keptHead, ...cut].map((row) => row.map((cell, at) => padTo(cell, widths[at] ?? 0)).join(GAP)));
}

function widthsOf(rows: readonly (readonly string[])[]): readonly number[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, widthOf(cell));
  }
  return widths;
}

/** The widths of columns in a table that fits. The widest column that may be truncated becomes narrower first. */
function fitted(
  natural: readonly number[],
  head: readonly string[],
  { width, truncated }: TableLimit,
): readonly number[] | undefined {
  const widths = [...natural];
  let excess = widths.reduce((sum, one) => sum + one, GAP.length * (widths.length - 1)) - width;
  for (; excess > 0; excess--) {
    const [widest = -1] = truncated.toSorted((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0));
    const now = widths[widest] ?? 0;
    if (now <= Math.max(LEAST, widthOf(head[widest] ?? ""))) return undefined;
    widths[widest] = now - 1;
  }
  return widths;
}

/** The rows with truncated cells. `undefined` if two different values of a column would look the same. */
function truncateCells(
  rows: readonly (readonly string[])[],
  widths: readonly number[],
  { truncated }: TableLimit,
): readonly (readonly string[])[] | undefined {
  const cut = rows.map((row) =>
    row.map((cell, column) => (truncated.includes(column) ? truncateMiddle(cell, widths[column] ?? 0) : cell)),
  );
  const count = (from: typeof rows, column: number) => new Set(from.map((row) => row[column])).size;
  return truncated.every((column) => count(cut, column) === count(rows, column)) ? cut : undefined;
}

/** A block per row, with a line per column. Long values continue on the next line. */
function blocks(head: readonly string[], rows: readonly (readonly string[])[], width: number): string {
  const indent = Math.max(...head.map(widthOf)) + GAP.length;
  const room = Math.max(2, width - indent);
  const made = rows.map((row) =>
    row.flatMap((cell, column) => {
      const lines = widthOf(cell) <= room ? [cell] : breakText(cell, room);
      return lines.map((line, index) => padTo(index === 0 ? (head[column] ?? "") : "", indent) + line);
    }),
  );
  return asText(made.flatMap((lines, index) => (index === 0 ? lines : ["", ...lines])));
}

function asText(lines: readonly string[]): string {
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}
