import { tests } from "@vms-tooling/config/vitest";

// Two workers, because these tests wait for installations and compilers.
export default tests({ globalSetup: "test/setup.ts", maxWorkers: 2, testTimeout: 120_000 });
