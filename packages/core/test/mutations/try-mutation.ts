import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { CORE, type Mutation } from "./mutation.ts";

/** How long the tests of one mutation may take, in ms. After that, they count as `hangs`. */
const PATIENCE = 120_000;

/** The names of the failures with a mutation: guarantees (`G4`), test files, `hangs`. */
export interface Outcome {
  readonly mutation: Mutation | undefined;
  readonly guarantees: readonly string[];
  readonly histories: readonly string[];
}

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly {
      readonly title: string;
      readonly status: string;
      readonly failureMessages: readonly string[] | null;
    }[];
  }[];
}

/** Runs the tests with a mutation, or without one. */
export async function tryMutation(mutation: Mutation | undefined): Promise<Outcome> {
  const histories = "test/model/histories.test.ts";
  const guarantees = await failures(mutation, ["--exclude", histories], (file, title) => [
    /^G\d+(?=:)/.exec(title)?.[0] ?? `\`${file}\``,
  ]);
  const found = await failures(mutation, [histories], (_, __, message) => {
    const broken = message.match(/\b(G\d+|liveness)(?=: )/g);
    return broken ?? ["an error"];
  });
  return { mutation, guarantees, histories: found };
}

async function failures(
  mutation: Mutation | undefined,
  options: readonly string[],
  namesOf: (file: string, title: string, message: string) => readonly string[],
): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), "vms-mutation-"));
  try {
    const output = join(folder, "report.json");
    const ended = await run(mutation, [...options, `--outputFile=${output}`]);
    if (ended === "hangs") return ["hangs"];
    const { testResults } = JSON.parse(await readFile(output, "utf8")) as Report;
    const names = testResults.flatMap(({ name, status, assertionResults }) => {
      const failed = assertionResults.filter((test) => test.status === "failed");
      if (failed.length === 0) return status === "failed" ? [`\`${basename(name)}\``] : [];
      return failed.flatMap((test) => namesOf(basename(name), test.title, test.failureMessages?.join("\n") ?? ""));
    });
    if (names.length === 0 && ended !== 0) return ["an unhandled rejection"];
    return [...new Set(names)].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  } finally {
    await rm(folder, { recursive: true });
  }
}

function run(mutation: Mutation | undefined, options: readonly string[]): Promise<number | null | "hangs"> {
  const { promise, resolve, reject } = Promise.withResolvers<number | null | "hangs">();
  const vitest = join(CORE, "node_modules/vitest/vitest.mjs");
  const child = spawn(process.execPath, [vitest, "run", "--config", "test/mutations/vitest.config.ts", ...options], {
    cwd: CORE,
    // A process group, so that a worker that hangs can be killed too.
    detached: true,
    stdio: "ignore",
    env: {
      ...process.env,
      VMS_MODEL_RUNS: "800",
      VMS_MODEL_SEED: "1",
      ...(mutation === undefined ? {} : { VMS_MUTATION: mutation.removed }),
    },
  });
  const timer = setTimeout(() => {
    resolve("hangs");
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  }, PATIENCE);
  child.on("error", reject);
  child.on("exit", (code) => {
    clearTimeout(timer);
    resolve(code);
  });
  return promise;
}
