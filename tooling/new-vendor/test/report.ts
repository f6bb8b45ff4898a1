import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** What vitest found in a package, by the names of its tests. */
export interface Report {
  readonly passed: readonly string[];
  /** With what they failed. */
  readonly failed: ReadonlyMap<string, string>;
}

interface Written {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** Reads what the reporter of a package has written. */
export async function reportOf(folder: string): Promise<Report> {
  const { testResults } = JSON.parse(await readFile(join(folder, ".report/tests.json"), "utf8")) as Written;
  const tests = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map((one) => ({ ...one, title: `${name.split("/").at(-1)}: ${one.fullName.trim()}` })),
  );
  const failed = tests.filter(({ status }) => status !== "passed");
  return {
    passed: tests.filter(({ status }) => status === "passed").map(({ title }) => title),
    failed: new Map(
      failed.map(({ title, failureMessages }) => [title, failureMessages.join("\n").split("\n    at ")[0] ?? ""]),
    ),
  };
}
