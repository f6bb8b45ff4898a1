import type { TestUserConfig, ViteUserConfig } from "vitest/config";

/**
 * The tests of a package. Options replace the defaults.
 * The timeout only ends a test that hangs: tests must also pass on a busy machine. `tooling/run` counts from the report.
 */
export function tests(options: TestUserConfig = {}): ViteUserConfig {
  return {
    test: {
      include: ["test/**/*.test.ts"],
      testTimeout: 60_000,
      hookTimeout: 120_000,
      reporters: ["default", ["json", { outputFile: ".report/tests.json" }]],
      ...options,
    },
  };
}
