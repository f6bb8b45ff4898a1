import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const here = join(import.meta.dirname, "..");

// Delete this file and src/write-this.ts when the package is complete.
test("nothing is left to write", () => {
  const files = globSync(["README.md", "src/*.ts", "test/*.ts"], { cwd: here }).sort();
  const places = files
    .filter((file) => !/(write-this|left-to-write\.test)\.ts$/.test(file))
    .flatMap((file) =>
      readFileSync(join(here, file), "utf8")
        .split("\n")
        .flatMap((line, index) =>
          /write[- ]this:|writeThis\(|"write-this"/i.test(line) ? [`${file}:${index + 1}`] : [],
        ),
    );
  expect(places).toEqual([]);
});
