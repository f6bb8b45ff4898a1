import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compilable, examplesOf } from "./examples.ts";
import { root } from "./packages.ts";

/** A page with code that users copy. */
export interface Page {
  readonly file: string;
  /** What its TypeScript imports, by the names of the packages. */
  readonly imports: readonly string[];
  /** The packages that its `npm install` lines install. */
  readonly installs: readonly string[];
  /** Its TypeScript blocks, as parsable code. */
  readonly code: readonly { readonly line: number; readonly text: string }[];
}

const PAGES = ["README.md", "packages/*/README.md", "docs/*.md", "docs/guides/*.md"];

/** All READMEs and guides. */
export const pages: readonly Page[] = globSync(PAGES, { cwd: root })
  .sort()
  .map((file) => {
    const examples = examplesOf(join(root, file));
    const text = readFileSync(join(root, file), "utf8");
    const code = examples.map((example) => ({ line: example.line, text: compilable(example) }));
    return {
      file,
      imports: importsOf(examples.map((example) => example.code).join("\n")),
      installs: installsOf(text),
      code,
    };
  });

function importsOf(code: string): string[] {
  const names = [...code.matchAll(/\b(?:from|import\(|import|require\() *"((?:@[\w.-]+\/)?[\w-]+)(?:\/[^":]*)?"/g)];
  return [...new Set(names.map(([, name = ""]) => name))].sort();
}

function installsOf(text: string): string[] {
  const lines = [...text.matchAll(/npm install((?: [@\w/.-]+)+)/g)].map(([, names = ""]) => names);
  return [...new Set(lines.join(" ").split(" "))].filter((name) => /^[@\w]/.test(name));
}
