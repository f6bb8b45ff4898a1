import { readFileSync } from "node:fs";
import { basename, join } from "node:path";

/** A piece of TypeScript in a page. */
export interface Example {
  /** The page, below the root. */
  readonly page: string;
  /** Its first line in the page. */
  readonly line: number;
  /** The file name in its first line, else one made of its line number. So pieces of a page can import each other. */
  readonly file: string;
  readonly code: string;
}

/**
 * All TypeScript of a page.
 * @param language its name in the page.
 */
export function examplesOf(root: string, page: string, language = "ts"): Example[] {
  const text = readFileSync(join(root, page), "utf8");
  const fence = new RegExp(`^\`\`\`(?:${language})\\n([\\s\\S]*?)^\`\`\`$`, "gm");
  return [...text.matchAll(fence)].map((match) => {
    const code = match[1] ?? "";
    const line = text.slice(0, match.index).split("\n").length + 1;
    const named = /^\/\/ ([\w.-]+\.ts)\n/.exec(code)?.[1];
    return { page, line, file: named ?? `line-${line}.ts`, code };
  });
}

/** The folder that the pieces of a page are written to. `docs/stores.md` and `docs/guides/stores.md` must not share one. */
export function folderOf(page: string): string {
  return `${page.startsWith("docs/guides/") ? "guide" : "page"}-${basename(page, ".md")}`;
}
