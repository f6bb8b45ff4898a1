import { existsSync, readFileSync } from "node:fs";

/** A piece of TypeScript in a README. */
export interface Example {
  readonly code: string;
  /** Its first line in the file. */
  readonly line: number;
  /** Whether it is a whole program. The text around a part explains the rest. */
  readonly whole: boolean;
}

/** Every piece of TypeScript of a README. The first one is the program that a newcomer copies. */
export function examplesOf(path: string): Example[] {
  const readme = existsSync(path) ? readFileSync(path, "utf8") : "";
  return [...readme.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(({ 1: code = "", index }, n) => ({
    code,
    line: readme.slice(0, index).split("\n").length,
    whole: n === 0,
  }));
}

/** The part of a program as code that compiles alone: an option is put into an object. */
export function compilable({ code, whole }: Example): string {
  if (whole) return code;
  return `${code.replaceAll(/^(\w+): (.+?),(?= *(?:\/\/.*)?$)/gm, "void ({ $1: $2 });")}\nexport {};\n`;
}
