import { existsSync, readFileSync } from "node:fs";

/** A TypeScript block in a README. */
export interface Example {
  readonly code: string;
  /** Its first line number in the file. */
  readonly line: number;
  /** Whether it is a complete program. The text around a fragment explains the rest. */
  readonly whole: boolean;
}

/** Every TypeScript block of a README. The first one is the program that a newcomer copies. */
export function examplesOf(path: string): Example[] {
  const readme = existsSync(path) ? readFileSync(path, "utf8") : "";
  return [...readme.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(({ 1: code = "", index }, n) => ({
    code,
    line: readme.slice(0, index).split("\n").length,
    whole: n === 0,
  }));
}

/** Wraps a fragment so that it compiles on its own: an option becomes part of an object. */
export function compilable({ code, whole }: Example): string {
  if (whole) return code;
  return `${code.replaceAll(/^(\w+): (.+?),(?= *(?:\/\/.*)?$)/gm, "void ({ $1: $2 });")}\nexport {};\n`;
}
