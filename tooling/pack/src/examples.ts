import { existsSync, readFileSync } from "node:fs";

/** A piece of TypeScript out of a README. */
export interface Example {
  readonly code: string;
  /** Where it begins in its file. */
  readonly line: number;
  /** Whether it is a whole program, or shows a part of one: the rest is told by the text around it. */
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

/** The part of a program as something that compiles by itself: an option that stands alone is put into an object. */
export function compilable({ code, whole }: Example): string {
  if (whole) return code;
  return `${code.replaceAll(/^(\w+): (.+?),(?= *(?:\/\/.*)?$)/gm, "void ({ $1: $2 });")}\nexport {};\n`;
}
