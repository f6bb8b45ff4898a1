/** A section of a README under a second-level heading. */
export interface Section {
  readonly heading: string;
  readonly text: string;
}

/** The sections of a README, in order. */
export function sectionsOf(readme: string): Section[] {
  const [, ...parts] = readme.replace(/^```[\s\S]*?^```$/gm, "").split(/^## /m);
  return parts.map((part) => {
    const [heading = "", ...lines] = part.split("\n");
    return { heading: heading.trim(), text: lines.join("\n") };
  });
}

/** The code in the first column of a section's tables. A cell may contain several, as in `a`, `b`. */
export function rowsOf(section: Section | undefined): Set<string> {
  const cells = [...(section?.text ?? "").matchAll(/^\|([^|]*)\|/gm)].map(([, cell = ""]) => cell);
  return new Set(cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name)));
}

/** The first TypeScript block of a README, and its line number. */
export function exampleOf(readme: string): { readonly code: string; readonly line: number } | undefined {
  const match = /^```ts\n([\s\S]*?)^```$/m.exec(readme);
  return match === null ? undefined : { code: match[1] ?? "", line: readme.slice(0, match.index).split("\n").length };
}
