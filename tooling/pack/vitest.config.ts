import { tests } from "@vms-tooling/config/vitest";

export default tests({ globalSetup: "test/setup.ts", testTimeout: 120_000 });
