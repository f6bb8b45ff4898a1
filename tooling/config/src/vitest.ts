import type { TestUserConfig, ViteUserConfig } from "vitest/config";

interface TestOptions extends TestUserConfig {
  /** Files that need their own module registry, because they mock modules. */
  readonly isolatedFiles?: readonly string[];
}

/**
 * The tests of a package. Options replace the defaults.
 * Files share a worker's modules (`isolate: false`), because reloading them took most of the time.
 * The timeout only stops tests that hang: tests must also pass on a busy machine. `tooling/run` counts from the report.
 */
export function tests({ isolatedFiles = [], ...options }: TestOptions = {}): ViteUserConfig {
  const common: TestUserConfig = {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ["default", ["json", { outputFile: ".report/tests.json" }]],
    ...options,
  };
  const shared: TestUserConfig = { include: ["test/**/*.test.ts"], isolate: false };
  if (isolatedFiles.length === 0) return { test: { ...shared, ...common } };
  return {
    test: {
      ...common,
      projects: [
        { extends: true, test: { ...shared, name: "shared", exclude: [...isolatedFiles] } },
        { extends: true, test: { name: "isolated", include: [...isolatedFiles] } },
      ],
    },
  };
}
