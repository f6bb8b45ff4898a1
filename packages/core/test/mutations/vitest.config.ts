import { readFileSync } from "node:fs";
import { tests } from "@vms-tooling/config/vitest";
import type { Plugin, ViteUserConfig } from "vitest/config";
import { mutations } from "./list.ts";
import { CORE, fileOf, mutate } from "./mutation.ts";

// Runs tests on a core with one mutation, without changing a file. `VMS_MUTATION` names the mutation.
const removed = process.env.VMS_MUTATION;
const mutation = mutations.find((one) => one.removed === removed);
if (removed !== undefined && mutation === undefined) throw new Error(`There is no mutation "${removed}".`);
if (mutation !== undefined) mutate(mutation, readFileSync(fileOf(mutation), "utf8"));
const isMutated = (id: string) => mutation !== undefined && id === fileOf(mutation);

const plugin: Plugin = {
  name: "mutation",
  enforce: "pre",
  transform: (text, id) => (mutation !== undefined && isMutated(id) ? mutate(mutation, text) : undefined),
  // The cache of transformed modules must not contain the mutated file.
  configureVitest: ({ defineCacheKeyGenerator }) => defineCacheKeyGenerator(({ id }) => (isMutated(id) ? false : null)),
};

const config: ViteUserConfig = tests({
  include: ["guarantees", "model", "login", "session", "store"].map((folder) => `test/${folder}/*.test.ts`),
  exclude: ["test/store/encrypted-store.test.ts"],
  // These are slow, and no mutation affects them.
  testNamePattern: /^(?!.*(10000? callers|bounded rate|with an idle end))/,
  setupFiles: "test/mutations/no-shrinking.ts",
  maxWorkers: 1,
  // A mutation that allocates endlessly must fail soon.
  execArgv: ["--max-old-space-size=400"],
  testTimeout: 8_000,
  reporters: ["json"],
});
config.root = CORE;
config.plugins = [plugin];

export default config;
