import Table from "cli-table3";

const LINES = [
  ...["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"],
  ...["left", "left-mid", "mid", "mid-mid", "right", "right-mid"],
];
const NO_LINES = Object.fromEntries(LINES.map((name) => [name, ""]));

/**
 * Lays a table out as `gh` and `kubectl` do: columns with two blanks between, and no lines. Nothing in it is cut off: an
 * account that cannot be told from another is of no use. The cells may be styled.
 */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = new Table({
    head: [...head],
    chars: { ...NO_LINES, middle: "  " },
    // Without colours: the library's own would not heed NO_COLOR.
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
  });
  table.push(...rows.map((row) => [...row]));
  const lines = table.toString().split("\n");
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}
