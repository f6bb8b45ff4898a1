import { tests } from "@vms-tooling/config/vitest";

export default tests({ globalSetup: "test/build.ts", testTimeout: 120_000 });
