import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const read = (...path: string[]) => readFileSync(join(import.meta.dirname, ...path), "utf8");

test("the guide shows the code of the tested applications", () => {
  const guide = read("../../../docs/guides/nextjs.md");
  const pieces = [...guide.matchAll(/^```\w+\n([\s\S]*?)^```$/gm)].map((match) => match[1]);
  const files = globSync("applications/**/*.{ts,js,jsx}", { cwd: join(import.meta.dirname, "..") });
  const code = new Set(files.map((file) => read("..", file)));
  expect(pieces.length).toBeGreaterThanOrEqual(4);
  expect(pieces.filter((piece) => !code.has(piece ?? ""))).toEqual([]);
});
