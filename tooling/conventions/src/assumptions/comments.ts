/** A comment in a source file. */
export interface SourceComment {
  /** Its paragraphs and tags, each on one line. */
  readonly paragraphs: readonly string[];
  /** The property of an interface that it documents. */
  readonly property: string | undefined;
}

/** Reads the docstrings of a source file, and comments on lines of their own. */
export function commentsOf(source: string): SourceComment[] {
  return [...source.matchAll(/\/\*\*([\s\S]*?)\*\/|(?:^[ \t]*\/\/.*\n)+/gm)].map(({ 0: whole, 1: doc, index }) => ({
    paragraphs: paragraphsOf(doc ?? whole),
    property: /^\s*readonly (\w+)\??:/.exec(source.slice(index + whole.length))?.[1],
  }));
}

function paragraphsOf(comment: string): string[] {
  return comment
    .replaceAll(/^[ \t]*(?:\*|\/\/)[ \t]?/gm, "")
    .split(/\n\s*\n|\n(?=@)/)
    .map((paragraph) => paragraph.replaceAll(/\s+/g, " ").trim())
    .filter((paragraph) => paragraph !== "");
}
