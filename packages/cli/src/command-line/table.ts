import Table from "cli-table3";

const LINES = [
  ...["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"],
  ...["left", "left-mid", "mid", "mid-mid", "right", "right-mid"],
];
const NO_LINES = Object.fromEntries(LINES.map((name) => [name, ""]));

/**
 * Formats a table like `gh` and `kubectl`: two spaces between columns, no lines. Nothing is truncated, so that accounts
 * can be told apart. Cells may be styled.
 */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = new Table({
    head: [...head],
    chars: { ...NO_LINES, middle: "  " },
    // The library's own colours ignore NO_COLOR.
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
  });
  table.push(...rows.map((row) => [...row]));
  const lines = table.toString().split("\n");
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}
