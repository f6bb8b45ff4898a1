/** Creates a Markdown table. The first column is left-aligned, the others right-aligned. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, column) => (column === 0 ? "---" : "---:"));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}

export const kilobytes = (bytes: number, digits = 0): string => (bytes / 1024).toFixed(digits);

export const times = (ratio: number): string => `${ratio.toFixed(2)} ×`;
